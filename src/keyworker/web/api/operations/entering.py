"""Writing an entry of a child down with a form, correcting it for a reason, and withdrawing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import OF, WantedEntry, problems
from keyworker.actions.correcting import Correction, asks_of, form_of, wrong_correction
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.days import london_day
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.forms import form as form_called
from keyworker.web import bound
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import writes_with_form
from keyworker.web.api.operations.entries import FormName, answers_of, require_of_form, table_of
from keyworker.web.api.problems import Stopped, malformed, unfit
from keyworker.web.api.shapes import EntryNumber, Handle, Long, Number, Sent

router = Router(tags=["Forms"])
Answers = dict[Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")], Long]
Why = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=500)]


class NewEntry(Sent):
    """An entry to be written down. `said` holds the answers by the names of the form's questions."""

    number: Number
    said: Annotated[Answers, Field(max_length=40)] = {}
    of: EntryNumber | None = Field(None, description="The entry to which it belongs, or which it ends.")


class NewCorrection(Sent):
    """What is right in an entry, and why. `said` holds the answers that change; an empty one is taken away."""

    number: Number
    said: Annotated[Answers, Field(max_length=40)]
    why: Why


class NewWithdrawal(Sent):
    """Why an entry never was so."""

    number: Number
    why: Why


class Written(Schema):
    """The entry that now says it, and the form under which it stands: what ended stands under what began."""

    form: str
    entry: int


@writes_with_form(router, "/children/{handle}/entries/{form}", Written)
def write_entry(request: HttpRequest, handle: Handle, form: FormName, entry: NewEntry) -> Any:
    """Write an entry of a child down with a form, and work out anew what is due."""
    one = form_called(form)
    assert one is not None, "the lock knows the form"
    require_asked(entry.said, (ask.name for ask in one.asks))
    wanted = WantedEntry(entry.number, one, entry.said, entry.of)
    with asked(request, writes=True) as keyworker:
        keyworker.may_record(handle, one)
        if keyworker.sent_before(handle, wanted) is None:
            require_fit(problems(wanted, keyworker.on_record(handle).entries, london_day(bound.now())))
        table, number = keyworker.record_entry(handle, wanted)
        told = keyworker.entry(handle, table, number)
    return Status(201, _written(told.last))


@writes_with_form(router, "/children/{handle}/entries/{form}/{entry}/correction", Written)
def correct_entry(
    request: HttpRequest, handle: Handle, form: FormName, entry: EntryNumber, wanted: NewCorrection
) -> Any:
    """Put what is right in the place of what was wrong in an entry, for a reason; what it said stays in its history."""
    with asked(request, writes=True) as keyworker:
        stands = _changeable(keyworker, handle, form, entry)
        require_asked(wanted.said, (ask.name for ask in asks_of(stands)))
        correction = Correction({**answers_of(stands), **wanted.said}, wanted.why)
        if keyworker.corrected_before(handle, stands.table, entry, correction, wanted.number):
            raise AlreadyRecorded("This correction is recorded already.", remedy="Nothing needs to be done.")
        if stands.entry_id == entry:
            require_fit(wrong_correction(stands, correction, london_day(bound.now())))
        number = keyworker.correct_entry(handle, stands.table, entry, correction, wanted.number)
    return Status(201, Written(form=form, entry=number))


@writes_with_form(router, "/children/{handle}/entries/{form}/{entry}/withdrawal", Written)
def withdraw_entry(request: HttpRequest, handle: Handle, form: FormName, entry: EntryNumber, why: NewWithdrawal) -> Any:
    """Withdraw an entry that was written here: it was never so. What was known while it stood can still be asked."""
    with asked(request, writes=True) as keyworker:
        stands = _changeable(keyworker, handle, form, entry)
        keyworker.withdraw_entry(handle, stands.table, entry, why.why, why.number)
    return Status(201, Written(form=form, entry=entry))


def _changeable(keyworker: Keyworker, handle: str, form: str, entry: int) -> HandEntry:
    """What stands of an entry that the account may change, of the form for which its token was let in."""
    stands = keyworker.may_change(handle, table_of(form), entry)
    require_of_form(stands, form)
    return stands


def require_asked(said: Mapping[str, str], names: Iterable[str]) -> None:
    """Raises Stopped for an answer to what was not asked, without its name: mistyped, it would be lost."""
    if set(said) - set(names):
        raise Stopped(malformed([{"where": "body.said", "what": "an answer to a question that the form does not ask"}]))


def require_fit(wrong: Mapping[str, str]) -> None:
    """Raises Stopped for answers with which nothing can be written down."""
    if wrong:
        raise Stopped(unfit({name if name in (OF, "why") else f"said.{name}": text for name, text in wrong.items()}))


def _written(one: HandEntry) -> Written:
    found = form_of(one)
    assert found is not None, "what a form wrote has a form"
    return Written(form=found.slug, entry=one.entry_id)
