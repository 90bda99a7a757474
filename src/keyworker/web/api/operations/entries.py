"""What stands of a child in the tables that take forms: the entries, and how each came to say what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from keyworker.access import Thing
from keyworker.actions.correcting import asks_of, form_of
from keyworker.actions.hand_answers import answer_of
from keyworker.actions.questions.by_hand import EntryTold
from keyworker.facts.by_hand import HandEntry, Version
from keyworker.facts.marked import VALUES, Marker
from keyworker.vocabulary import Type
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import Ask, form, number_of
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads
from keyworker.web.api.operations.duties import Duty, duty_of
from keyworker.web.api.shapes import EntryNumber, Handle, Listed, Turn, part_today

router = Router(tags=["Forms"])
FormName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
"""The name of a form, as `/forms` lists it."""


class Entry(Schema):
    """One entry. `said` holds the answers by the names of the form's questions; words only for tokens for names."""

    entry: int
    form: str | None = Field(description="The form with which it is written; empty for what has none here.")
    title: str
    on: date | None = Field(description="The day on which it happened or began; empty for what has no day.")
    to_on: date | None = Field(description="The first day on which it was no longer so.")
    said: dict[str, str | None]
    of: int | None = Field(description="The entry to which it belongs.")
    written_here: bool = Field(description="Whether it was written here, and not read from an extract.")
    written_by: str | None
    written_at: datetime


class Marked(Schema):
    """That something of the child must not be told to somebody, without what it is."""

    kind: str
    told_to: str
    from_on: date


class Entries(Listed[Entry]):
    """A part of what stands of a child, the latest day first. Of a child of whom anything is marked no address is told
    here: it stands on the page."""

    not_to_be_told: list[Marked]


class Said(Schema):
    """What an entry said from one act to the next, with why it was changed."""

    entry: Entry
    act: str
    stands: bool = Field(description="Whether it said so at all, and was not withdrawn.")
    superseded_at: datetime | None
    why: str | None


class OneEntry(Schema):
    """One entry, what is due from it, and how it came to say what it says, the oldest first."""

    entry: Entry
    stands: bool
    may_change: bool = Field(description="Whether the account may correct or withdraw it.")
    versions: list[Said]
    began: list[Duty]
    met: list[Duty]
    stopped: list[Duty]
    belongs: list[int] = Field(description="The entries that belong to it.")


@reads(router, "/children/{handle}/entries", Thing.CHILD, Entries)
def list_entries(request: HttpRequest, handle: Handle, turn: Turn, form: FormName | None = None) -> Any:
    """What stands of one child that forms write, written here or read from an extract; or that one form writes."""
    with asked(request) as keyworker:
        standing = keyworker.on_record(handle).entries
        marked = keyworker.warnings(handle)
    names = program_of(request).names
    wanted = [one for one in standing if form is None or _slug(one) == form]
    return Entries(
        **part_today(turn, wanted, lambda one: _entry(one, standing, marked, names=names)),
        not_to_be_told=[Marked(kind=one.kind, told_to=one.told_to, from_on=one.from_on) for one in marked],
    )


@reads(router, "/children/{handle}/entries/{form}/{entry}", Thing.CHILD, OneEntry)
def one_entry(request: HttpRequest, handle: Handle, form: FormName, entry: EntryNumber) -> Any:
    """One entry, by any number that it ever had: what it says, what is due from it, and all that it said before."""
    with asked(request) as keyworker:
        told = keyworker.entry(handle, table_of(form), entry)
        require_of_form(told.last, form)
        standing = keyworker.on_record(handle).entries
        marked = keyworker.warnings(handle)
    names = program_of(request).names
    return OneEntry(
        entry=_entry(told.last, standing, marked, names=names),
        stands=told.entry is not None,
        may_change=told.may_change,
        versions=[_version(one, standing, marked, names=names) for one in told.versions],
        **_turned(told, names=names),
        belongs=[row.entry_id for row in told.belongs],
    )


def table_of(slug: str) -> str:
    """The table of a form; empty where none is called so."""
    found = form(slug)
    return found.table.name if found else ""


def require_of_form(entry: HandEntry, slug: str) -> None:
    """Raises KeyworkerError for an entry of another form, as for one that is none."""
    if _slug(entry) != slug:
        raise KeyworkerError("No such entry is recorded.", remedy="List what is recorded of the child again.")


def answers_of(entry: HandEntry) -> dict[str, str]:
    """Every answer of an entry, by the name of its question."""
    return {ask.name: answer_of(ask, entry.values[ask.column.name]) for ask in asks_of(entry)}


def _slug(entry: HandEntry) -> str | None:
    one = form_of(entry)
    return one.slug if one else None


def _entry(one: HandEntry, standing: Iterable[HandEntry], marked: Sequence[Marker], *, names: bool) -> Entry:
    may = names and not (marked and one.table in VALUES)
    said = answers_of(one)
    return Entry(
        entry=one.entry_id,
        form=_slug(one),
        title=one.described.title,
        on=one.on,
        to_on=one.until,
        said={ask.name: (said[ask.name] or None) if may or not is_words(ask) else None for ask in asks_of(one)},
        of=_whole(one, standing),
        written_here=one.is_ours,
        written_by=one.written_by if names else None,
        written_at=one.written_at,
    )


def is_words(ask: Ask) -> bool:
    """Whether an answer may hold anything: a name, a number of another system, what somebody said."""
    return not ask.choices and ask.column.type not in (Type.DATE, Type.TIME, Type.FLAG)


def _whole(one: HandEntry, standing: Iterable[HandEntry]) -> int | None:
    """The entry to which one belongs."""
    found = form_of(one)
    if found is None or found.of is None:
        return None
    table, number = found.of.table, one.values.get(found.of.column)
    rows = (row for row in standing if row.table == table.name and row.values[number_of(table)] == number)
    return next((row.entry_id for row in rows), None)


def _version(one: Version, standing: Iterable[HandEntry], marked: Sequence[Marker], *, names: bool) -> Said:
    return Said(
        entry=_entry(one.entry, standing, marked, names=names),
        act=one.kind,
        stands=one.stands,
        superseded_at=one.superseded_at,
        why=one.why if names else None,
    )


def _turned(told: EntryTold, *, names: bool) -> dict[str, list[Duty]]:
    found = {"began": told.turned.began, "met": told.turned.met, "stopped": told.turned.stopped}
    return {what: [duty_of(one, names=names) for one in readings] for what, readings in found.items()}
