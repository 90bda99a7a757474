"""A few made-up children whom only named people may see, and two records that were opened in an emergency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from keyworker.actions import Keyworker
from keyworker.actions.emergencies import WantedOpening
from keyworker.actions.restrictions import WantedRestriction
from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow

PURPOSE = "demonstration"
DECIDES, LEADS, HOLDS, MANAGES = "director", "head.of.service", "social.worker", "team.manager"
RESTRICTED = (
    ("staff family", "Made up: the father works in this council’s finance team.", (LEADS,)),
    ("high profile", "Made up: the family was in the newspaper in the spring.", (LEADS, HOLDS, MANAGES)),
    ("adoption", "Made up: is to be placed with adopters, who must not be found.", (LEADS, MANAGES)),
)
"""What makes each needed, why, and who is named beside whoever decides it."""
LAST_NIGHT, THIS_MORNING = timedelta(hours=19), timedelta(hours=3)
AT_NIGHT = "Made up: the police rang at night, the child was at the station without an adult."
AT_THE_DOOR = "Made up: a neighbour is at the front desk with the child, and I cannot find a record."
CHECKED = "Made up: rang the police, who confirm the call. The record was read once and closed."


def restrict_some(home: Path | None, now: datetime) -> None:
    """Restrict three children of the head of service's district, and open two of them: one opening is reviewed.

    All of it goes through the same door as a page: who may, what is asked for and what is logged are real.
    """
    with _door(home, DECIDES, now) as decides:
        children = _chosen(home, now)
        for number, (child, (kind, why, named)) in enumerate(zip(children, RESTRICTED, strict=True)):
            decides.restrict(child.handle, WantedRestriction(f"{number:032x}", kind, why, named))
        _open(home, HOLDS, now - LAST_NIGHT, children[0], AT_NIGHT)
        (one,) = (one.opening for one in decides.emergencies() if one.opening.waits)
        decides.review(one.glass_id, "right", CHECKED)
        _open(home, MANAGES, now - THIS_MORNING, children[0], AT_THE_DOOR)


def _chosen(home: Path | None, now: datetime) -> Sequence[ChildRow]:
    """Three children of the district: the second is one whom the social worker of the demonstration leads."""
    today = Moment(london_day(now))
    with _door(home, LEADS, now) as leads, _door(home, HOLDS, now) as holds:
        (district,) = {held.scope for held in leads.asker.roles}
        theirs = sorted(leads.children(today, district=district), key=lambda row: row.child_id)
        mine = sorted(holds.my_children(today).lead, key=lambda row: row.child_id)
    others = [row for row in theirs if row.child_id not in {one.child_id for one in mine}]
    return [*others[:1], *mine[:1], *others[1:2], *mine[1:]][: len(RESTRICTED)]


def _open(home: Path | None, account: str, now: datetime, child: ChildRow, reason: str) -> None:
    number = f"{int(now.timestamp()):032x}"
    with _door(home, account, now) as door:
        door.break_glass(WantedOpening(number, reason, handle=child.handle))


def _door(home: Path | None, account: str, now: datetime) -> Keyworker:
    return Keyworker.open_as(account, purpose=PURPOSE, now=now, home=home)
