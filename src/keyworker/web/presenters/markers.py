"""What must not be told of a child: the warning, the list, and the form by which something is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import partial

from keyworker.access.spelled import parts
from keyworker.actions.marking import KIND_WORDS, WantedMarker, problems, to_whom, warning
from keyworker.actions.questions.markers import ToWithdraw
from keyworker.actions.writing import LONGEST
from keyworker.facts.marked import Markable, Marker
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import Refused
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, FilledIn, of_codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import listed, plural, sentence, spoken, spoken_instant

DAY = timedelta(days=1)
OTHER = "other"
"""What is chosen where no row of the record is meant."""
WAITING = "Look at what is asked"
ASK, AGREE, KEEP = "ask", "agree", "keep"
INSIDE_NOTE = "It may be seen by those who work with the child. Tell it to nobody else, and print nothing of it."


def answer(name: str, found: Sequence[Marker], today: date) -> str:
    """The list in a sentence."""
    held = sum(one.holds_on(today) for one in found)
    if not held:
        return f"Nothing about {name} is marked as not to be told."
    return f"{sentence(plural(held, 'thing'))} about {name} must not be told to somebody."


def warnings(found: Sequence[Marker]) -> tuple[str, ...]:
    """What stands on the child's page: what kind of thing, to whom and why, never the thing itself."""
    return tuple(warning(one) for one in found)


def beside(found: Sequence[Marker], on: date) -> str:
    """What stands beside a placement of the day on which a marked one began; empty beside any other."""
    told = [to_whom(one) for one in found if one.in_table == "cla_placement" and one.on == on]
    return f"Not to be told to {listed(told)}" if told else ""


def markers_table(found: Sequence[Marker], withdraw: Callable[[Marker], str], today: date) -> Table:
    """Everything that is or was marked of a child, the latest first."""
    return Table(
        "markers",
        "Not to be told",
        heads("What", "To whom", "Why", "From", "Until", "Written down"),
        tuple(_row(one, withdraw, today) for one in found),
        "Nothing is marked.",
        note=INSIDE_NOTE,
    )


def _row(one: Marker, withdraw: Callable[[Marker], str], today: date) -> tuple[Cell, ...]:
    href = "" if one.withdrawn or not one.holds_on(today) else withdraw(one)
    written = f"{spoken_instant(one.written_at)} by {one.written_by}"
    if one.withdrawn:
        by, at, why = one.withdrawn
        until = Cell("Withdrawn", notes=(f"{spoken_instant(at)} by {by}: {why}",))
    else:
        until = Cell(spoken(one.to_on - DAY) if one.to_on else "Nobody has said", notes=_asked(one))
    return (
        Cell(in_words(one.kind, one.values), notes=(KIND_WORDS.get(one.kind, one.kind),)),
        Cell(sentence(to_whom(one))),
        Cell(sentence(one.why), notes=(codes("why_not_told").get(one.why, ""), f"Said by: {one.said_by}")),
        Cell(spoken(one.from_on)),
        until,
        Cell((WAITING if one.asked else "Withdraw it") if href else written, href, (written,) if href else ()),
    )


def _asked(one: Marker) -> tuple[str, ...]:
    if one.asked:
        by, why = one.asked
        return (f"{by} asks to withdraw it: {why}", "It stands until a second person agrees.")
    return (f"It was left standing: {one.kept_why}",) if one.kept_why else ()


def withdrawing_words(name: str, one: Marker, refused: Refused | None) -> dict[str, object]:
    """The words of the form by which one person asks to withdraw a marker, and another answers.

    Takes   refused, why whoever looks may not agree; None where they may, or nobody asks yet.
    """
    said = f"{in_words(one.kind, one.values)}. Marked because: {one.why}. Said by: {one.said_by}."
    if one.asked is None:
        return {
            "answer": f"A second person must agree before this may be told again about {name}. Until then it stands.",
            "says": said,
            "label": "Why may it be told again?",
            "buttons": ((ASK, "Ask a second person"),),
        }
    by, why = one.asked
    agree = () if refused else ((AGREE, "Agree: withdraw it"),)
    return {
        "answer": f"{by} asks to withdraw what must not be told about {name}: {why}",
        "says": f"{said} {refused.what if refused else 'If you agree, nothing stands in the way of telling it.'}",
        "label": "Why is it left standing?" if refused else "Why may it be told again, or not?",
        "buttons": (*agree, (KEEP, "Leave it standing")),
    }


