"""Made up: what pages ask and write of duties: what is due, agreed otherwise, asked for and ahead."""

from __future__ import annotations

from typing import Any

from keyworker.access import require
from keyworker.actions.due import Due
from keyworker.actions.exceptions import Wanted
from keyworker.actions.paces import Pace
from keyworker.actions.rulebook import rule_rows
from keyworker.clocks.due import Local
from keyworker.clocks.engine import Ground, every_rule
from keyworker.clocks.granted import Granted
from keyworker.clocks.held import Held
from keyworker.facts.moment import Moment
from keyworker.measures.pace import Outlook
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import Refused
from tests.web import made_duties
from tests.web.source.made import Made


class Duties(Made):
    """What pages ask and write of duties: what is due, agreed otherwise, asked for and ahead."""

    def exceptions(self, moment: Moment, child: str) -> list[Granted]:
        return [] if self.empty else made_duties.exceptions()

    def refusal_to_agree(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("An exception from a timescale is agreed by a manager.")

    def may_agree(self, child: str) -> None:
        require(self.refusal_to_agree(child))

    def agree(self, child: str, wanted: Wanted) -> None:
        self.written.append(wanted)

    def withdraw(self, child: str, exception_id: str, why: str) -> None:
        self.written.append((exception_id, why))

    def refusal_to_look_ahead(self, district: str | None) -> Refused | None:
        return None

    def ahead(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> list[Outlook]:
        return [] if self.empty else made_duties.ahead()

    def pace(self, moment: Moment, rule_id: str) -> Pace | None:
        return None if self.empty else made_duties.pace(rule_id)

    def due(self, moment: Moment, *, team: str | None = None, district: str | None = None) -> list[Due]:
        self.calls.append((f"due to {district or team or 'mine'}", moment))
        return [] if self.empty else made_duties.dues()

    def rules(self, moment: Moment) -> list[dict[str, Any]]:
        return rule_rows(Ground(every_rule(), Local(), Held(TABLES, ["core group"])), moment.at)
