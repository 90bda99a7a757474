"""Made up: what pages ask and write of posts that are kept here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from keyworker.access import require
from keyworker.actions.kept_posts import WantedChange, WantedPost, WantedStep
from keyworker.actions.questions.kept_posts import PostTold
from keyworker.facts.kept_posts import KeptPost, KeptStep, PostChange, StandingPost
from keyworker.facts.pictures import TeamRef
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.web.fictional import team
from tests.web.source.made import Made

HANDLE = f"po{77:022}"
KEPT = KeptPost(
    StandingPost(
        "P0077", "Social worker", "case holder", "T1", Decimal("0.60"), True, None, date(2026, 2, 2), None, 71
    ),
    (
        KeptStep("withdrawn", date(2026, 11, 9), "after offered: <b>took</b> another post", 73),
        KeptStep("approved", date(2026, 9, 1), None, 72),
    ),
    (PostChange("a" * 32, "changed", "A day less.", "sorrel", datetime(2026, 2, 2, 9, 5, tzinfo=UTC)),),
)


class KeptPosts(Made):
    """What pages ask and write of posts that are kept here."""

    def refusal_to_keep_posts(self) -> Refused | None:
        return None if self.may_decide else Refused("Posts are kept in the workforce system.")

    def teams_for_posts(self) -> list[TeamRef]:
        require(self.refusal_to_keep_posts())
        return [team()]

    def kept_post(self, named: str) -> PostTold:
        require(self.refusal_to_keep_posts())
        if named.startswith("nobody"):
            raise KeyworkerError("No post is known by that name at that moment.", remedy="Check the address.")
        return PostTold(KEPT, HANDLE, (team(),))

    def is_post_known(self, post_id: str) -> bool:
        return post_id == "P0077"

    def write_post(self, wanted: WantedPost) -> str:
        self.written.append(wanted)
        return HANDLE

    def change_post(self, named: str, wanted: WantedChange) -> None:
        self.written.append(wanted)

    def write_post_step(self, named: str, wanted: WantedStep) -> None:
        self.written.append(wanted)

    def correct_post_step(self, named: str, entry_id: int, wanted: WantedStep | None, change_id: str, why: str) -> None:
        self.written.append((entry_id, wanted, why))