def asked_table(found: Sequence[ToWithdraw], address: Callable[[ToWithdraw], str]) -> Table:
    """What somebody asks to withdraw, each with the way to it, without the thing itself."""
    rows = tuple(
        (
            Cell(KIND_WORDS.get(one.marker.kind, one.marker.kind), address(one)),
            Cell(one.name),
            Cell(one.marker.said_by),
            Cell(one.marker.asked[0] if one.marker.asked else ""),
        )
        for one in found
    )
    columns = heads("What must not be told", "Child", "Said by", "Asked by")
    empty = "Nobody asks to withdraw what must not be told."
    return Table("to-withdraw", "What somebody asks to withdraw", columns, rows, empty)


def in_words(kind: str, values: Sequence[str]) -> str:
    """Marked values as a person reads them: an address's parts one after another, each once."""
    return ", ".join(dict.fromkeys(part for value in values for part in parts(kind, value))) or "Not recorded"


@dataclass(frozen=True)
class TypedMarker:
    """What was typed into the form, kept whatever is wrong with it."""

    marker_id: str
    what: str
    kind: str
    value: str
    told_to: str
    relation: str
    person: str
    why: str
    said_by: str
    last_on: str

    @classmethod
    def of(cls, said: Mapping[str, str], marker_id: str) -> TypedMarker:
        """What a form says. Takes marker_id, what stands where it says nothing of it yet."""
        typed = {one.name: said.get(one.name, "").strip() for one in fields(cls)}
        return cls(**{**typed, "marker_id": typed["marker_id"] or marker_id})

    def wanted(self) -> WantedMarker:
        """What it means, as far as it can be read."""
        table, _, number = self.what.partition(":")
        row = (table, number) if number else None
        last_on = day_typed(self.last_on)
        return WantedMarker(
            self.marker_id,
            row,
            self.kind if self.what == OTHER else "",
            self.value,
            self.told_to,
            self.relation,
            self.person,
            self.why,
            self.said_by,
            last_on,
        )

    def errors(self, rows: Sequence[Markable], today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        found = problems(self.wanted(), rows, today)
        if self.what == OTHER and found.get("what"):
            found["kind"] = found.pop("what")
        if self.last_on and day_typed(self.last_on) is None:
            found["last_on"] = "The last day must be a real day, such as 27 March 2026"
        return found


def form_fields(typed: TypedMarker, rows: Sequence[Markable], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of the form, in the order in which they are asked."""

    field = FilledIn(partial(getattr, typed), errors).field

    return (
        field("what", "What must not be told?", "radio", choices=_what(typed, rows)),
        field(
            "kind",
            "If it is something else: what kind of thing?",
            "select",
            choices=of_codes("marked_kind", typed.kind, short=True),
        ),
        field(
            "value",
            "If it is something else: the thing itself",
            "text",
            "As somebody might write it. It is looked for in everything that leaves, in other spellings too.",
        ),
        field("told_to", "To whom must it not be told?", "radio", choices=of_codes("not_told_to", typed.told_to)),
        field(
            "relation",
            "If it is one person: what are they to the child?",
            "select",
            choices=of_codes("relation", typed.relation, short=True),
        ),
        field("person", "If it is one person: their name", "text", "As it is recorded."),
        field("why", "Why?", "radio", choices=of_codes("why_not_told", typed.why)),
        field("said_by", "Who said so?", "text", "A court, a role or a meeting, such as family court."),
        field(
            "last_on",
            "The last day on which it holds",
            "text",
            "For example, 27 March 2026. Empty while nobody has said.",
        ),
    )


def _what(typed: TypedMarker, rows: Sequence[Markable]) -> tuple[Choice, ...]:
    found = [
        Choice(
            value := f"{one.in_table}:{one.in_row}",
            f"{sentence(one.kind)}: {in_words(one.kind, one.values)}",
            value == typed.what,
            f"From {spoken(one.from_on)}" + (f" until {spoken(one.to_on - DAY)}" if one.to_on else ""),
        )
        for one in rows
    ]
    return (*found, Choice(OTHER, "Something else", typed.what == OTHER))


@dataclass(frozen=True)
class Check:
    """One line of what will be written down, in words."""

    term: str
    said: str


def checked(typed: TypedMarker, shown: Sequence[Field]) -> list[Check]:
    """What will be written down, to be looked at before it is."""
    said = {one.name: one.said for one in shown}
    is_other, is_named = typed.what == OTHER, typed.told_to == "named person"
    what = f"{said['kind']}: {typed.value}" if is_other else said["what"]
    to = f"{typed.person} ({typed.relation})" if is_named else said["told_to"]
    last_on = day_typed(typed.last_on)
    return [
        Check("What", what),
        Check("Not to be told to", to),
        Check("Why", said["why"]),
        Check("Who said so", typed.said_by),
        Check("Until", spoken(last_on) if last_on else "Nobody has said: until it is withdrawn"),
    ]


UNNAMED = f"In {LONGEST} characters or fewer. Whoever may see what must not be told of this child sees it."
