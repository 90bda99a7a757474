"""The children in need census as the Department for Education counts it: plain Python over the file, nothing of ours.

Every function takes the census of a year and gives a numerator and a denominator (None where there is none). What the
published method says was read from the column names and sums of the published tables and from the census's own fields.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
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
class Plan:
    began: date
    ended: date | None
    category: str
    before: int


@dataclass(frozen=True)
class Episode:
    referred: date
    source: str
    closed: date | None
    reason: str
    nfa: bool
    moved_here: date | None
    assessments: list[tuple[date, date | None]] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)

    @property
    def found_not_in_need(self) -> bool:
        """Closed because an assessment found no need: an assessment was authorised by then."""
        done = [end for _, end in self.assessments if end and self.closed and end <= self.closed]
        return self.reason[:3] in NOT_IN_NEED and bool(done)


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
            (date.fromisoformat(said.findtext("AssessmentActualStartDate")), _day(said, "AssessmentAuthorisationDate"))
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
                int(said.findtext("NumberOfPreviousCPP") or 0),
            )
            for said in one.findall("ChildProtectionPlans")
        ],
    )


def _day(one: etree._Element, name: str) -> date | None:
    said = one.findtext(name)
    return date.fromisoformat(said) if said else None


Counted = tuple[int, int | None]


def _referrals(census: Census) -> list[tuple[str, Episode]]:
    """The referrals of the year: who asks about a child whose case is open makes no referral."""
    return [
        (child, one)
        for child, held in census.children.items()
        for one in held
        if census.within(one.referred) and not any(_open_on(other, one.referred) for other in held)
    ]


def _open_on(other: Episode, day: date) -> bool:
    return not other.nfa and other.referred < day and (other.closed is None or other.closed > day)


def referrals(census: Census) -> Counted:
    return len(_referrals(census)), None


def no_further_action(census: Census) -> Counted:
    made = _referrals(census)
    return sum(one.nfa for _, one in made), len(made)


def not_in_need(census: Census) -> Counted:
    made = _referrals(census)
    return sum(one.found_not_in_need and not one.nfa for _, one in made), len(made)


def re_referrals(census: Census) -> Counted:
    """Referrals of whose child another came less than twelve months before, in this file or the one before it."""
    made = _referrals(census)
    again = 0
    for child, one in made:
        others = [other.referred for other in census.children[child]] + census.earlier.get(child, [])
        since = one.referred.replace(year=one.referred.year - 1)
        again += any(since < other < one.referred for other in others)
    return again, len(made)


def _open(census: Census) -> list[Episode]:
    return [one for one in census.in_need if one.closed is None]


def _ended(census: Census) -> list[Episode]:
    return [one for one in census.in_need if census.within(one.closed) and not one.found_not_in_need]


def open_at_the_end(census: Census) -> Counted:
    return len(_open(census)), None


def started(census: Census) -> Counted:
    made = [one for _, one in _referrals(census) if not one.nfa and not one.found_not_in_need]
    return len(made), None


def ended(census: Census) -> Counted:
    return len(_ended(census)), None


def at_any_point(census: Census) -> Counted:
    """Table B1 adds up: those open at the end and those that ended."""
    return len(_open(census)) + len(_ended(census)), None


def _authorised(census: Census) -> list[tuple[date, date]]:
    done = [(start, end) for one in census.episodes for start, end in one.assessments if end and census.within(end)]
    return [(start, end) for start, end in done if end >= start]


def assessments(census: Census) -> Counted:
    return len(_authorised(census)), None


def assessments_in_time(census: Census) -> Counted:
    done = _authorised(census)
    return sum(census.working_days(start, end) <= 45 for start, end in done), len(done)


def enquiries(census: Census) -> Counted:
    return sum(census.within(one.began) for episode in census.episodes for one in episode.enquiries), None


def _conferences(census: Census) -> list[tuple[date, date]]:
    """Each conference of the year with the day from which it is counted: the enquiry's start, or the move here."""
    held = [(one.began, one.conference) for episode in census.episodes for one in episode.enquiries]
    held += [(episode.referred, episode.moved_here) for episode in census.episodes]
    return [(start, on) for start, on in held if on is not None and census.within(on)]


def conferences(census: Census) -> Counted:
    return len(_conferences(census)), None


def conferences_in_time(census: Census) -> Counted:
    held = _conferences(census)
    return sum(on >= start and census.working_days(start, on) <= 15 for start, on in held), len(held)


def _plans_open(census: Census) -> list[Plan]:
    return [one for one in census.plans if one.ended is None]


def plans_open(census: Census) -> Counted:
    return len(_plans_open(census)), None


def plans_started(census: Census) -> Counted:
    return sum(census.within(one.began) for one in census.plans), None


def plans_ended(census: Census) -> Counted:
    return sum(census.within(one.ended) for one in census.plans), None


def plans_repeated(census: Census) -> Counted:
    begun = [one for one in census.plans if census.within(one.began)]
    return sum(one.before > 0 for one in begun), len(begun)


def plans_ended_after_two_years(census: Census) -> Counted:
    gone = [one for one in census.plans if one.ended and census.within(one.ended)]
    return sum((one.ended - one.began).days + 1 > 729 for one in gone if one.ended), len(gone)


def plans_open_two_years(census: Census) -> Counted:
    held = _plans_open(census)
    return sum((census.last - one.began).days + 1 > 729 for one in held), len(held)


METHODS: dict[str, Callable[[Census], Counted]] = {
    "cin-referrals": referrals,
    "cin-nfa-pct": no_further_action,
    "cin-not-in-need-pct": not_in_need,
    "cin-re-referral-pct": re_referrals,
    "cin-rate-31-march": open_at_the_end,
    "cin-any-point": at_any_point,
    "cin-started": started,
    "cin-ended": ended,
    "cin-assessment-45wd": assessments_in_time,
    "cin-assessments-count": assessments,
    "cin-s47-rate": enquiries,
    "cin-icpc-rate": conferences,
    "cin-icpc-15wd": conferences_in_time,
    "cpp-31-march": plans_open,
    "cpp-rate": plans_open,
    "cpp-starts": plans_started,
    "cpp-ends": plans_ended,
    "cpp-repeat": plans_repeated,
    "cpp-two-years-ended": plans_ended_after_two_years,
    "cpp-two-years-open": plans_open_two_years,
}


Parted = tuple[dict[str, int], int]


def _months_on(day: date, months: int) -> date:
    """The same day number so many months on; where there is none, the first day of the month after."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return date(day.year + years, month + 2, 1)


def referrals_by_source(census: Census) -> Parted:
    """Table C5: who made each referral of the year."""
    made = _referrals(census)
    return dict(Counter(one.source or "not recorded" for _, one in made)), len(made)


def duration_of_open(census: Census) -> Parted:
    """Table B4: how long before the end of the year the referral of each open episode came."""

    def band(referred: date) -> str:
        for months, name in ((3, "under 3 months"), (6, "3 to 6 months"), (12, "6 to 12 months"), (24, "1 to 2 years")):
            if census.last < _months_on(referred, months):
                return name
        return "2 years or more"

    held = _open(census)
    return dict(Counter(band(one.referred) for one in held)), len(held)


PARTED: dict[str, Callable[[Census], Parted]] = {
    "cin-referrals-source": referrals_by_source,
    "cin-duration-open": duration_of_open,
}
