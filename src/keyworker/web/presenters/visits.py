"""Writing a visit down: what was typed, what is wrong with it, and what stands written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from keyworker.actions.questions.visits import Visitable, VisitTold
from keyworker.actions.visits import Visited, WantedVisit, asks_bedroom, problems, problems_of
from keyworker.facts.visit_notes import VisitNote
from keyworker.facts.visit_pairs import VisitPair
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.words import VisitOutcome
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Field, of_codes, of_options
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_instant

OUTCOMES: Mapping[str, str] = {
    VisitOutcome.SEEN_ALONE: "Seen alone",
    VisitOutcome.SEEN: "Seen, with somebody else there",
    VisitOutcome.NOT_SEEN: "Not seen, though somebody let me in",
    VisitOutcome.NO_ACCESS: "Nobody let me in",
    VisitOutcome.CANCELLED: "Cancelled before it",
}
CANCELLED = {"family": "The child or family", "worker": "I did", "service": "The service", "other": "Somebody else"}
PLACES = {
    "home": "Where the child lives",
    "school": "School or nursery",
    "elsewhere": "Somewhere else",
    "not in person": "Not in person: by video or telephone",
}
YES_OR_NO = {"yes": "Yes", "no": "No"}
NO_OPTIONS: Mapping[str, str] = {}
YES_NO = {"yes": True, "no": False}
MOST_CHILDREN = 20
LEFT_OUT = (
    "Something was typed of a child to whom this visit can no longer be: it is not shown here. Who works with the "
    "child may have changed. Look at What you have begun, where all that you typed can be read"
)
_PARTS = ("outcome", "kind", "why", "cancelled_by", "awake", "bedroom", "words")


@dataclass(frozen=True)
class ChildForm:
    """What the form asks of one child: first what must be said, then what may be."""

    name: str
    asked: tuple[Field, ...]
    more: tuple[Field, ...]
    is_open: bool
    whose: tuple[str, str] = ("", "")  # the name and value by which the form says of whom this part is


@dataclass(frozen=True)
class TypedChild:
    """What was typed of one child, kept whatever is wrong with it. Takes place, the child's number on the form."""

    place: int
    child: Visitable
    said: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    @property
    def kind(self) -> str:
        """What the visit counts as."""
        return self["kind"] if self["kind"] in codes("visit_kind") else self.child.kind

    @property
    def is_told(self) -> bool:
        """Whether anything was said of the child; of whom nothing was, the visit was not to."""
        return any(self[name] for name in _PARTS if name != "kind")

    @property
    def visited(self) -> Visited:
        """What came of the visit, as far as it can be read."""
        outcome = VisitOutcome(self["outcome"]) if self["outcome"] in OUTCOMES else None
        return Visited(
            self.child.child_id,
            self.kind,
            outcome,
            YES_NO.get(self["awake"]) if self.child.is_baby else None,
            YES_NO.get(self["bedroom"]),
            self["why"],
            self["cancelled_by"] if self["cancelled_by"] in CANCELLED else "",
            self["words"],
        )

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        found = problems_of(self.visited) if self.is_told else {}
        return {f"{self.place}-{name}": f"{says} ({self.child.name})" for name, says in found.items()}

    def form(self, errors: Mapping[str, str]) -> ChildForm:
        """What the form asks of the child."""
        asked = [
            self._field("outcome", "What came of the visit?", "radio", errors, OUTCOMES),
            self._field("why", "Why, if not seen or not alone", "text", errors),
            self._field("cancelled_by", "Who cancelled it, if it was cancelled", "select", errors, CANCELLED),
        ]
        if self.child.is_baby:
            asked.insert(1, self._field("awake", "Was the child awake?", "radio", errors, YES_OR_NO))
        more = [
            replace(
                self._field("words", "What the child said, wished or showed", "textarea", errors),
                hint="In the child’s own words where you can.",
            ),
            Field(f"{self.place}-kind", "The visit counts as", "select", choices=of_codes("visit_kind", self.kind)),
        ]
        if asks_bedroom(self.child.kind):
            label = "Was it seen where the child sleeps?"
            more.insert(1, self._field("bedroom", label, "radio", errors, YES_OR_NO))
        is_open = any(self.said.get(one) for one in ("words", "bedroom")) or self.kind != self.child.kind
        whose = (f"{self.place}-child", self.child.handle)
        return ChildForm(self.child.name, tuple(asked), tuple(more), is_open, whose)

    def _field(
        self, part: str, label: str, kind: str, errors: Mapping[str, str], options: Mapping[str, str] = NO_OPTIONS
    ) -> Field:
        name = f"{self.place}-{part}"
        choices = of_options(options, self[part])
        return Field(name, label, kind, self[part], error=errors.get(name, ""), choices=choices)


