"""The children whom whoever asks chairs: the next conference or review of each, and what moved since the last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from keyworker.access import NOTHING, Thing
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen
from keyworker.actions.whole import of_children
from keyworker.facts.chairing import Chairs, Met, MovedSince, Next, chaired_by, last_met, moved_since, next_due
from keyworker.facts.challenges import Challenge
from keyworker.facts.challenges import challenges as raised
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import ChildRow
from keyworker.facts.plan_actions import PlanAction
from keyworker.facts.plan_actions import plan_actions as actions_under


@dataclass(frozen=True)
class Chaired:
    """One child whom the asker chairs.

    Takes   since, the day after which things moved: of the last conference or review, else the first of chairing;
            workers, how many changes of worker came after it; done and given_up, the plan's actions that ended after
            it; late, its actions past their day; challenges, those that are open.
    """

    row: ChildRow
    chairs: Chairs
    last: Met | None
    next: Next | None
    since: date
    moved: MovedSince
    workers: int = 0
    done: int = 0
    given_up: int = 0
    late: int = 0
    challenges: tuple[Challenge, ...] = ()

    def is_past(self, today: date) -> bool:
        """Whether its next conference or review should have been held by now."""
        return self.next is not None and self.next.on < today


class AboutChairing(Opened):
    """The children whom whoever asks chairs."""

    def children_i_chair(self) -> tuple[Chaired, ...]:
        """The open children whom the asker chairs: those past their day first, then by the day that is next."""

        def seen(found: tuple[Chaired, ...]) -> Seen:
            return {HandleKind.CHILD: [one.row.handle for one in found]}

        return self._read("chairing", self._children_i_chair, seen)

    def _children_i_chair(self) -> tuple[Chaired, ...]:
        chairs = self._chaired()
        rows = of_children(self.connection, self._today, chairs)
        rows = self.narrowed(self._today, rows, Thing.CHAIRING)
        if not rows:
            return ()
        lens = lens_at(self.own, self._today).of([row.child_id for row in rows])
        chairs = {row.child_id: chairs[row.child_id] for row in rows}
        met = last_met(self.own, lens, chairs)
        due = next_due(self.own, lens, chairs, met)
        since = {child: met[child].on if child in met else one.since_on for child, one in chairs.items()}
        moved = moved_since(self.own, lens, since)
        actions, challenges = defaultdict(list), defaultdict(list)
        for action in actions_under(self.own, lens):
            actions[lens.root(action.child_id)].append(action)
        for one in raised(self.own, lens, only_open=True):
            challenges[lens.root(one.child_id)].append(one)
        found = [
            Chaired(
                row, chairs[row.child_id], met.get(row.child_id), due.get(row.child_id), since[row.child_id],
                moved[row.child_id], _changes(row, since[row.child_id]),
                *_of_plan(actions[row.child_id], since[row.child_id], self._today.at), tuple(challenges[row.child_id]),
            )
            for row in rows
        ]  # fmt: skip
        return tuple(sorted(found, key=_order))

    def _chaired(self) -> dict[str, Chairs]:
        if self.sight(Thing.CHAIRING) == NOTHING:
            return {}
        return chaired_by(self.own, lens_at(self.own, self._today), self.asker.account, self.asker.worker_id)

    def _chaired_past(self) -> int:
        """How many children whom the asker chairs are past the day of their next conference or review."""
        return sum(one.is_past(self._today.at) for one in self._children_i_chair())


def _changes(row: ChildRow, since: date) -> int:
    """How often another worker came to hold a child after a day. Whoever was the first of all changed nothing."""
    return sum(held.from_on > since for held in row.holds[1:])


def _of_plan(actions: list[PlanAction], since: date, today: date) -> tuple[int, int, int]:
    """Of a plan's actions those done and given up after a day, and those past their own."""
    ended = [one for one in actions if one.ended_on is not None and one.ended_on > since]
    done = sum(bool(one.done) for one in ended)
    return done, len(ended) - done, sum(one.is_late_on(today) for one in actions)


def _order(one: Chaired) -> tuple[bool, date, str]:
    return (one.next is None, one.next.on if one.next else one.since, one.row.name)
