"""Whose conferences the made-up chair chairs: some children of the made-up social worker, for the demonstration."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.questions.naming import NotKnown
from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment
from keyworker.vocabulary.forms import forms

PURPOSE = "demonstration"
HOLDS, CHAIRS = "social.worker", "conference.chair"
STATUS = {"cp": "conferences", "looked after": "reviews"}
"""What is chaired of a child, by why the service is involved."""
SINCE = timedelta(days=182)


def chair_some(home: Path | None, now: datetime) -> None:
    """Let the chair say that they chair the children whom the social worker leads under a plan or in care.

    It goes through the same door as the form.
    """
    with Keyworker.open_as(HOLDS, purpose=PURPOSE, now=now, home=home) as door:
        mine = door.my_children(Moment(london_day(now))).lead
        named = [(row.handle, {STATUS[one.kind] for one in row.statuses if one.kind in STATUS}) for row in mine]
    with Keyworker.open_as(CHAIRS, purpose=PURPOSE, now=now, home=home) as door:
        for number, (handle, chaired) in enumerate(named, 1):
            for place, what in enumerate(sorted(chaired)):
                said = {"what": what, "from_on": (london_day(now) - SINCE).isoformat()}
                with suppress(NotKnown):  # a restricted child, for whom the chair is not named
                    door.record_entry(handle, WantedEntry(f"{number * 2 + place:032x}", forms()["chairing"], said))
