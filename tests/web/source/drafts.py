"""Made up: what pages ask and keep of what somebody has begun to write, in memory."""

from __future__ import annotations

from datetime import timedelta

from keyworker.actions.drafts import KeptDraft, WantedDraft
from keyworker.record import envelopes
from keyworker.record.drafts import Draft
from keyworker.record.sealing import Key
from tests.web.fictional import NOW
from tests.web.source.made import Made

KEY = Key(b"m" * 32)


class Drafts(Made):
    """What pages ask and keep of what somebody has begun to write. Saved one second apart, so that each is later."""

    def drafts(self) -> list[Draft]:
        return list(self.begun.values())

    def drafts_of(self, address: str) -> list[Draft]:
        return [one for one in self.begun.values() if one.address == address]

    def keep_draft(self, wanted: WantedDraft) -> KeptDraft:
        found = next((one for one in self.begun.values() if wanted.tab and one.tab == wanted.tab), None)
        known = self.begun.get(wanted.draft_id)
        if found is None and known and wanted.seen_at and known.saved_at <= wanted.seen_at:
            found = known
        number = found.draft_id if found else f"{len(self.begun) + 1:032x}"
        at = NOW + timedelta(seconds=len(self.kept) + 1)
        self.kept.append(wanted)
        draft = Draft(number, wanted.address, wanted.tab, at, at + timedelta(days=7), wanted.said)
        others = [one for one in self.drafts_of(wanted.address) if one.draft_id != number]
        self.begun[number] = draft
        return KeptDraft(draft, tuple(one for one in others if wanted.seen_at is None or one.saved_at > wanted.seen_at))

    def forget_drafts(self, draft_ids: list[str]) -> int:
        return sum(self.begun.pop(one, None) is not None for one in draft_ids)

    def device_point(self) -> bytes:
        return envelopes.public_point(KEY, "sorrel")

    def from_device(self, point: bytes, nonce: bytes, sealed: bytes) -> bytes:
        return envelopes.opened(KEY, "sorrel", point, nonce, sealed)

    def most_hours_on_a_device(self) -> int:
        return 12
