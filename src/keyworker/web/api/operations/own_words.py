"""What a child and the family say: read, written down for them, taken back; and the page for the child."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.own_words import WantedWords
from keyworker.facts.own_words import OwnWords
from keyworker.web.api.admission import not_for_this
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.problems import Stopped
from keyworker.web.api.rows import From, Row, Wrote, in_turn
from keyworker.web.api.shapes import EntryNumber, Handle, Listed, Number, OneOf, Ref, Sent, Turn, Word, part_today
from keyworker.web.api.shapes import Said as Words
from keyworker.web.api.uses import NAMES
from keyworker.web.api.written import WrittenDown

router = Router(tags=["The child's own words"])
ChildWords = Annotated[str, OneOf("child_words")]


class Spoken(Row):
    """What a child, or somebody of the family, said. Words and names are left out unless the token is for names."""

    said: Annotated[str, From("words_id")] = Field(description="Its number.")
    on: Annotated[date, From("happened_on")]
    kind: str
    said_by: str
    person: Wrote
    words: Wrote
    trusts: Wrote
    entry: int | None = Field(description="The entry with which they do not agree.")
    written_at: datetime
    taken_back_on: date | None
    taken_back_words: Wrote
    taken_back_at: datetime | None


class OwnWordsSaid(Listed[Spoken]):
    """A part of what a child and the family said, also what they took back, the latest first."""


class Disputable(Schema):
    """An entry about a child with which somebody may not agree."""

    entry: int
    title: str
    on: date | None


class Disputables(Listed[Disputable]):
    """A part of the entries about a child, the latest day first."""


class NewWords(Sent):
    """What a child or a parent says: their own words, whom they trust, or with which entry they do not agree."""

    number: Number
    on: WrittenDown
    kind: Annotated[str, OneOf("own_words_kind")]
    said_by: Annotated[str, OneOf("relation")]
    person: Word = Field("", description="The name of whoever said it, where it was not the child.")
    words: Words = ""
    trusts: Words = ""
    entry: EntryNumber | None = Field(None, description="The entry with which they do not agree.")


class TakenBack(Sent):
    """That whoever said something takes it back, in their words. `theirs`: they asked for it themselves."""

    on: WrittenDown
    theirs: bool
    words: Words = ""


class SaidAs(Schema):
    """The number of what somebody said."""

    said: str


class Part(Schema):
    """What a child asks, and what the page answers, line by line."""

    asks: str
    says: list[str]


class ForTheChild(Schema):
    """The page for the child, in the words of `words`, without what the child must not be told."""

    words: str
    parts: list[Part]


@reads(router, "/children/{handle}/own-words", Thing.CHILD, OwnWordsSaid)
def child_own_words(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """What one child and the family said and want to stand in the record, with both times."""
    with asked(request) as keyworker:
        found = keyworker.own_words(handle)

    def more(one: OwnWords) -> dict[str, Any]:
        return {"entry": max((entry for entry, said in found.beside.by_entry.items() if one in said), default=None)}

    return OwnWordsSaid(**in_turn(request, turn, found.words, Spoken, more=more))


@reads(router, "/children/{handle}/own-words/entries", Thing.OWN_WORDS, Disputables)
def entries_of_child(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """Every entry about one child with which somebody may not agree, by the number that is sent with it."""
    with asked(request) as keyworker:
        found = keyworker.entries_of(handle)
    return Disputables(
        **part_today(turn, found, lambda one: Disputable(entry=one.entry_id, title=one.title, on=one.on))
    )


@writes(router, "/children/{handle}/own-words", Thing.OWN_WORDS, SaidAs)
def write_words(request: HttpRequest, handle: Handle, new: NewWords) -> Any:
    """Write down, for a child or a parent, what they say."""
    wanted = WantedWords(new.number, new.on, new.kind, new.said_by, new.person, new.words, new.trusts, new.entry)
    with asked(request, writes=True) as keyworker:
        keyworker.write_words(handle, wanted)
    return Status(201, SaidAs(said=new.number))


@writes(router, "/children/{handle}/own-words/{said}/taken-back", Thing.OWN_WORDS, SaidAs)
def take_words_back(request: HttpRequest, handle: Handle, said: Ref, back: TakenBack) -> Any:
    """Write down that whoever said something took it back. It stays in the record, with both days."""
    with asked(request, writes=True) as keyworker:
        keyworker.take_words_back(handle, said, back.on, back.words, is_theirs=back.theirs)
    return Status(201, SaidAs(said=said))


@reads(router, "/children/{handle}/for-child", Thing.COPIES, ForTheChild)
def page_for_child(request: HttpRequest, handle: Handle, words: ChildWords | None = None) -> Any:
    """The page for the child, to be shown to the child; for tokens that read names. The child's age chooses the words
    where none are asked for."""
    if not program_of(request).names:
        raise Stopped(not_for_this(NAMES))
    with asked(request) as keyworker:
        found = keyworker.for_child(handle, words or "")
    parts: dict[str, list[str]] = {}
    for one in found.looked.leaving.pieces:
        parts.setdefault(str(one.section), []).append(one.text)
    return ForTheChild(words=found.words.value, parts=[Part(asks=one, says=says) for one, says in parts.items()])
