"""What is due: to some children, to one child, of one worker; exceptions; and the rulebook."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.due import Due as Line
from keyworker.actions.exceptions import Wanted
from keyworker.actions.questions.permitting import NOT_SHOWN
from keyworker.clocks.engine import Reading
from keyworker.clocks.granted import Granted
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.moments import When
from keyworker.web.api.rows import From, Row, Wrote, teller
from keyworker.web.api.shapes import (
    Handle,
    Listed,
    Number,
    Ref,
    Said,
    Sent,
    Team,
    Told,
    Turn,
    Why,
    Word,
    team_of,
    told,
    turned,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["What is due"])


class Duty(Schema):
    """Where one duty stands, and why. `unconfirmed` says what of the rule was not read in a source."""

    rule: str
    title: str
    started_on: date | None
    due_on: date | None
    understood_due_on: date | None
    met_on: date | None
    stopped_on: date | None
    state: str
    said: str
    passed_due: bool | None
    recorded_late: bool | None
    reason: str
    source: str
    basis: str
    unconfirmed: str


class Duties(Told):
    """Every duty to one child, or of one worker."""

    items: list[Duty]


class Due(Schema):
    """One line of what is due to children. Who holds each is not told beside it: that would be lateness by worker."""

    child: str = Field(description="The child's handle.")
    name: str | None
    team: Team | None
    duty: Duty


class DueList(Listed[Due]):
    """A part of what is overdue and soon due."""


class Exempted(Row):
    """An exception that was agreed for a child. `new_due_on` is empty where the duty is not asked for this time."""

    exception: Annotated[str, From("exception_id")]
    rule: str
    from_on: date
    new_due_on: date | None
    granted_by: Wrote
    reason: Wrote
    written_at: datetime
    withdrawn_at: datetime | None


class Exceptions(Told):
    """The exceptions that were agreed for a child, also those that were withdrawn."""

    items: list[Exempted]


class NewException(Sent):
    """An exception to be agreed, for one open duty. Without `new_due_on` the duty is not asked for this time."""

    number: Number
    rule: Ref
    due_on: WrittenDown
    new_due_on: WrittenDown | None = None
    granted_by: Word
    reason: Said


class Agreed(Schema):
    """The number of an exception."""

    exception: str


class Rule(Schema):
    """One edition of a timescale, with its source."""

    rule: str
    title: str
    kind: str
    about: str
    n: int | None
    unit: str | None
    from_on: date | None
    to_on: date | None
    in_force: bool
    basis: str
    source: str
    unconfirmed: str
    readable: bool
    needs: str


class Rules(Told):
    """Every timescale in every edition."""

    items: list[Rule]


Days = Annotated[int, Field(ge=0, le=366, description="How many days ahead to look.")]


@reads(router, "/due", Thing.DUE, DueList)
def list_due(
    request: HttpRequest,
    when: When,
    turn: Turn,
    worker: Handle | None = None,
    team: Handle | None = None,
    district: Word | None = None,
    days: Days = 14,
) -> Any:
    """What is overdue or soon due to the children of a team, a district or the account's own worker, if none is named.

    Of another worker it is refused but to whoever supervises them: it would be lateness by named worker.
    """
    moment = when.moment
    with asked(request) as keyworker:
        part = keyworker.due_part(
            moment, turn.wanted, worker=worker, team=team, district=district, within=timedelta(days=days)
        )
    names = program_of(request).names
    return DueList(**turned(moment, turn.wanted, part, (_line(one, names=names) for one in part.rows if one.child)))


@reads(router, "/children/{handle}/duties", Thing.CHILD, Duties)
def child_duties(request: HttpRequest, handle: Handle, when: When) -> Any:
    """Where every duty to one child stands."""
    return _duties(request, when, child=handle)


@reads(router, "/workers/{handle}/duties", Thing.WORKER, Duties)
def worker_duties(request: HttpRequest, handle: Handle, when: When) -> Any:
    """Where every duty of one worker stands, such as supervision."""
    return _duties(request, when, worker=handle)


def _duties(request: HttpRequest, when: Any, **whose: str) -> Duties:
    moment = when.moment
    with asked(request) as keyworker:
        found = keyworker.clocks(moment, **whose)
    names = program_of(request).names
    return Duties(**told(moment), items=[duty_of(one, names=names) for one in found])


@reads(router, "/children/{handle}/exceptions", Thing.CHILD, Exceptions)
def child_exceptions(request: HttpRequest, handle: Handle, when: When) -> Any:
    """The exceptions from timescales that were agreed for one child."""
    moment = when.moment
    with asked(request) as keyworker:
        found = keyworker.exceptions(moment, handle)
    to = teller(request)
    return Exceptions(**told(moment), items=[Exempted.of(one, to, withdrawn_at=_ended(one)) for one in found])


@reads(router, "/rules", Thing.RULEBOOK, Rules)
def list_rules(request: HttpRequest, when: When) -> Any:
    """Every timescale in every edition, with its source; what is unconfirmed says so."""
    moment = when.moment
    with asked(request) as keyworker:
        found = keyworker.rules(moment)
    return Rules(**told(moment), items=[Rule(**{one: row[one] for one in Rule.model_fields}) for row in found])


@writes(router, "/children/{handle}/exceptions", Thing.EXCEPTIONS, Agreed)
def agree_exception(request: HttpRequest, handle: Handle, wanted: NewException) -> Any:
    """Agree that one open duty to a child comes later, or is not asked for this time."""
    with asked(request, writes=True) as keyworker:
        keyworker.agree(
            handle,
            Wanted(
                wanted.number, wanted.rule, wanted.due_on, wanted.new_due_on, wanted.granted_by.strip(), wanted.reason
            ),
        )
    return Status(201, Agreed(exception=wanted.number))


@writes(router, "/children/{handle}/exceptions/{exception}/withdrawal", Thing.EXCEPTIONS, Agreed)
def withdraw_exception(request: HttpRequest, handle: Handle, exception: Ref, why: Why) -> Any:
    """Withdraw an exception that was agreed here."""
    with asked(request, writes=True) as keyworker:
        keyworker.withdraw(handle, exception, why.why.strip())
    return Status(201, Agreed(exception=exception))


def duty_of(one: Reading, *, names: bool) -> Duty:
    """A duty as answers tell of it."""
    return Duty(
        rule=one.rule,
        title=one.title,
        started_on=one.started_on,
        due_on=one.due_on,
        understood_due_on=one.understood_due_on,
        met_on=one.met_on,
        stopped_on=one.stopped_on,
        state=one.state.value,
        said=one.said,
        passed_due=one.passed_due,
        recorded_late=one.recorded_late,
        reason=one.reason if names else one.reason_without_who,
        source=one.source,
        basis=one.basis,
        unconfirmed=one.unconfirmed,
    )


def _line(one: Line, *, names: bool) -> Due:
    assert one.child is not None
    shown = names and one.child.name != NOT_SHOWN
    return Due(
        child=one.child.handle,
        name=one.child.name if shown else None,
        team=team_of(one.team) if one.team else None,
        duty=duty_of(one.reading, names=names),
    )


def _ended(one: Granted) -> datetime | None:
    return one.withdrawn.at if one.withdrawn else None
