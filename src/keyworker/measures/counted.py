"""The children behind a number of the service: the same rows, chosen by the same rules that count them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from keyworker.facts.pictures import ChildRow, Standing
from keyworker.measures.caseload import holder


class Counted(StrEnum):
    """What a number counts; the words also stand in addresses."""

    OPEN = "open"
    PAST = "past"
    CANNOT_TELL = "cannot-tell"
    NO_WORKER = "no-worker"
    CHANGED = "changed"


def counted(
    children: Iterable[ChildRow], what: Counted, *, district: str | None = None, team: str | None = None
) -> list[ChildRow]:
    """The children whom a number counts, of a district, of a team, or of the whole service.

    Takes   team, its handle; both None for the whole service; an empty district for children who are with no team.
    """
    return [row for row in children if _falls(row, district, team) and _counts(row, what)]


def _falls(row: ChildRow, district: str | None, team: str | None) -> bool:
    if team is not None:
        return row.team is not None and row.team.handle == team
    if district is not None:
        return (row.team.district if row.team else "") == district
    return True


def _counts(row: ChildRow, what: Counted) -> bool:
    match what:
        case Counted.PAST:
            return row.standing is Standing.PAST
        case Counted.CANNOT_TELL:
            return row.standing in {Standing.CANNOT_TELL, Standing.NO_INTERVAL}
        case Counted.NO_WORKER:
            return holder(row) is None
        case Counted.CHANGED:
            return row.changes_in_12_months > 0
    return True
