"""Meetings about a child, who came and what was decided; and the form that writes one down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from keyworker.actions.meetings import LONG, WantedMeeting, problems
from keyworker.actions.questions.meetings import Meetable, Met
from keyworker.actions.writing import LONGEST
from keyworker.facts.meetings import Meeting
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, FilledIn, of_codes, of_options, of_workers, worker_meant
from keyworker.web.words import days_ago, plural, sentence, spoken, spoken_instant

NOT_HERE = (
    "Meetings are recorded in the case system, and its extract tells of conferences and steps alone, not of who came. "
    "They can be recorded here once the council sets Keyworker as the home of meetings."
)
YES_OR_NO = {"yes": "Yes", "no": "No"}
HELD = {"yes": "It went ahead", "no": "It did not go ahead"}
ENQUIRY = {"yes": "Enquiries begin", "no": "No enquiries"}


@dataclass(frozen=True)
class Told:
    """One meeting as the page tells of it. Takes lines, each what it is about and what is said."""

    number: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    decision: str
    stands: str
    may_withdraw: bool


def answer(found: Met, today: date) -> str:
    """When agencies and family last met and when they meet next, in one sentence."""
    stand = [one for one in found.meetings if not one.is_withdrawn]
    last = next((one for one in stand if one.is_held), None)
    if last is None:
        return f"No meeting about {found.name} is recorded here."
    kind = _kind(last.kind).lower()
    ahead = sorted(one.next_on for one in stand if one.next_on and one.next_on >= today)
    after = f" The next is agreed for {spoken(ahead[0])}." if ahead else " No next meeting is agreed."
    return f"The last meeting about {found.name} was {days_ago(last.happened_on, today)}: {kind}.{after}"


def told(found: Met) -> list[Told]:
    """Every meeting, the latest first."""
    return [_told(found, one) for one in found.meetings]


def _told(found: Met, one: Meeting) -> Told:
    what = "withdrawn" if one.is_withdrawn else "held" if one.is_held else "did not go ahead"
    written = f"Written down {spoken_instant(one.written_at)}, by {one.written_by}."
    gone = f" Withdrawn {spoken_instant(one.changed_at)}, by {one.changed_by}: {one.changed_why}"
    return Told(
        one.meeting_id,
        f"{spoken(one.happened_on)}: {_kind(one.kind)}, {what}",
        tuple((name, sentence(said)) for name, said in _lines(found, one) if said),
        one.decision or "",
        f"{written}{gone if one.is_withdrawn else ''}",
        found.may_write and not one.is_withdrawn,
    )


def _lines(found: Met, one: Meeting) -> list[tuple[str, str]]:
    came = [agency for agency, did in one.invited if did == "came"]
    others = [f"{_agency(agency)} ({codes('attendance')[did].lower()})" for agency, did in one.invited if did != "came"]
    chair = found.workers.get(one.worker_id or "")
    not_asked = f": {one.child_part_why}" if one.child_part_why else ""
    return [
        ("Chaired by", chair.name if chair else ""),
        ("Came", ", ".join(map(_agency, came))),
        ("Invited, and did not come", ", ".join(others)),
        ("Quorum", _quorum(one)),
        ("Why", one.why or ""),
        ("Report shared", _report(one)),
        ("The child", f"{codes('child_part').get(one.child_part or '', '')}{not_asked}"),
        ("The parents", codes("parents_part").get(one.parents_part or "", "")),
        ("Advocate", _advocate(one)),
        ("Enquiries", "" if one.enquiry is None else ENQUIRY["yes" if one.enquiry else "no"]),
        ("Next meeting", spoken(one.next_on) if one.next_on else ""),
    ]


def _quorum(one: Meeting) -> str:
    if not one.is_held:
        return ""
    if one.quorate is None:
        return "The council has set none for this meeting"
    return "Enough agencies came" if one.quorate else "Too few agencies came, and it went ahead"


def _report(one: Meeting) -> str:
    days = one.report_days_before
    return f"{spoken(one.report_on)}, {plural(days, 'day')} before" if one.report_on and days is not None else ""


def _advocate(one: Meeting) -> str:
    if one.advocate_came:
        return "Offered, and used"
    return "" if one.advocate_offered is None else "Offered, and not used" if one.advocate_offered else "Not offered"


def _kind(code: str) -> str:
    return codes("meeting_kind").get(code, code)


def _agency(code: str) -> str:
    return codes("agency").get(code, code)


@dataclass(frozen=True)
class TypedMeeting:
    """What was typed of a meeting, kept whatever is wrong with it."""

    number: str
    said: Mapping[str, str]
    needs: Meetable

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "").strip()

    @property
    def wanted(self) -> WantedMeeting:
        """What it means, as far as it can be read."""
        return WantedMeeting(
            self.number,
            day_typed(self["on"]),
            self["kind"],
            _flag(self["held"]),
            {code: self[name] for code, name in _agencies().items() if self[name]},
            worker_meant(self.needs.chairs, self["chair"]),
            self["why"],
            _flag(self["enquiry"]),
            day_typed(self["report_on"]),
            self["child_part"],
            self["child_part_why"],
            self["parents_part"],
            _flag(self["advocate_offered"]),
            _flag(self["advocate_came"]),
            self["decision"],
            day_typed(self["next_on"]),
        )

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        found = problems(self.wanted, self.needs.quorums.get(self["kind"]), today)
        if "invited" in found:
            found = {("agency-1" if name == "invited" else name): says for name, says in found.items()}
        for name in ("report_on", "next_on"):
            if self[name] and day_typed(self[name]) is None:
                found[name] = "Enter a real day, such as 27 March 2026, or leave it empty"
        return found

    def fields(self, errors: Mapping[str, str]) -> tuple[Field, ...]:
        """What the form asks, in the order of the meeting."""

        field = FilledIn(self.__getitem__, errors).field

        def codes_of(name: str, of: str) -> tuple[Choice, ...]:
            return of_codes(of, self[name])

        def yes_or_no(name: str, label: str) -> Field:
            return field(name, label, "radio", choices=of_options(YES_OR_NO, self[name]))

        chairs = of_workers(self.needs.chairs, self["chair"])
        shortly, in_full = f"In {LONGEST} characters.", f"In {LONG:,} characters. Actions are written under the plan."
        strategy = "Only of a strategy discussion."
        return (
            field("kind", "Which meeting?", "select", choices=codes_of("kind", "meeting_kind")),
            field("on", "Day on which it was held, or was to be", "date"),
            field("held", "Did it go ahead?", "radio", choices=of_options(HELD, self["held"])),
            field("chair", "Who chaired it, where it was a worker of the council", "select", choices=chairs),
            *(
                field(name, codes("agency")[code], "select", choices=codes_of(name, "attendance"))
                for code, name in _agencies().items()
            ),
            field("why", "Why it did not go ahead, or went ahead without a quorum", "text", shortly),
            field("report_on", "Day on which the family and the chair had the worker’s report", "date"),
            field("child_part", "How did the child take part?", "radio", choices=codes_of("child_part", "child_part")),
            field("child_part_why", "Why the child was not asked", "text", "Only where the child was not asked."),
            field("parents_part", "And the parents?", "radio", choices=codes_of("parents_part", "parents_part")),
            yes_or_no("advocate_offered", "Was the child offered an advocate?"),
            yes_or_no("advocate_came", "Did an advocate come, or speak for the child?"),
            field("enquiry", "Do enquiries begin?", "radio", strategy, of_options(ENQUIRY, self["enquiry"])),
            field("decision", "What was decided", "textarea", in_full),
            field("next_on", "Day of the next meeting, where it is agreed", "date"),
        )


def _agencies() -> dict[str, str]:
    """The field in which each agency is asked for."""
    return {code: f"agency-{place}" for place, code in enumerate(codes("agency"), 1)}


def _flag(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)
