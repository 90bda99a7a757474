"""What pages ask and write of posts that are kept here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.kept_posts import WantedChange, WantedPost, WantedStep
from keyworker.actions.questions.kept_posts import PostTold
from keyworker.facts.pictures import TeamRef
from keyworker.vocabulary.errors import Refused


class KeptPosts(Protocol):
    """What pages ask and write of posts that are kept here."""

    def refusal_to_keep_posts(self) -> Refused | None:
        """Why the person may not write posts down here, or None when they may."""

    def teams_for_posts(self) -> Sequence[TeamRef]:
        """The teams of today, in which a post may be."""

    def kept_post(self, named: str) -> PostTold:
        """One post as it is kept."""

    def is_post_known(self, post_id: str) -> bool:
        """Whether a number is taken."""

    def write_post(self, wanted: WantedPost) -> str:
        """Write a new post down. Gives its handle."""

    def change_post(self, named: str, wanted: WantedChange) -> None:
        """Change, correct or close a post, for a reason."""

    def write_post_step(self, named: str, wanted: WantedStep) -> None:
        """Write a step in filling a post down."""

    def correct_post_step(self, named: str, entry_id: int, wanted: WantedStep | None, change_id: str, why: str) -> None:
        """Correct a step, or withdraw it, for a reason."""