@dataclass(frozen=True)
class TypedVisit:
    """What was typed into the form, kept whatever is wrong with it."""

    together_id: str
    on: str
    time: str
    place: str
    announced: str
    present: str
    planned: str
    children: tuple[TypedChild, ...]

    @classmethod
    def of(cls, said: Mapping[str, str], children: Sequence[Visitable], together_id: str, today: date) -> TypedVisit:
        """What a form says of a visit to some children. Takes together_id and today, where it says nothing yet."""

        def of_child(place: int, child: Visitable) -> TypedChild:
            at = place_of(said, place, child.handle)
            return TypedChild(place, child, {name: said.get(f"{at}-{name}", "").strip() for name in _PARTS})

        return cls(
            said.get("together_id", "") or together_id,
            said.get("on", today.isoformat()).strip(),
            said.get("time", "").strip(),
            said.get("place", ""),
            said.get("announced", ""),
            said.get("present", "").strip(),
            said.get("planned", ""),
            tuple(of_child(place, child) for place, child in enumerate(children, 1)),
        )

    @property
    def wanted(self) -> WantedVisit:
        """The visit that it means, as far as it can be read."""
        return WantedVisit(
            self.together_id,
            day_typed(self.on),
            time_typed(self.time),
            self.place if self.place in PLACES else "",
            YES_NO.get(self.announced),
            self.present,
            tuple(one.visited for one in self.children if one.is_told),
            self.planned,
        )

    def about(self, errors: Mapping[str, str], today: date, plans: Mapping[str, str] = NO_OPTIONS) -> tuple[Field, ...]:
        """What the form asks of the visit as a whole. Takes plans, in words, by what their children share."""
        hint = f"Today is {spoken(today)}."
        choices = of_options(plans, self.planned)
        planned = (Field("planned", "Was it a visit that was planned?", "select", choices=choices),) if plans else ()
        return (
            *planned,
            Field("on", "Day of the visit", "date", self.on, hint, errors.get("on", "")),
            Field("time", "Time, if you know it", "time", self.time, error=errors.get("time", "")),
            Field("place", "Where", "radio", choices=of_options(PLACES, self.place)),
            Field(
                "announced",
                "Did the family know that you would come?",
                "radio",
                choices=of_options(YES_OR_NO, self.announced),
            ),
            Field("present", "Who else was there", "text", self.present, error=errors.get("present", "")),
        )

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        found = problems(self.wanted, today)
        if "children" in found:
            found["1-outcome"] = found.pop("children")
        if self.time and time_typed(self.time) is None:
            found["time"] = "The time must be one of the day, such as 15:30"
        for one in self.children:
            found |= one.errors
        return found


def place_of(said: Mapping[str, str], place: int, handle: str) -> int:
    """Where a form speaks of a child: brothers and sisters may come and go between its opening and its sending.

    Takes   place, the child's on a form opened now. Gives 0, at which nothing is said, where the form was of others.
    """
    named = {said[f"{one}-child"]: one for one in range(1, MOST_CHILDREN) if said.get(f"{one}-child")}
    return named.get(handle, 0 if named else place)


def left_out(said: Mapping[str, str], children: Sequence[Visitable]) -> bool:
    """Whether a form says something of a child whom it can no longer be about."""
    now = {one.handle for one in children}
    return any(
        said.get(f"{one}-{name}", "").strip()
        for one in range(1, MOST_CHILDREN)
        if said.get(f"{one}-child") and said[f"{one}-child"] not in now
        for name in _PARTS
        if name != "kind"
    )


