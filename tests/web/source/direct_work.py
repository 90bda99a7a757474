"""Made up: what pages ask and write of direct work with a child."""

from __future__ import annotations

from datetime import date

from keyworker.access import require
from keyworker.actions.direct_work import WantedWork
from keyworker.actions.questions.direct_work import Lacking, OpenedWork
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.direct_work import DirectWork
from keyworker.facts.visit_notes import VisitNote
from keyworker.intake.attached import cleaned
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.web import made_direct_work
from tests.web.made_visits import NOTE
from tests.web.source.made import Made


class DirectWorkAsked(Made):
    """What pages ask and write of direct work with a child."""

    def refusal_to_attach(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("Direct work is attached by those who work with the child.")

    def may_attach(self, child: str) -> None:
        require(self.refusal_to_attach(child))

    def direct_work(self, child: str) -> list[DirectWork]:
        return [] if self.empty else made_direct_work.WORK

    def visit_of_work(self, child: str, visit_id: str) -> VisitNote:
        if visit_id != NOTE.visit_id:
            raise KeyworkerError("No such visit was recorded here.")
        return NOTE

    def attach(self, child: str, visit_id: str, wanted: WantedWork) -> None:
        if wanted.content is not None:
            cleaned(wanted.content)
        if self.sent_otherwise:
            raise SentOtherwise("direct work")
        self.written.append((visit_id, wanted))

    def open_work(self, child: str, work_id: str) -> OpenedWork:
        return OpenedWork("image/png", made_direct_work.picture(), child)

    def agree_work(self, child: str, work_id: str, agreement: str, on: date | None) -> None:
        self.written.append((work_id, agreement, on))

    def nothing_attached(self) -> list[Lacking]:
        return [] if self.empty else [made_direct_work.LACKING]
