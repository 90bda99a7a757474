"""What is recorded of workers with forms: who begins, absence, registration, learning; never why somebody is away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.hand_answers import answer_of
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.questions.staff_records import StaffRow, StaffTold
from keyworker.actions.staff_correcting import NOT_SHOWN_AGAIN, asks_of
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.staff_entries import StaffChange
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.staff_forms import form_of_row, staff_form, staff_forms
from keyworker.web.api.admission import AnyBearer
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes, writes_with_form
from keyworker.web.api.operations.entering import NewCorrection, NewEntry, NewWithdrawal, require_asked
from keyworker.web.api.operations.entries import FormName, is_words
from keyworker.web.api.operations.forms import Forms, form_told
from keyworker.web.api.operations.posts import PostNumber
from keyworker.web.api.rows import Row, Teller, in_turn, teller
from keyworker.web.api.shapes import EntryNumber, Handle, Listed, Problem, Sent, Turn, Turned, Word, Worker, worker_of

router = Router(tags=["Workers"])


class StaffMember(Row):
    """A worker whom the record knows, and the post in which they are. `in_post` is false once they are in none."""

    worker: Worker
    title: str | None
    team: str | None
    in_post: bool


class StaffList(Listed[StaffMember]):
    """A part of the workers, by name, those in post first."""


class StaffEntry(Schema):
    """One entry of a worker. `said` holds the answers by the names of the form's questions, and neither words nor why
    somebody is away: words may tell of a child, and no child stands beside them by whom it could be known what of
    them is marked."""

    entry: int
    form: str | None
    title: str
    on: date | None
    to_on: date | None = Field(description="The first day on which it was no longer so.")
    said: dict[str, str | None]
    written_here: bool
    written_at: datetime


class StaffChanged(Row):
    """What was corrected and when; why stands on the worker's page alone, in somebody's words."""

    in_table: str
    what: str
    recorded_at: datetime


class StaffRecord(Schema):
    """What stands of a worker, the latest day first, and what was corrected."""

    worker: Worker
    recorded_here: bool = Field(description="Whether it is written down here, and not in the workforce system.")
    entries: list[StaffEntry]
    changes: list[StaffChanged]


class Learnt(Row):
    """What a worker is to learn, or was offered."""

    worker: Worker
    entry: StaffEntry


class Learning(Listed[Learnt]):
    """A part of what workers are to learn, were offered and attended, by name. No child is in it."""


class NewWorker(Sent):
    """Who begins. `worker_number` is the number by which the case system knows them, or will."""

    worker_number: PostNumber
    name: Word
    job_title: Word


class WorkerNamed(Schema):
    """The handle of a worker."""

    worker: str


class StaffWritten(Schema):
    """The form and the worker of what was written down."""

    form: str
    worker: str


@router.get("/staff-forms", auth=AnyBearer(), response={200: Forms, 401: Problem, 429: Problem})
def list_staff_forms(request: HttpRequest) -> Any:  # noqa: ARG001 - the library's signature
    """Every form about a worker with its questions. A post, a team and a worker are answered by their handles."""
    return Forms(items=[form_told(one) for one in staff_forms().values()])


@reads(router, "/staff", Thing.KEEPING_STAFF, StaffList)
def list_staff(request: HttpRequest, turn: Turn) -> Any:
    """Everybody whom the record knows as a worker, for whoever writes down of them."""
    return _staff(request, turn)


@reads(router, "/staff-to-learn", Thing.RECORDING_LEARNING, StaffList)
def staff_to_learn(request: HttpRequest, turn: Turn) -> Any:
    """The same, for whoever writes down what workers learn."""
    return _staff(request, turn)


@reads(router, "/workers/{handle}/staff-record", Thing.KEEPING_STAFF, StaffRecord)
def staff_record(request: HttpRequest, handle: Handle) -> Any:
    """What stands of one worker, for whoever keeps staff: posts, absence, registration, checks."""
    with asked(request) as keyworker:
        found = keyworker.staff_record(handle)
    return _record(found, teller(request))


@reads(router, "/own-staff-record", Thing.WORKER, StaffRecord)
def own_staff_record(request: HttpRequest) -> Any:
    """All that is kept of the account's own worker."""
    with asked(request) as keyworker:
        found = keyworker.staff_record(None)
    return _record(found, teller(request))


@reads(router, "/learning", Thing.LEARNING, Learning)
def list_learning(request: HttpRequest, turn: Turn) -> Any:
    """What each worker in sight is to learn, was offered and attended."""
    with asked(request) as keyworker:
        found = keyworker.learning()
    to = teller(request)
    return Learning(
        **in_turn(
            request,
            turn,
            found,
            Learnt,
            more=lambda one: {"worker": worker_of(one.worker, names=to.names), "entry": _entry(one.entry)},
        )
    )