def time_typed(text: str) -> time | None:
    """A time of day as people type it, such as 15:30 or 15.30; None for what is none."""
    try:
        found = time.fromisoformat(text.replace(".", ":").zfill(5)) if text else None
    except ValueError:
        return None
    return None if found is None or found.tzinfo else found


@dataclass(frozen=True)
class Line:
    """One line of what stands written."""

    term: str
    said: str


def told_lines(told: VisitTold) -> list[Line]:
    """What was written of a visit to one child, in the order in which it was asked."""
    one = told.note
    outcome = OUTCOMES.get(one.outcome or "", one.outcome or "")
    lines = [
        ("When", f"{spoken(one.happened_on)}{f', {one.happened_time:%H:%M}' if one.happened_time else ''}"),
        ("What came of it", outcome),
        ("Why", one.why),
        ("Cancelled by", CANCELLED.get(one.cancelled_by or "", one.cancelled_by)),
        ("Counts as", codes("visit_kind").get(one.kind, one.kind)),
        ("Where", PLACES.get(one.place or "", "")),
        ("Did the family know of it", _yes_no(one.announced)),
        ("Who else was there", one.present),
        ("Was the child awake", _yes_no(one.awake)),
        ("Was the bedroom seen", _yes_no(one.bedroom)),
        ("What the child said or showed", one.words),
        ("Who visited", told.worker),
        ("Also visited", ", ".join(other.name for other in told.others)),
        ("Written down", f"{spoken_instant(one.written_at)}, by {one.written_by}"),
    ]
    if one.is_withdrawn:
        lines.append(("Withdrawn", f"{spoken_instant(one.changed_at)}, by {one.changed_by}: {one.changed_why}"))
    return [Line(term, sentence(said)) for term, said in lines if said]


def pair_asked(pair: VisitPair, name: str) -> str:
    """What is asked of a visit of which an extract may tell too."""
    return (
        f"The case system tells of a visit to {name} on {spoken(pair.theirs_on)}. Is it this one, of "
        f"{spoken(pair.happened_on)}?"
    )


def pair_counted(pair: VisitPair) -> str:
    """How the two are counted until somebody answers."""
    if pair.is_one:
        return "Until you answer they count as one visit, of the case system’s day."
    return "Until you answer they count as two visits: they do not say the same of whether the child was seen."


def to_match_answer(count: int) -> str:
    """How many visits wait to be matched, in a sentence."""
    if not count:
        return "No visit that you wrote down waits to be matched with what the case system tells."
    says = plural(count, "visit that you wrote down may be one", "visits that you wrote down may be ones")
    return f"{says} of which the case system tells too. Only a person can say."


def told_answer(told: VisitTold) -> str:
    """What stands written, in one sentence."""
    one = told.note
    on = spoken(one.happened_on)
    if one.is_withdrawn:
        return f"The visit to {told.name} on {on} was withdrawn: it was never made or meant."
    if one.outcome is None:
        return f"A visit to {told.name} on {on} was written down here, and the case system tells of it too."
    if one.outcome in (VisitOutcome.SEEN, VisitOutcome.SEEN_ALONE):
        alone = " alone" if one.outcome == VisitOutcome.SEEN_ALONE else ""
        return f"It is written down that {told.name} was seen{alone} on {on}."
    return f"It is written down that {told.name} was not seen on {on}. The child is still to be seen."


def written_table(rows: Sequence[VisitNote], visit: Callable[[str], str]) -> Table:
    """The visits to a child that were written down here. Takes visit, from a visit's number to its page."""
    return Table(
        "visits-here",
        "Visits recorded here",
        heads("Day", "What came of it", "Written down"),
        tuple(
            (
                Cell(spoken(one.happened_on), visit(one.visit_id)),
                Cell(_came_of(one)),
                Cell(spoken_instant(one.written_at), notes=(f"by {one.written_by}",)),
            )
            for one in rows
        ),
        "No visit was recorded here.",
    )


def _came_of(one: VisitNote) -> str:
    if one.is_withdrawn:
        return "Withdrawn"
    return OUTCOMES.get(one.outcome or "", "The case system tells of it too")


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"
