"""One's own drafts: keeping what is typed, going on with it, throwing it away."""

from __future__ import annotations

from keyworker.actions.drafts import MOST, KeptDraft, WantedDraft, lasting, most_hours, require_small, too_many
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.record import drafts, envelopes
from keyworker.record.drafts import Draft
from keyworker.record.home import home as default_home
from keyworker.record.sealing import Key, key_of


class AboutDrafts(Opened):
    """What the asker has begun to write and not sent. Nobody else is shown it, whatever their role."""

    def drafts(self) -> list[Draft]:
        """The asker's own drafts, the latest first."""
        return self._read("drafts", lambda: drafts.drafts(self.own, self._sealing, self.now), nobody)

    def drafts_of(self, address: str) -> list[Draft]:
        """The asker's own drafts of one page, the latest first; asked by the page itself, which is logged."""
        return drafts.drafts(self.own, self._sealing, self.now, address)

    def keep_draft(self, wanted: WantedDraft) -> KeptDraft:
        """Keep what is typed, for the asker alone and for so many days. What another window kept stays beside it.

        Raises  KeyworkerError for what is too long, and for one draft too many.
        """
        require_small(wanted)
        until = self.now + lasting(self.connection, self._today)
        draft = Draft(wanted.draft_id, wanted.address, wanted.tab, self.now, until, wanted.said)
        with self.own.transaction():
            # Counted once it is kept: only then is it plain whether it stands over another.
            before = drafts.counted(self.own, self.now)
            kept = drafts.keep(self.own, self.asker.account, self._sealing(), draft, wanted.seen_at)
            if before < (after := drafts.counted(self.own, self.now)) and after > MOST:
                raise too_many()
        others = tuple(
            one
            for one in self.drafts_of(wanted.address)
            if one.draft_id != kept.draft_id and (wanted.seen_at is None or one.saved_at > wanted.seen_at)
        )
        return KeptDraft(kept, others)

    def forget_drafts(self, draft_ids: list[str]) -> int:
        """Throw the asker's own drafts away; those that were sent are thrown away so too. Gives how many."""
        return drafts.forget(self.own, draft_ids)

    def device_point(self) -> bytes:
        """What a device of the asker's seals with, so that only the record opens it."""
        return envelopes.public_point(self._sealing(), self.asker.account)

    def from_device(self, point: bytes, nonce: bytes, sealed: bytes) -> bytes:
        """What a device of the asker's sealed. Raises KeyworkerError where it does not open."""
        return envelopes.opened(self._sealing(), self.asker.account, point, nonce, sealed)

    def most_hours_on_a_device(self) -> int:
        """For how many hours at the most forms are taken along on a device."""
        return most_hours(self.connection, self._today)

    def _sealing(self) -> Key:
        return key_of(self.home or default_home())
