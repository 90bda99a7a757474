"""What pages ask and write of direct work with a child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from keyworker.actions.direct_work import WantedWork
from keyworker.actions.questions.direct_work import Lacking, OpenedWork
from keyworker.facts.direct_work import DirectWork
from keyworker.facts.visit_notes import VisitNote
from keyworker.vocabulary.errors import Refused


class DirectWorkAsked(Protocol):
    """What pages ask and write of direct work with a child."""

    def refusal_to_attach(self, child: str) -> Refused | None:
        """Why the person may neither see nor attach direct work with a child, or None when they may."""

    def may_attach(self, child: str) -> None:
        """Whether the person may attach direct work with a child. May refuse."""

    def direct_work(self, child: str) -> Sequence[DirectWork]:
        """The direct work with a child that was written down, the latest first."""

    def visit_of_work(self, child: str, visit_id: str) -> VisitNote:
        """The visit at which direct work was done."""

    def attach(self, child: str, visit_id: str, wanted: WantedWork) -> None:
        """Write direct work at a visit down, with what is attached."""

    def open_work(self, child: str, work_id: str) -> OpenedWork:
        """What is attached, where the child agrees that the person opens it."""

    def agree_work(self, child: str, work_id: str, agreement: str, on: date | None) -> None:
        """Write down what the child now agrees to."""

    def nothing_attached(self) -> Sequence[Lacking]:
        """The visits of late at which something is mentioned and nothing is attached."""
