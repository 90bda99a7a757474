"""A children in need census as its file has it: plain Python over the file, nothing of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

DAY = timedelta(days=1)
NOT_IN_NEED = ("RC8", "RC9")


@dataclass(frozen=True)
class Enquiry:
    began: date
    conference: date | None


@dataclass(frozen=True)
class Assessment:
    began: date
    authorised: date | None
    factors: frozenset[str]


@dataclass(frozen=True)
class Plan:
    began: date
    ended: date | None
    category: str
    latest_category: str
    before: int


@dataclass(frozen=True)
class Episode:
    referred: date
    source: str
    closed: date | None
    reason: str
    nfa: bool
    moved_here: date | None
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)

    @property
    def found_not_in_need(self) -> bool:
        """Closed because an assessment found no need: an assessment was authorised by then."""
        done = [one.authorised for one in self.assessments if one.authorised]
        return self.reason[:3] in NOT_IN_NEED and any(self.closed and end <= self.closed for end in done)


@dataclass(frozen=True)
class Census:
    """One year's file, with the referrals of the file before it by child."""

    year: int
    children: dict[str, list[Episode]]
    earlier: dict[str, list[date]]
    closed_days: frozenset[date]

    @property
    def first(self) -> date:
        return date(self.year - 1, 4, 1)

    @property
    def last(self) -> date:
        return date(self.year, 3, 31)

    def within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def episodes(self) -> Iterator[Episode]:
        for held in self.children.values():
            yield from held

    @property
    def in_need(self) -> Iterator[Episode]:
        return (one for one in self.episodes if not one.nfa)

    @property
    def plans(self) -> list[Plan]:
        return [plan for one in self.episodes for plan in one.plans]

    def working_days(self, start: date, end: date) -> int:
        """How many working days after a day another lies; the day itself is day 0."""
        days = (start + DAY * n for n in range(1, (end - start).days + 1))
        return sum(day.weekday() < 5 and day not in self.closed_days for day in days)


def read(path: Path, year: int, before: Path, holidays: Path) -> Census:
    """The census file of a year and of the year before it. Takes holidays, the published list of bank holidays."""
    events = json.loads(holidays.read_text())["england-and-wales"]["events"]
    earlier = {child: [one.referred for one in episodes] for child, episodes in _children(before).items()}
    return Census(year, _children(path), earlier, frozenset(date.fromisoformat(one["date"]) for one in events))


def _children(path: Path) -> dict[str, list[Episode]]:
    tree = etree.parse(str(path))
    return {
        child.findtext("ChildIdentifiers/LAchildID"): [_episode(one) for one in child.findall("CINdetails")]
        for child in tree.iterfind("Children/Child")
    }


def _episode(one: etree._Element) -> Episode:
    return Episode(
        referred=date.fromisoformat(one.findtext("CINreferralDate")),
        source=one.findtext("ReferralSource") or "",
        closed=_day(one, "CINclosureDate"),
        reason=one.findtext("ReasonForClosure") or "",
        nfa=one.findtext("ReferralNFA") in ("true", "1"),
        moved_here=_day(one, "DateOfInitialCPC"),
        assessments=[
            Assessment(
                date.fromisoformat(said.findtext("AssessmentActualStartDate")),
                _day(said, "AssessmentAuthorisationDate"),
                frozenset(code.text or "" for code in said.iterfind("FactorsIdentifiedAtAssessment/AssessmentFactors")),
            )
            for said in one.findall("Assessments")
        ],
        enquiries=[
            Enquiry(date.fromisoformat(said.findtext("S47ActualStartDate")), _day(said, "DateOfInitialCPC"))
            for said in one.findall("Section47")
        ],
        plans=[
            Plan(
                date.fromisoformat(said.findtext("CPPstartDate")),
                _day(said, "CPPendDate"),
                said.findtext("InitialCategoryOfAbuse") or "",
                said.findtext("LatestCategoryOfAbuse") or "",
                int(said.findtext("NumberOfPreviousCPP") or 0),
            )
            for said in one.findall("ChildProtectionPlans")
        ],
    )


def _day(one: etree._Element, name: str) -> date | None:
    said = one.findtext(name)
    return date.fromisoformat(said) if said else None
