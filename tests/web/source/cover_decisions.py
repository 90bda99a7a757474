"""Made up: what pages ask and decide of children whose worker is away or has left."""

from __future__ import annotations

from datetime import UTC, date, datetime

from keyworker.actions.cover_decisions import WantedCover
from keyworker.actions.questions.cover_decisions import CoverTold, ToCover
from keyworker.facts.cover_decisions import AwayNow, CoverDecision
from keyworker.record.writer import AlreadyRecorded
from tests.web import made_allocations
from tests.web.fictional import LINDQVIST, OKAFOR, REID, child
from tests.web.source.made import Made

AWAY = AwayNow(LINDQVIST.worker_id, date(2026, 11, 2), date(2026, 12, 14))
DECIDED = CoverDecision(
    "c" * 32, "c1", LINDQVIST.worker_id, AWAY.from_on, None, date(2026, 11, 4), date(2026, 11, 4), date(2026, 11, 13),
    "Nothing is due in these <b>days</b>.", "hazel", datetime(2026, 11, 4, 9, tzinfo=UTC),
)  # fmt: skip


class CoverDecisions(Made):
    """What pages ask and decide of children whose worker is away or has left."""

    def to_cover(self) -> list[ToCover]:
        listed = [ToCover(child(1), REID, None), ToCover(child(2), LINDQVIST, AWAY)]
        return [] if self.empty else listed

    def cover_told(self, child: str) -> CoverTold:
        before = made_allocations.before(self.changes)
        workers = {one.worker_id: one for one in (LINDQVIST, OKAFOR, REID)}
        away = AWAY if self.has_worker else None
        return CoverTold(child, made_allocations.NAME, LINDQVIST, away, before, (DECIDED,), workers)

    def decide_cover(self, child: str, wanted: WantedCover) -> None:
        if wanted in self.written:
            raise AlreadyRecorded("This was decided already.")
        self.written.append(wanted)
