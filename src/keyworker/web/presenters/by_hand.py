"""What is recorded with a form: its fields, one entry with how it came to be, and the list of a child's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from keyworker.actions.by_hand import OF, WantedEntry, choosable, is_possible, problems
from keyworker.actions.correcting import Correction, asks_of, form_of, wrong_correction
from keyworker.actions.hand_answers import DAY, answer_of
from keyworker.actions.questions.by_hand import EntryTold, OnRecord
from keyworker.actions.writing import LONGEST
from keyworker.clocks.engine import Reading
from keyworker.facts.by_hand import HandEntry, Version
from keyworker.vocabulary import Type
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.forms import Ask, Form, day_of
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, of_options
from keyworker.web.presenters.visits import Line, time_typed
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, spoken, spoken_instant

FEW = 6
"""So many answers stand beside one another; more are chosen from a list."""


SHARED = (
    "It was written of brothers and sisters in one note. Each record holds its own, and each is corrected by itself."
)


def title_of(entry: HandEntry) -> str:
    """What an entry is, in words: as its form calls it, a step by its kind, else as its table is called."""
    one = form_of(entry)
    if one and one.fixed:
        return one.title
    kind = str(entry.values.get("kind") or "") if entry.table == "step" else ""
    return f"{kind[0].upper()}{kind[1:]}" if kind else entry.described.title


def called(entry: HandEntry) -> str:
    """One entry among others of its kind, in words."""
    if not day_of(entry.described):
        return title_of(entry)
    began = spoken(entry.on) if entry.on else "no day given"
    if not entry.described.has("to_on"):
        return f"{title_of(entry)}, {began}"
    return f"{title_of(entry)}, {began}, {f'ended {spoken(entry.until - DAY)}' if entry.until else 'open'}"


@dataclass(frozen=True)
class TypedEntry:
    """What was typed into a form, kept whatever is wrong with it."""

    number: str
    form: Form
    said: Mapping[str, str]

    @property
    def wanted(self) -> WantedEntry:
        """What it means, as far as it can be read."""
        of = self.said.get(OF, "")
        number = int(of) if of.isascii() and of.isdigit() and len(of) < 18 else None
        return WantedEntry(self.number, self.form, answers(self.form.asks, self.said), number)

    def errors(self, standing: Sequence[HandEntry], today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed, in the order in which they stand."""
        found = problems(self.wanted, standing, today)
        return {name: found[name] for name in (OF, *(ask.name for ask in self.form.asks)) if name in found}

    def fields(self, standing: Sequence[HandEntry], errors: Mapping[str, str]) -> tuple[Field, ...]:
        """What the form asks. To which entry it belongs, or which ends, comes first."""
        asked = asked_fields(self.form.asks, self.said, errors)
        if self.form.of is None and not self.form.ends:
            return asked
        may = choosable(self.form, standing)
        choices = tuple(Choice(str(one.entry_id), called(one), str(one.entry_id) == self.said.get(OF)) for one in may)
        words = self.form.of.words if self.form.of else "Which one"
        hint = "" if choices else "There is none that is open, so nothing can be written down here yet."
        return (Field(OF, words, "radio", hint=hint, error=errors.get(OF, ""), choices=choices), *asked)