@writes(router, "/staff", Thing.KEEPING_STAFF, WorkerNamed)
def write_worker(request: HttpRequest, new: NewWorker) -> Any:
    """Write a worker down whom the record does not know. The post comes next, with the form `start`."""
    with asked(request, writes=True) as keyworker:
        handle = keyworker.write_worker(WantedWorker(new.worker_number, new.name, new.job_title))
    return Status(201, WorkerNamed(worker=handle))


@writes_with_form(router, "/workers/{handle}/entries/{form}", StaffWritten, staff_forms, staff_form)
def write_staff_entry(request: HttpRequest, handle: Handle, form: FormName, entry: NewEntry) -> Any:
    """Write an entry of a worker down with a form, and work out anew what is due."""
    one = staff_form(form)
    assert one is not None, "the lock knows the form"
    require_asked(entry.said, (ask.name for ask in one.asks))
    with asked(request, writes=True) as keyworker:
        keyworker.record_staff(handle, WantedEntry(entry.number, one, entry.said, entry.of))
    return Status(201, StaffWritten(form=form, worker=handle))


@writes_with_form(router, "/workers/{handle}/entries/{form}/{entry}/correction", StaffWritten, staff_forms, staff_form)
def correct_staff_entry(
    request: HttpRequest, handle: Handle, form: FormName, entry: EntryNumber, wanted: NewCorrection
) -> Any:
    """Put what is right in the place of what was wrong in an entry of a worker, for a reason."""
    with asked(request, writes=True) as keyworker:
        stands = _changeable(keyworker, handle, form, entry)
        require_asked(wanted.said, (ask.name for ask in asks_of(stands)))
        correction = Correction(_answers(stands) | wanted.said, wanted.why)
        keyworker.change_staff_entry(handle, stands.table, entry, correction, wanted.number, wanted.why)
    return Status(201, StaffWritten(form=form, worker=handle))


@writes_with_form(router, "/workers/{handle}/entries/{form}/{entry}/withdrawal", StaffWritten, staff_forms, staff_form)
def withdraw_staff_entry(
    request: HttpRequest, handle: Handle, form: FormName, entry: EntryNumber, why: NewWithdrawal
) -> Any:
    """Withdraw an entry of a worker: it was never so. What was known while it stood can still be asked."""
    with asked(request, writes=True) as keyworker:
        stands = _changeable(keyworker, handle, form, entry)
        keyworker.change_staff_entry(handle, stands.table, entry, None, why.number, why.why)
    return Status(201, StaffWritten(form=form, worker=handle))


def _staff(request: HttpRequest, turn: Turned) -> StaffList:
    with asked(request) as keyworker:
        found = keyworker.staff()
    names = teller(request).names

    def more(one: StaffRow) -> dict[str, Any]:
        return {"worker": worker_of(one.worker, names=names), "in_post": one.is_in_post}

    return StaffList(**in_turn(request, turn, found, StaffMember, more=more))


def _changeable(keyworker: Keyworker, handle: str, form: str, entry: int) -> HandEntry:
    """What stands of an entry that the account may change, of the form for which its token was let in."""
    one = staff_form(form)
    assert one is not None, "the lock knows the form"
    stands = keyworker.staff_entry(handle, one.table.name, entry)
    if _slug(stands) != form:
        raise KeyworkerError("No such entry is recorded.", remedy="List what is recorded of the worker again.")
    return stands


def _record(found: StaffTold, to: Teller) -> StaffRecord:
    changes: Iterable[StaffChange] = found.changes
    return StaffRecord(
        worker=worker_of(found.worker, names=to.names),
        recorded_here=found.is_here,
        entries=[_entry(one) for one in found.entries],
        changes=[StaffChanged.of(one, to) for one in changes],
    )


def _entry(one: HandEntry) -> StaffEntry:
    said = _answers(one)
    told = {
        ask.name for ask in asks_of(one) if not is_words(ask) and said[ask.name] in (ask.choices or {said[ask.name]})
    }
    return StaffEntry(
        entry=one.entry_id,
        form=_slug(one),
        title=one.described.title,
        on=one.on,
        to_on=one.until,
        said={name: (text or None) if name in told else None for name, text in said.items()},
        written_here=one.is_ours,
        written_at=one.written_at,
    )


def _answers(one: HandEntry) -> dict[str, str]:
    """Every answer of an entry; what no page shows again is left open, as on the page."""
    return {
        ask.name: "" if ask.column.name in NOT_SHOWN_AGAIN else answer_of(ask, one.values[ask.column.name])
        for ask in asks_of(one)
    }


def _slug(one: HandEntry) -> str | None:
    form = form_of_row(one.table, one.values)
    return form.slug if form else None
