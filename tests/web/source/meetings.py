"""Made up: what pages ask and write of meetings about children."""

from __future__ import annotations

from dataclasses import replace

from keyworker.access import require
from keyworker.actions.meetings import WantedMeeting
from keyworker.actions.questions.meetings import Meetable, Met
from keyworker.actions.writing import SentOtherwise
from keyworker.vocabulary.errors import Refused
from tests.web import made_meetings
from tests.web.source.made import Made


class Meetings(Made):
    """What pages ask and write of meetings about children."""

    def meetings(self, child: str) -> Met:
        may_write = self.allocates_here and self.may_decide
        found = () if self.empty else made_meetings.MET.meetings
        return replace(made_meetings.MET, meetings=found, is_here=self.allocates_here, may_write=may_write)

    def refusal_to_minute(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("It is written down by whoever works with the child.")

    def may_minute(self, child: str) -> None:
        require(self.refusal_to_minute(child))

    def meetable(self, child: str) -> Meetable:
        self.may_minute(child)
        return made_meetings.NEEDS

    def record_meeting(self, child: str, wanted: WantedMeeting) -> None:
        if self.sent_otherwise:
            raise SentOtherwise("a meeting")
        self.written.append(wanted)

    def withdraw_meeting(self, child: str, meeting_id: str, why: str) -> None:
        self.written.append((meeting_id, why))
