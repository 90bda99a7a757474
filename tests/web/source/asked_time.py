"""Made up: what pages ask and write of people who cannot do a duty by its day."""

from __future__ import annotations

from keyworker.access import require
from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.time_asked import WantedAnswer, WantedTime
from keyworker.facts.time_asked import TimeAsked
from keyworker.vocabulary.errors import Refused
from tests.web import made_time
from tests.web.source.made import Made


class AskedTime(Made):
    """What pages ask and write of people who cannot do a duty by its day."""

    def refusal_to_ask_time(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("Time is asked for by whoever works with the child.")

    def may_ask_time(self, child: str) -> None:
        require(self.refusal_to_ask_time(child))

    def ask_time(self, child: str, wanted: WantedTime) -> None:
        self.written.append(wanted)

    def time_asked(self, child: str) -> list[TimeAsked]:
        return [] if self.empty else [made_time.ASKED]

    def time_to_answer(self) -> list[TimeTold]:
        return [] if self.empty else [made_time.LATE, made_time.WAITING]

    def time_of_mine(self) -> list[TimeTold]:
        return [] if self.empty else [made_time.MINE, made_time.ANSWERED]

    def answerable(self, child: str, asked_id: str) -> Answerable:
        return made_time.answerable(asked_id, may_answer=self.may_decide)

    def answer_time(self, child: str, asked_id: str, wanted: WantedAnswer) -> None:
        self.written.append((asked_id, wanted))

    def take_time_back(self, child: str, asked_id: str) -> None:
        self.written.append(asked_id)
