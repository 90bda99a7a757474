"""District and service: how work is spread, who is past the day to be seen, how often hands change, empty posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from keyworker.facts.sources import HOLDERS
from keyworker.measures.pictures import Figure, GroupRow, ServicePicture
from keyworker.web.presenters.service_tables import NO_TEAM, Address, Door, Posts, doors, service_tables
from keyworker.web.presenters.tail import Multiple, multiples
from keyworker.web.tables import Table, Tabled
from keyworker.web.words import in_words, listed, number, plural, spoken


@dataclass(frozen=True)
class TypeOfTeam:
    """The spread of caseload among the workers of one type of team."""

    title: str
    multiples: tuple[Multiple, ...]


@dataclass(frozen=True)
class ServicePage(Tabled):
    """The headline, the spread, and a table for each question."""

    answer: str
    more: tuple[str, ...]
    mean: str
    spread: tuple[TypeOfTeam, ...]
    then: str
    tables: tuple[Table, ...]


def service_page(
    service: ServicePicture, address: Address, door: Door | None = None, posts: Posts | None = None
) -> ServicePage:
    """The whole service at a moment.

    Takes   address, from a team's handle to the team's page; door, from a number to the children whom it counts,
            where this person may open them; posts, from a district or a team to its posts, where they may.
    """
    if service.told_from and not service.is_told:
        return _before_it_is_told(service, service.told_from)
    too_early = "" if service.is_then_told else _too_early(service)
    if too_early:
        service = replace(service, then=None, groups_then=(), total_then=None)
    then = {row.group: row for row in service.groups_then}
    if service.total_then:
        then[service.total.group] = service.total_then
    types = sorted({row.team_type or "" for row in service.groups})
    top = max((load for row in (*service.groups, *service.groups_then) for load in row.loads), default=0)
    mean = service.total.mean_caseload
    spread = tuple(
        TypeOfTeam(
            f"{kind[:1].upper()}{kind[1:]} teams" if kind else "",
            multiples([row for row in service.groups if (row.team_type or "") == kind], then, mean.share, top, address),
        )
        for kind in types
        if any(row.loads for row in service.groups if (row.team_type or "") == kind)
    )
    return ServicePage(
        answer=_answer(service),
        more=_more(service),
        mean=_mean(mean),
        spread=spread,
        then=f"The outline is how it was on {spoken(service.then.at)}." if service.then else too_early,
        tables=tuple(service_tables(service, then, address, doors(service, door, address), posts)),
    )


def _too_early(service: ServicePicture) -> str:
    if service.then is None or service.told_from is None:
        return ""
    day, told = spoken(service.then.at), spoken(service.told_from)
    return f"How it was on {day} cannot be told: what the extracts hold is whole from {told}."


def _before_it_is_told(service: ServicePicture, told_from: date) -> ServicePage:
    """A day before the extracts: what had ended by the first of them is in none, so a count would be of survivors."""
    return ServicePage(
        answer=f"The service of {spoken(service.moment.at)} cannot be told.",
        more=(
            f"What the extracts hold is whole from {spoken(told_from)}. Of the time before it they hold only what was "
            "still going on then, so every count would be too low, and nobody would seem to hold most children.",
            f"Look at {spoken(told_from)} or a later day; an extract that goes back further would fill the rest.",
        ),
        mean="",
        spread=(),
        then="",
        tables=(),
    )


def _answer(service: ServicePicture) -> str:
    """Children first: how many have not been seen when they should have been, and where."""
    total = service.total
    past = total.past_interval
    if not total.children:
        return "No child is open to the service."
    if past.numerator is None or not past.denominator:
        return "It cannot be told yet how many children have not been seen when they should have been."
    count = int(past.numerator)
    have = "has" if count == 1 else "have"
    first = (
        f"{in_words(count)} of {plural(int(past.denominator), 'child', 'children')} with an interval {have} not been "
    )
    return f"{first}seen when they should have been{_where(service, count)}."


def _where(service: ServicePicture, count: int) -> str:
    if service.by != "district" or not count:
        return ""
    places = {NO_TEAM: "with no team", "county-wide": "in county-wide teams", "unmapped": "in teams without a district"}
    parts = [
        f"{number(row.past_interval.numerator)} {places.get(row.group, f'in {row.group}')}"
        for row in service.groups
        if row.past_interval.numerator
    ]
    return f": {listed(parts)}" if len(parts) > 1 else ""


def _more(service: ServicePicture) -> tuple[str, ...]:
    total = service.total
    if not total.children:
        return (_above(total),)
    if any(one.what == HOLDERS for one in service.absent):
        return ("No extract says who was involved with a child, so it cannot be told who has a worker.", _above(total))
    none = (
        f"{in_words(total.unallocated)} open {'child has' if total.unallocated == 1 else 'children have'} no worker."
        if total.unallocated
        else "Every open child has a worker."
    )
    left_out = (
        f" Of {plural(total.cannot_tell, 'more child', 'more children')} it cannot be told, because no interval is set "
        "or too little is recorded."
        if total.cannot_tell
        else ""
    )
    return (none + left_out, _above(total))


def _above(total: GroupRow) -> str:
    above = total.above_own_capacity
    if above.numerator is None or not above.denominator:
        return (
            "It cannot be told yet how many workers hold more than their own agreed capacity: "
            "no capacity has been agreed and entered."
        )
    count = int(above.numerator)
    verb = "holds" if count == 1 else "hold"
    return (
        f"{in_words(count)} of {plural(int(above.denominator), 'worker')} with an agreed capacity {verb} more than it."
    )


def _mean(mean: Figure) -> str:
    if mean.share is None:
        return "No mean can be given: no worker holds a child."
    return f"Mean {number(mean.share)}: {number(mean.numerator)} children over {number(mean.denominator)} {mean.base}."
