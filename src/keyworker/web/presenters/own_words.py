"""What a child or a parent says: beside an entry, as a list, and the form by which it is written down for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial

from keyworker.actions.for_child import entry_words
from keyworker.actions.own_words import CHILD, LONG, WantedWords, problems
from keyworker.facts.days import london_day
from keyworker.facts.own_words import NOT_AGREED, TRUSTED, Beside, EntryOf, OwnWords
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, FilledIn, of_codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_instant

NOBODY = Beside()
"""Beside no entry does it stand that somebody does not agree."""
KINDS = {"words": "Their words", TRUSTED: "Somebody whom they trust", NOT_AGREED: "They do not agree with an entry"}


def who(one: OwnWords) -> str:
    """Who said it, in words."""
    return "The child" if one.said_by == CHILD else f"{one.person or 'Somebody not named'} ({one.said_by})"


def not_agreed(found: Iterable[OwnWords]) -> tuple[str, ...]:
    """What stands beside an entry with which somebody does not agree, with both its days."""
    return tuple(map(_not_agreed, found))


def _not_agreed(one: OwnWords) -> str:
    words = f": “{one.words}”" if one.words else ""
    written = london_day(one.written_at)
    later = "" if written == one.happened_on else f", written down on {spoken(written)}"
    said = f"{who(one)} does not agree{words} (said on {spoken(one.happened_on)}{later})."
    if one.taken_back_on is None:
        return said
    why = f": “{one.taken_back_words}”" if one.taken_back_words else ""
    return f"{said} They took it back on {spoken(one.taken_back_on)}{why}."


def answer(name: str, found: Sequence[OwnWords]) -> str:
    """The list in a sentence."""
    if not found:
        return f"Nothing that {name} or the family said is written down."
    open_now = sum(one.kind == NOT_AGREED and one.stands for one in found)
    disputed = f" They do not agree with {plural(open_now, 'entry', 'entries')}." if open_now else ""
    things = sentence(plural(len(found), "thing"))
    return f"{things} that {name} or the family said {'is' if len(found) == 1 else 'are'} written down.{disputed}"


def words_table(found: Sequence[OwnWords], take_back: Callable[[OwnWords], str]) -> Table:
    """Everything that was said, the latest first. Takes take_back, where it is taken back; empty where it is not."""
    return Table(
        "own-words",
        "What they said",
        heads("Said on", "Who", "What", "Their words", "Written down"),
        tuple(_row(one, take_back(one) if one.stands else "") for one in found),
        "Nothing is written down. Ask the child, and write it down here in the child’s own words.",
    )


def _row(one: OwnWords, take_back: str) -> tuple[Cell, ...]:
    about = {NOT_AGREED: entry_words(one), TRUSTED: one.trusts or ""}.get(one.kind, "")
    back: tuple[str, ...] = ()
    if one.taken_back_on and one.taken_back_at:
        why = f": “{one.taken_back_words}”" if one.taken_back_words else ""
        back = (f"They took it back on {spoken(one.taken_back_on)}{why}",)
    written = f"{spoken_instant(one.written_at)}, by {one.written_by}"
    return (
        Cell(spoken(one.happened_on)),
        Cell(who(one)),
        Cell(KINDS.get(one.kind, one.kind), notes=(about,) if about else ()),
        Cell(f"“{one.words}”" if one.words else "No words", notes=back, tone="" if one.words else "quiet"),
        Cell("They take it back" if take_back else written, take_back, (written,) if take_back else ()),
    )


@dataclass(frozen=True)
class TypedWords:
    """What was typed into the form, kept whatever is wrong with it."""

    words_id: str
    on: str
    kind: str
    said_by: str
    person: str
    words: str
    trusts: str
    entry: str

    @classmethod
    def of(cls, said: Mapping[str, str], words_id: str, today: str) -> TypedWords:
        """What a form says. Takes words_id and today, where it says nothing of them yet."""
        typed = {one.name: said.get(one.name, "").strip() for one in fields(cls)}
        on = said.get("on", today).strip()
        return cls(**{**typed, "words_id": typed["words_id"] or words_id, "on": on})

    @property
    def wanted(self) -> WantedWords:
        """What it means, as far as it can be read."""
        number = int(self.entry) if self.entry.isascii() and self.entry.isdigit() and len(self.entry) < 18 else None
        return WantedWords(
            self.words_id,
            day_typed(self.on),
            self.kind,
            self.said_by,
            self.person,
            self.words,
            self.trusts,
            number,
        )

    def errors(self, entries: Sequence[EntryOf], today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return problems(self.wanted, entries, today)


def form_fields(typed: TypedWords, entries: Sequence[EntryOf], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of the form, in the order in which they are asked."""

    field = FilledIn(partial(getattr, typed), errors).field

    kinds = of_codes("own_words_kind", typed.kind)
    chosen = tuple(
        Choice(
            str(one.entry_id),
            f"{one.title}, {spoken(one.on)}" if one.on else one.title,
            str(one.entry_id) == typed.entry,
        )
        for one in entries
    )
    return (
        field("kind", "What is to stand in the record?", "radio", choices=kinds),
        field("said_by", "Who said it?", "select", choices=of_codes("relation", typed.said_by, short=True)),
        field("person", "Their name, if it was not the child", "text"),
        field("on", "The day on which they said it", "date"),
        field(
            "entry",
            "The entry with which they do not agree",
            "select",
            "Only where they do not agree with one.",
            chosen,
        ),
        field("trusts", "Whom they trust", "text", "Only where they name somebody: a name, and who it is to them."),
        field(
            "words",
            "What they said, in their own words",
            "textarea",
            f"As they said it, in {LONG:,} characters or fewer. Read it to them before you send it.",
        ),
    )


YES = "yes"


def what_was_said(one: OwnWords) -> str:
    """What was said and by whom, in a sentence, for whoever is to write down that it is taken back."""
    about = f", about: {entry_words(one)}" if one.kind == NOT_AGREED else ""
    return f"{who(one)} said on {spoken(one.happened_on)}: {KINDS.get(one.kind, one.kind)}{about}."


def taking_back_fields(
    one: OwnWords, on: str, words: str, errors: Mapping[str, str], *, is_theirs: bool
) -> tuple[Field, ...]:
    """What is asked when somebody takes back what they said. Takes on and words, as they were typed."""
    theirs = Choice(YES, f"{who(one)} asked for this", is_theirs)
    hint = f"As they said it, in {LONG:,} characters or fewer. Nothing needs to stand here."
    return (
        Field("theirs", "Whose wish is it?", "checkbox", error=errors.get("theirs", ""), choices=(theirs,)),
        Field("on", "The day on which they took it back", "date", on, error=errors.get("on", "")),
        Field("words", "What they said about it", "textarea", words, hint, errors.get("words", "")),
    )
