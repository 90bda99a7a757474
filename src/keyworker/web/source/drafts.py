"""What pages ask and keep of what somebody has begun to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.drafts import KeptDraft, WantedDraft
from keyworker.record.drafts import Draft


class Drafts(Protocol):
    """What pages ask and keep of what somebody has begun to write."""

    def drafts(self) -> Sequence[Draft]:
        """The person's own drafts, the latest first."""

    def drafts_of(self, address: str) -> Sequence[Draft]:
        """The person's own drafts of one page, the latest first."""

    def keep_draft(self, wanted: WantedDraft) -> KeptDraft:
        """Keep what is typed, for the person alone."""

    def forget_drafts(self, draft_ids: list[str]) -> int:
        """Throw the person's own drafts away."""

    def device_point(self) -> bytes:
        """What a device of the person's seals with, so that only the record opens it."""

    def from_device(self, point: bytes, nonce: bytes, sealed: bytes) -> bytes:
        """What a device of the person's sealed. Raises KeyworkerError where it does not open."""

    def most_hours_on_a_device(self) -> int:
        """For how many hours at the most forms are taken along on a device."""
