"""What pages ask and write of who works with a child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from keyworker.actions.allocations import BeforeChange, Steps, WantedAllocation
from keyworker.actions.questions.allocations import OfferedChild, Receiver, WorkedWith
from keyworker.facts.pictures import TeamRef
from keyworker.vocabulary.errors import Refused


class Allocations(Protocol):
    """What pages ask and write of who works with a child."""

    def refusal_to_allocate(self, child: str) -> Refused | None:
        """Why the person may not decide who works with a child, or None when they may."""

    def may_allocate(self, child: str) -> None:
        """Whether the person may decide who works with a child. May refuse."""

    def allocates(self) -> bool:
        """Whether children are allocated here, and by the person, any at all."""

    def sees_workers(self, child: str) -> bool:
        """Whether the person may look at who works with a child, beside the child's record."""

    def worked_with(self, child: str) -> WorkedWith:
        """Who works with a child today, and every change of worker that was offered."""

    def receivers(self, child: str, team: str | None) -> tuple[Sequence[TeamRef], TeamRef | None, Sequence[Receiver]]:
        """To whom a child may be given: every team, the one looked at, and its workers by name."""

    def before_change(self, child: str) -> BeforeChange:
        """How a child stands before something changes."""

    def allocate(self, child: str, wanted: WantedAllocation) -> None:
        """Write down who works with a child, or offer the child to another worker."""

    def answer_offer(self, child: str, handover_id: str, answer: str, why: str = "") -> None:
        """Accept or refuse an offered child, or withdraw the offer."""

    def take_steps(self, child: str, handover_id: str, steps: Steps) -> None:
        """Write down when a child was told of a change, introduced and offered a goodbye."""

    def end_allocation(self, child: str, entry_id: int, on: date, cause: str) -> None:
        """End that somebody works with a child."""

    def handovers(self) -> Sequence[OfferedChild]:
        """The changes of worker that wait or lack a step."""
