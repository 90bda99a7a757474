"""What pages ask and write of duties: what is due, agreed otherwise, asked for and ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from keyworker.actions.due import Due
from keyworker.actions.exceptions import Wanted
from keyworker.actions.paces import Pace
from keyworker.clocks.granted import Granted
from keyworker.facts.moment import Moment
from keyworker.measures.pace import Outlook
from keyworker.vocabulary.errors import Refused


class Duties(Protocol):
    """What pages ask and write of duties: what is due, agreed otherwise, asked for and ahead."""

    def due(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> Sequence[Due]:
        """What is overdue or soon due; to the person's own children where neither is named."""

    def exceptions(self, moment: Moment, child: str) -> Sequence[Granted]:
        """The exceptions that were agreed for a child, also those that were withdrawn."""

    def refusal_to_agree(self, child: str) -> Refused | None:
        """Why the person may not agree an exception for a child, or None when they may."""

    def may_agree(self, child: str) -> None:
        """Whether the person may agree or withdraw an exception for a child. May refuse."""

    def agree(self, child: str, wanted: Wanted) -> None:
        """Agree an exception from one open duty to a child."""

    def withdraw(self, child: str, exception_id: str, why: str) -> None:
        """Withdraw an exception that was agreed by hand."""

    def ahead(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> Sequence[Outlook]:
        """What falls due in ten working days, and how much of it will pass its day at this pace."""

    def refusal_to_look_ahead(self, district: str | None) -> Refused | None:
        """Why the person may not look ahead of a district whose list they have, or None when they may."""

    def pace(self, moment: Moment, rule_id: str) -> Pace | None:
        """How near their day the duties of one timescale were done; None where none fell due."""

    def rules(self, moment: Moment) -> Sequence[Mapping[str, Any]]:
        """Every timescale in every edition, as flat rows."""