def answers(asks: Iterable[Ask], said: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with days and times as they are kept, as far as they can be read."""
    found = {}
    for ask in asks:
        text = said.get(ask.name, "").strip()
        day = day_typed(text) if ask.column.type is Type.DATE else None
        hour = time_typed(text) if ask.column.type is Type.TIME else None
        found[ask.name] = day.isoformat() if day else f"{hour:%H:%M}" if hour else text
    return found


def asked_fields(asks: Iterable[Ask], said: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of some questions, with what was typed."""
    return tuple(
        Field(
            ask.name,
            ask.words,
            _kind(ask),
            said.get(ask.name, ""),
            ask.hint,
            errors.get(ask.name, ""),
            of_options(ask.choices, said.get(ask.name)),
        )
        for ask in asks
    )


def _kind(ask: Ask) -> str:
    if ask.choices:
        return "radio" if len(ask.choices) <= FEW else "select"
    return "textarea" if ask.long else {Type.DATE: "date", Type.TIME: "time"}.get(ask.column.type, "text")


@dataclass(frozen=True)
class TypedCorrection:
    """What was typed into the form that corrects an entry; before anything is typed, what stands."""

    number: str
    entry: HandEntry
    said: Mapping[str, str]

    @classmethod
    def of(cls, entry: HandEntry, number: str, said: Mapping[str, str] | None) -> TypedCorrection:
        """What a form says. Takes said, None where nothing is typed yet."""
        stands = {ask.name: answer_of(ask, entry.values[ask.column.name]) for ask in asks_of(entry)}
        return cls(number, entry, stands if said is None else said)

    @property
    def wanted(self) -> Correction:
        """What it means, as far as it can be read."""
        return Correction(answers(asks_of(self.entry), self.said), self.said.get("why", "").strip())

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed, in the order in which they stand."""
        found = wrong_correction(self.entry, self.wanted, today)
        return {name: found[name] for name in (*(ask.name for ask in asks_of(self.entry)), "why") if name in found}

    def fields(self, errors: Mapping[str, str]) -> tuple[Field, ...]:
        """What can be corrected, and why it is."""
        hint = f"In {LONGEST} characters or fewer. Whoever may see this child sees it."
        why = Field("why", "Why is it corrected?", "textarea", self.said.get("why", ""), hint, errors.get("why", ""))
        return (*asked_fields(asks_of(self.entry), self.said, errors), why)


def lines_of(told: EntryTold) -> list[Line]:
    """What an entry says, in the order in which it was asked."""
    last = told.last
    said = [Line(ask.words.rstrip("?"), shown(ask, last.values[ask.column.name])) for ask in asks_of(last)]
    written = f"{spoken_instant(last.written_at)}, by {last.written_by}"
    source = "" if last.is_ours else f"the extract of {last.source}"
    shared = SHARED if last.values.get("together_id") else ""
    told_by = (*_if("One of several", shared), *_if("Told by", source))
    return [*(line for line in said if line.said), *told_by, Line("Written down", written)]


def _if(term: str, said: str) -> list[Line]:
    return [Line(term, said)] if said else []


def shown(ask: Ask, value: Any) -> str:
    """An answer in words; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return spoken(value - DAY if ask.column.name == "to_on" else value)
    return ask.choices.get(value, str(value))


def entry_answer(told: EntryTold, name: str) -> str:
    """One entry in a sentence."""
    if told.entry is None:
        return f"{called(told.last)}, of {name}: this was withdrawn, or is no longer told. It does not count."
    return f"{called(told.entry)}, of {name}."


def turned_lines(told: EntryTold) -> dict[str, list[str]]:
    """What an entry did to the duties of its child, in words, under what it did."""
    began = [f"{one.title}: {_due(one)}" for one in told.turned.began]
    met = [f"{one.title}: done on {spoken(one.met_on)}, {_in_time(one)}" for one in told.turned.met if one.met_on]
    stopped = [f"{one.title}: no longer asked for" for one in told.turned.stopped]
    named = {"Due from this": began, "Done by this": met, "No longer due because of this": stopped}
    return {heading: found for heading, found in named.items() if found}


def _due(one: Reading) -> str:
    return f"due {spoken(one.due_on)}. {one.reason}" if one.due_on else f"no day is set. {one.reason}"


def _in_time(one: Reading) -> str:
    if one.due_on is None:
        return "with no day set"
    if one.passed_due is None:
        return f"on or after its day, {spoken(one.due_on)}: the hour decides, and is not told"
    return f"{'after' if one.passed_due else 'by'} its day, {spoken(one.due_on)}"


def history_table(told: EntryTold) -> Table:
    """What an entry said, what it says now, who wrote it, when and why."""
    rows = []
    before: Version | None = None
    for one in told.versions:
        rows.append(
            (
                Cell(spoken_instant(one.entry.written_at)),
                Cell(one.entry.written_by),
                Cell(_what_changed(before, one)),
                Cell(one.why or "No reason is needed", tone="" if one.why else "quiet"),
            )
        )
        before = one
    return Table(
        "history",
        "How it came to say this",
        heads("When", "Who", "What", "Why"),
        tuple(reversed(rows)),
        "Nothing is written down.",
        stays=True,
    )


def _what_changed(before: Version | None, one: Version) -> str:
    if before is None:
        return "Written down" if one.entry.is_ours else "Told by the extract"
    if not one.stands:
        return "Withdrawn, or no longer told"
    asked = {ask.column.name: ask for ask in (*asks_of(before.entry), *asks_of(one.entry))}
    changed = [
        f"{ask.words.rstrip('?')}: from {_or_nothing(ask, before)} to {_or_nothing(ask, one)}"
        for name, ask in asked.items()
        if before.entry.values[name] != one.entry.values[name]
    ]
    return "; ".join(changed) or "Nothing that is asked for changed"


def _or_nothing(ask: Ask, one: Version) -> str:
    said = shown(ask, one.entry.values[ask.column.name])
    return f"“{said}”" if said else "no answer"


def entries_table(entries: Sequence[HandEntry], way: Callable[[HandEntry], str]) -> Table:
    """What stands of a child in the tables that take forms, the latest first. Takes way, to the page of an entry."""
    return Table(
        "entries",
        "What is recorded",
        heads("Day", "What", "Ended", "Written down"),
        tuple(
            (
                Cell(spoken(one.on) if one.on else "No day given"),
                Cell(title_of(one), way(one)),
                Cell(spoken(one.until - DAY) if one.until else "Open" if one.described.has("to_on") else ""),
                Cell(spoken_instant(one.written_at), notes=(f"by {one.written_by}",) if one.is_ours else ()),
            )
            for one in entries
        ),
        "Nothing of this kind is recorded of this child.",
        stays=True,
    )


@dataclass(frozen=True)
class Offered:
    """A form that may be filled in. Takes href, where."""

    title: str
    says: str
    href: str


def offered(found: OnRecord, way: Callable[[Form], str]) -> dict[str, list[Offered]]:
    """The forms that can be filled in as things stand, in the order of the vocabulary, by what they are about."""
    groups: dict[str, list[Offered]] = {}
    for one in found.forms:
        if is_possible(one, found.entries):
            groups.setdefault(one.group, []).append(Offered(one.title, one.says, way(one)))
    return groups


def list_answer(name: str, entries: Sequence[HandEntry]) -> str:
    """The list in a sentence."""
    still = [one for one in entries if one.described.has("to_on") and one.until is None]
    if not entries:
        return f"Nothing is recorded of {name} with a form."
    return f"{plural(len(entries), 'entry', 'entries').capitalize()} of {name}, {len(still)} still open."


@dataclass(frozen=True)
class NoteShown:
    """A case note in a list. Takes about, when it was written down and by whom."""

    title: str
    about: str
    said: str
    href: str


def notes_shown(found: Sequence[HandEntry], way: Callable[[HandEntry], str]) -> list[NoteShown]:
    """Case notes in the order in which they are given."""
    kinds = codes("note_kind")
    return [
        NoteShown(
            f"{spoken(one.on) if one.on else ''}: {kinds.get(one.values['kind'], one.values['kind']).lower()}",
            ". ".join(filter(None, (one.values["present"], f"{spoken_instant(one.written_at)}, by {one.written_by}"))),
            one.values["note"],
            way(one),
        )
        for one in found
    ]


def notes_answer(name: str, found: Sequence[HandEntry], typed: str) -> str:
    """The case notes in a sentence."""
    held = " with these words" if typed else ""
    if not found:
        return f"There are no case notes of {name}{held}."
    return f"{plural(len(found), 'case note').capitalize()} of {name}{held}."
