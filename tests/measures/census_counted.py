"""Children in need measures as the Department for Education counts them: plain Python over the file, nothing of ours.

Every function takes the census of a year and gives a numerator and a denominator (None where there is none). What the
published method says was read from the column names and sums of the published tables and from the census's own fields.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.measures.census import Census, Episode, Plan

Counted = tuple[int, int | None]


def referrals_made(census: Census) -> list[tuple[str, Episode]]:
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
    return len(referrals_made(census)), None


def no_further_action(census: Census) -> Counted:
    made = referrals_made(census)
    return sum(one.nfa for _, one in made), len(made)


def not_in_need(census: Census) -> Counted:
    made = referrals_made(census)
    return sum(one.found_not_in_need and not one.nfa for _, one in made), len(made)


def re_referrals(census: Census) -> Counted:
    """Referrals of whose child another came less than twelve months before, in this file or the one before it."""
    made = referrals_made(census)
    again = 0
    for child, one in made:
        others = [other.referred for other in census.children[child]] + census.earlier.get(child, [])
        since = one.referred.replace(year=one.referred.year - 1)
        again += any(since < other < one.referred for other in others)
    return again, len(made)


def open_episodes(census: Census) -> list[Episode]:
    return [one for one in census.in_need if one.closed is None]


def ended_episodes(census: Census) -> list[Episode]:
    return [one for one in census.in_need if census.within(one.closed) and not one.found_not_in_need]


def open_at_the_end(census: Census) -> Counted:
    return len(open_episodes(census)), None


def started(census: Census) -> Counted:
    made = [one for _, one in referrals_made(census) if not one.nfa and not one.found_not_in_need]
    return len(made), None


def ended(census: Census) -> Counted:
    return len(ended_episodes(census)), None


def at_any_point(census: Census) -> Counted:
    """Table B1 adds up: those open at the end and those that ended."""
    return len(open_episodes(census)) + len(ended_episodes(census)), None


def _authorised(census: Census) -> list[tuple[date, date]]:
    return [
        (one.began, one.authorised)
        for episode in census.episodes
        for one in episode.assessments
        if one.authorised and census.within(one.authorised) and one.authorised >= one.began
    ]


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


def open_plans(census: Census) -> list[Plan]:
    return [one for one in census.plans if one.ended is None]


def plans_open(census: Census) -> Counted:
    return len(open_plans(census)), None


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
    held = open_plans(census)
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
