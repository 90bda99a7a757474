"""Children whose worker is away or has left: which of them need a decision, and deciding who covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker.access import NOTHING, Thing
from keyworker.actions import cover_decisions
from keyworker.actions.allocations import FARTHEST_AHEAD, BeforeChange
from keyworker.actions.cover_decisions import DAYS_AHEAD, DAYS_AWAY, USUAL_AHEAD, WantedCover, days_before
from keyworker.actions.questions.allocations import AboutAllocations
from keyworker.actions.reading import one_reading
from keyworker.actions.whole import every_child
from keyworker.actions.writing import SentOtherwise
from keyworker.facts import people
from keyworker.facts.belonging import said_in_setting, workers_belonging
from keyworker.facts.cover_decisions import AwayNow, CoverDecision, away_ahead, away_now, covered
from keyworker.facts.cover_decisions import cover_decisions as cover_decisions_of
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, WorkerRef
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.homes import Kept


@dataclass(frozen=True)
class ToCover:
    """A child who needs a decision. Takes away, None where the worker has left the service."""

    child: ChildRow
    worker: WorkerRef
    away: AwayNow | None


@dataclass(frozen=True)
class CoverTold:
    """How a child stands whose worker may be away.

    Takes   away, None where the worker is there; decisions, the latest first; workers, by identifier, whoever is named.
    """

    handle: str
    name: str
    worker: WorkerRef | None
    away: AwayNow | None
    before: BeforeChange
    decisions: tuple[CoverDecision, ...]
    workers: dict[str, WorkerRef]


class AboutCoverDecisions(AboutAllocations):
    """What is decided for a child while the worker is away."""

    def to_cover(self) -> list[ToCover]:
        """The children for whom the asker decides whose worker is away for long or soon will be, or has left, with
        nothing decided."""
        return self._read(
            "allocation", self._to_cover, lambda found: {HandleKind.CHILD: [one.child.handle for one in found]}
        )

    def cover_told(self, child: str) -> CoverTold:
        """How one child stands: the worker, until when they are away, and what was decided."""
        self.may_allocate(child)

        def read() -> CoverTold:
            child_id = self._child_id(child, Thing.ALLOCATION)
            everyone = lens_at(self.own, self._today)
            lens = everyone.of([everyone.root(child_id)])
            who = people.children(self.own, lens)[everyone.root(child_id)]
            before = self._before(who.child_id)
            away = self._away(FARTHEST_AHEAD)
            said = cover_decisions_of(self.own, lens)[::-1]
            main = before.main.worker_id if before.main else ""
            named = {main, *(one.covered_by or "" for one in said), *(one.worker_id for one in said)} - {""}
            refs = dict(people.workers(self.own, everyone, sorted(named)))
            return CoverTold(who.handle, who.name, refs.get(main), away.get(main), before, tuple(said), refs)

        return self._read("allocation", read, lambda found: {HandleKind.CHILD: [found.handle]}, allowed=True)

    def decide_cover(self, child: str, wanted: WantedCover) -> None:
        """Decide who covers for a child while the worker is away, or why nobody does. A form sent twice writes once.

        Raises  Refused; KeyworkerError for what says too little, or where nobody is away; SentOtherwise.
        """
        told = self.cover_told(child)
        sent = next((one for one in told.decisions if one.decision_id == wanted.number), None)
        if sent is not None:
            if not cover_decisions.said_so(sent, wanted):
                raise SentOtherwise(cover_decisions.WHERE)
            raise AlreadyRecorded("This was decided already.", where=cover_decisions.WHERE, remedy="Open it again.")
        if told.away is None:
            raise KeyworkerError(
                "The child’s worker is not away, nor will be within three months.",
                where=cover_decisions.WHERE,
                remedy="Open it again.",
            )
        with one_reading(self.own):
            child_id = lens_at(self.own, self._today).root(self._child_id(child, Thing.ALLOCATION))
        today = self._today.at
        cover_decisions.decide(self.own, self.asker, self.now, child_id, wanted, told.before, told.away, today)

    def _to_cover(self) -> list[ToCover]:
        sight = self.sight(Thing.ALLOCATION)
        if sight == NOTHING or not self._is_home_of(Kept.ALLOCATIONS):
            return []
        away = self._away_for_long()
        left = {one for one, stands in workers_belonging(self.connection, self._today.at).items() if stands.has_left}
        gone = left | away.keys()  # made once: the children of the whole service are looked through
        every = every_child(self.connection, self._today)
        rows = [row for row in every if (main := row.lead or row.accountable) and main.worker_id in gone]
        covers = [row for row in rows if sight.covers(self._place_of_row(row))]
        seen = self.narrowed(self._today, covers, Thing.ALLOCATION)
        decided = self._decided([row for row in seen if _main_id(row) not in left], away)
        found = [
            ToCover(row, main, None if main.worker_id in left else away[main.worker_id])
            for row in seen
            if (main := _main(row)) is not None and row.child_id not in decided
        ]
        return sorted(
            found, key=lambda one: (one.away is not None, one.worker.name, one.child.name, one.child.child_id)
        )

    def _away_for_long(self) -> dict[str, AwayNow]:
        today: date = self._today.at
        limit = days_before(said_in_setting(self.connection, self._today, DAYS_AWAY))
        ahead = days_before(said_in_setting(self.connection, self._today, DAYS_AHEAD), USUAL_AHEAD)
        found = self._away(timedelta(days=ahead))
        return {worker_id: one for worker_id, one in found.items() if one.is_long(limit, today)}

    def _away(self, ahead: timedelta) -> dict[str, AwayNow]:
        """Everybody who is away, and else whoever will be within a time: leave is planned, and so is who covers."""
        today: date = self._today.at
        later = lens_at(self.connection, Moment(FAR))
        return away_ahead(self.connection, later, today, today + ahead) | away_now(
            self.connection, lens_at(self.connection, self._today)
        )

    def _decided(self, rows: Sequence[ChildRow], away: Mapping[str, AwayNow]) -> set[str]:
        """Of some children those whom somebody covers, or for whom it is decided that nobody does."""
        ids = [row.child_id for row in rows]
        if not ids:
            return set()
        lens, today = lens_at(self.own, self._today).of(ids), self._today.at
        stands = {row.child_id: away[_main_id(row)] for row in rows}
        said = [one for one in cover_decisions_of(self.own, lens) if one.holds(stands[one.child_id], today)]
        held = {one.child_id for one in said if one.needs_nobody(today)}
        # Whom somebody covers today may still have nobody from the first day of an absence to come.
        begun = [child_id for child_id, one in stands.items() if one.has_begun(today)]
        return held | (covered(self.own, lens.of(begun)) if begun else frozenset())


def _main(row: ChildRow) -> WorkerRef | None:
    return row.lead or row.accountable


def _main_id(row: ChildRow) -> str:
    main = _main(row)
    return main.worker_id if main else ""
