"""A few made-up notes of personal supervision, for the demonstration: one that is agreed with, and one that is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from keyworker.actions import Keyworker
from keyworker.actions.supervision_notes import WantedNote
from keyworker.facts.days import london_day

PURPOSE = "demonstration"
HOLDS, SUPERVISED = "team.manager", "social.worker"
NOTES = (
    (35, "Made up: we talked about two afternoons a week without visits, to write up. To be tried for a month."),
    (7, "Made up: the afternoons were kept in three weeks of four. One more child is too many at present."),
)
"""How many days ago each was held, and what was said. They are about no child, as the page asks."""
NOT_AGREED = "Made up: it was two weeks of four. On the duty days nothing could be written up."


def note_some(home: Path | None, now: datetime) -> None:
    """Have the manager write two notes of the social worker's supervision, and the worker answer both.

    All of it goes through the same door as a page: nothing is written where the two are in no supervision.
    """
    with Keyworker.open_as(SUPERVISED, purpose=PURPOSE, now=now, home=home) as door:
        mine = door.asker.worker_id
    with Keyworker.open_as(HOLDS, purpose=PURPOSE, now=now, home=home) as door:
        if mine is None or door.asker.worker_id is None:
            return  # a small county may have nobody in such a post
        pairs = [one for one in door.supervision_notes().pairs if one.is_now]
        if (mine, door.asker.worker_id) not in {(one.worker.worker_id, one.supervisor.worker_id) for one in pairs}:
            return
        for number, (days, said) in enumerate(NOTES, start=1):
            held_on = london_day(now) - timedelta(days=days)
            door.write_supervision_note(
                WantedNote(f"{number:032x}", str(mine), str(door.asker.worker_id), held_on, said)
            )
    with Keyworker.open_as(SUPERVISED, purpose=PURPOSE, now=now, home=home) as door:
        door.answer_supervision_note(f"{1:032x}", agreed=True, answer="")
        door.answer_supervision_note(f"{2:032x}", agreed=False, answer=NOT_AGREED)
