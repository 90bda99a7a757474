"""Plain twins: where a looked after child lives and under what, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from keyworker.clocks.plain.events import Span
from keyworker.clocks.plain.told import DAY, joined, later, of_child
from keyworker.facts.reference import SHORT_BREAKS, Reference, Row

FIRST_REVIEW_MONTHS = 3


@dataclass(frozen=True)
class Arrangement:
    """A stretch of a placement under one arrangement. Takes `lasting_from` and `agreed_from` as the relation does."""

    child: str
    placement: Row
    name: str
    from_on: date
    to_on: date | None
    lasting_from: date | None
    agreed_from: date | None

    @property
    def placed_on(self) -> date:
        """The first day of the placement."""
        day: date = self.placement["from_on"]
        return day

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


@dataclass(frozen=True)
class CareReview:
    """A looked after review that was held, and whether it was the first of its time in care."""

    child: str
    row: Row
    is_first: bool

    @property
    def day(self) -> date:
        """The day on which it was held."""
        day: date = self.row["happened_on"]
        return day


def stays(facts: Reference) -> list[Span]:
    """Whole times in care, short breaks left out."""
    return list(joined(Span(row["child_id"], row["from_on"], row["to_on"]) for row in facts.care_episodes(short=False)))


@lru_cache(maxsize=1)
def arrangements(facts: Reference) -> tuple[Arrangement, ...]:
    """Every arrangement, worked out for each day of each placement on which anything is told of the child's status or
    steps: on the days between nothing can change. Kept for the facts last asked about."""
    return tuple(_arrangements(facts))


def _arrangements(facts: Reference) -> Iterator[Arrangement]:
    for placement in facts.rows("cla_placement"):
        if placement["to_on"] is not None and placement["to_on"] <= placement["from_on"]:
            continue
        last = placement["to_on"] or facts.moment.at + 2 * DAY
        begun, name = placement["from_on"], ""
        lasting: date | None = None
        agreed: date | None = None
        for day in _told_days(facts, placement, last):
            now = _arrangement(facts, placement, day)
            if name and now != name:
                yield Arrangement(placement["child_id"], placement, name, begun, day, lasting, agreed)
                begun, lasting, agreed = day, None, None
            name = now
            lasting = lasting or (day if _is_lasting(facts, placement, day) else None)
            agreed = agreed or (day if _decided(facts, placement, "long-term foster care agreed", day) else None)
        yield Arrangement(placement["child_id"], placement, name, begun, placement["to_on"], lasting, agreed)


def _told_days(facts: Reference, placement: Row, last: date) -> list[date]:
    """The first day of a placement, and each later one on which a legal status or a step begins or ends."""
    statuses = of_child(facts.rows("legal_status"), placement["child_id"])
    taken = of_child(facts.rows("step"), placement["child_id"])
    told = {day for row in statuses for day in (row["from_on"], row["to_on"])} | {row["happened_on"] for row in taken}
    first: date = placement["from_on"]
    return [first, *sorted(day for day in told if day is not None and first < day < last)]


@lru_cache(maxsize=1)
def care_reviews(facts: Reference) -> tuple[CareReview, ...]:
    """Looked after reviews that were held, and whose they were. Kept for the facts last asked about."""
    rows = [row for row in facts.rows("cla_reviews") if row["happened_on"] and not row["cancelled"]]
    found = []
    for row in rows:
        same = [one["happened_on"] for one in rows if one["care_period_id"] == row["care_period_id"]]
        for child, entered in _entered(facts, row["care_period_id"]).items():
            soon = row["happened_on"] <= later(entered, FIRST_REVIEW_MONTHS)
            found.append(CareReview(child, row, row["happened_on"] == min(same) and soon))
    return tuple(found)


def awaited_reviews(facts: Reference) -> Iterator[tuple[str, Row]]:
    """Reviews that are due and neither held nor cancelled, with the child of each."""
    for row in facts.rows("cla_reviews"):
        if row["happened_on"] is None and row["due_on"] is not None and not row["cancelled"]:
            for child in _entered(facts, row["care_period_id"]):
                yield child, row


def _entered(facts: Reference, care_period: str | None) -> dict[str, date]:
    """By child, the first day of a time in care."""
    found: dict[str, date] = {}
    for row in facts.rows("cla_episodes"):
        if care_period is not None and row["care_period_id"] == care_period:
            found[row["child_id"]] = min(found.get(row["child_id"], row["from_on"]), row["from_on"])
    return found


def _arrangement(facts: Reference, placement: Row, day: date) -> str:
    words = facts.legal_statuses(placement["child_id"], day)
    kind = _kind(placement)
    if words and all(word in SHORT_BREAKS for word in words):
        return "short break"
    if kind in ("A3", "A4", "A5", "A6"):
        return "placed for adoption"
    if kind in ("T0", "T1", "T2", "T3", "T4"):
        return "temporary move"
    if kind in ("R2", "R5"):
        return "run by another body"
    if kind == "P1" and "c1" in words and "c2" not in words:
        return "temporary"
    if _stands(facts, placement, "temporary approval", "carer decision", day):
        return "temporary"
    if kind == "P1" and _stands(facts, placement, "placed before assessment", "parent assessment", day):
        return "with parents before assessment"
    return "with parents under a care order" if kind == "P1" and "c2" in words else "general"


def _kind(placement: Row) -> str:
    return (placement["type"] or "").strip()[:2].upper()


def _is_lasting(facts: Reference, placement: Row, day: date) -> bool:
    return _kind(placement) in ("U1", "U4") or bool(_decided(facts, placement, "placement to last", day))


def _stands(facts: Reference, placement: Row, begins: str, ends: str, day: date) -> bool:
    """Whether something was decided of a placement and nothing has ended it since."""
    begun, ended = _decided(facts, placement, begins, day), _decided(facts, placement, ends, day)
    return bool(begun) and (not ended or max(ended) < max(begun))


def _decided(facts: Reference, placement: Row, kind: str, day: date) -> list[date]:
    """The days up to a day on which a step of one kind was taken about a placement."""
    return [
        row["happened_on"]
        for row in of_child(facts.rows("step"), placement["child_id"])
        if row["kind"] == kind
        and row["happened_on"] <= day
        and (
            (row["belongs_to_id"] is not None and row["belongs_to_id"] == placement["placement_id"])
            or (row["belongs_to_id"] is None and row["happened_on"] >= placement["from_on"])
        )
    ]
