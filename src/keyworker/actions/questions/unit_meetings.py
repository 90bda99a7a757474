"""A group supervision or a unit's meeting: which families the asker may write of, and writing it down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from keyworker.access import NOTHING, Thing, refusal_to_see_route, require, worker_of
from keyworker.actions import unit_meetings
from keyworker.actions.case_supervision import require_unsent
from keyworker.actions.questions.case_supervision import ELSEWHERE, AboutCaseSupervision
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.reading import one_reading
from keyworker.actions.unit_meetings import WantedMeeting
from keyworker.actions.whole import every_child
from keyworker.facts import people
from keyworker.facts.case_supervision import case_supervisions
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import ChildRow, WorkerRef
from keyworker.facts.rows import fetch
from keyworker.facts.siblings import held_apart
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.homes import Kept

_ABOVE = """select supervisor_id from {supervision_line:in_force} l where worker_id = %(me)s
union select supervisor_id from {supervision_deputy:in_force} d where worker_id = %(me)s"""


@dataclass(frozen=True)
class Family:
    """Open children of one family of whom the asker may write a supervision down; each has somebody who leads."""

    children: tuple[ChildRow, ...]

    @property
    def handle(self) -> str:
        """The first child's, by which a form names the family."""
        return self.children[0].handle

    @property
    def workers(self) -> dict[str, WorkerRef]:
        """Whoever leads the work with each child."""
        return {row.child_id: main for row in self.children if (main := row.lead or row.accountable)}


@dataclass(frozen=True)
class ToTalkOver:
    """The families, by the worker and then by name, and whoever may have held the meeting."""

    families: tuple[Family, ...]
    supervisors: tuple[WorkerRef, ...]


class AboutUnitMeetings(AboutCaseSupervision):
    """Supervision of several families at once."""

    def talks_over(self) -> bool:
        """Whether the asker writes such meetings down. It serves the link."""
        with one_reading(self.own):
            is_here = self._is_home_of(Kept.SUPERVISION)
        return is_here and self.asker.worker_id is not None and self.sight(Thing.SUPERVISING) != NOTHING

    def to_talk_over(self) -> ToTalkOver:
        """The families of whom the asker may write a group supervision or a unit's meeting down."""
        me = self._may_talk_over()

        def read() -> ToTalkOver:
            everyone = lens_at(self.own, self._today)
            above = {row[0] for row in fetch(self.own, everyone, _ABOVE, me=me)}
            managers = {self._teams.manager_of.get(team) for team in self.asker.teams} - {None}
            named = people.workers(self.own, everyone, sorted({me, *above, *filter(None, managers)}))
            holding = tuple(sorted(named.values(), key=lambda ref: (ref.name, ref.worker_id)))
            return ToTalkOver(tuple(self._families()), holding)

        return self._read(
            "case supervision",
            read,
            lambda found: {HandleKind.CHILD: [row.handle for one in found.families for row in one.children]},
        )

    def record_meeting_of_unit(self, wanted: WantedMeeting) -> None:
        """Write a group supervision or a unit's meeting down.

        Raises  Refused for whoever had no part in it; NotKnown for a child of whom the asker may not write;
                KeyworkerError; AlreadyRecorded, or SentOtherwise where the same form said something else before.
        """
        found = self.to_talk_over()
        each = wanted.of_each()
        with self._attempt("case supervision"):
            may = {row.child_id: ref.worker_id for one in found.families for row, ref in _led(one)}
            if any(may.get(child_id) != one.worker_id for _, child_id, one in each):
                raise NotKnown("One of the children is not yours to write of.", remedy="Open the page again.")
            if not {wanted.supervisor_id} <= {"", *(ref.worker_id for ref in found.supervisors)}:
                raise NotKnown("This person cannot have held it.", remedy="Open the page again.")
            mine = all(self.asker.worker_id in (one.worker_id, one.supervisor_id) for _, _, one in each)
            if not mine:
                raise Refused(
                    "You were neither of the two for one of the families.", remedy="Ask whoever held it to write it."
                )
        with one_reading(self.own):
            lens = lens_at(self.own, self._today).of([child_id for _, child_id, _ in each])
            held = case_supervisions(self.own, lens)
        for _, child_id, one in each:
            require_unsent(one, [before for before in held if before.child_id == child_id])
        unit_meetings.record(self.own, self.asker, self.now, wanted, london_day(self.now))

    def _may_talk_over(self) -> str:
        with self._attempt("case supervision"):
            require(refusal_to_see_route(self.asker, "case supervision"))
            if not self._is_home_of(Kept.SUPERVISION):
                raise ELSEWHERE
        return worker_of(self.asker, "no supervision is yours to write down")

    def _families(self) -> list[Family]:
        sight = self.sight(Thing.SUPERVISING)
        if sight == NOTHING:
            return []
        # Somebody over many teams holds no unit's meeting of them all: it is of those whose work they supervise.
        rows = [row for row in every_child(self.connection, self._today) if self._is_near(row)]
        covers = [row for row in rows if sight.covers(self._place_of_row(row))]
        seen = self.narrowed(self._today, covers, Thing.SUPERVISING)
        apart = held_apart(self.own, lens_at(self.own, self._today), [row.child_id for row in seen]) if seen else ()
        together: dict[str, list[ChildRow]] = defaultdict(list)
        for row in seen:
            # An adopted child stands alone: nobody is told whose brother or sister they were.
            alone = row.family_id is None or row.child_id in apart
            together[row.child_id if alone else f"family {row.family_id}"].append(row)
        named = [Family(tuple(sorted(one, key=lambda row: (row.name, row.child_id)))) for one in together.values()]
        return sorted(named, key=lambda one: (_first(one), one.children[0].name, one.handle))

    def _is_near(self, row: ChildRow) -> bool:
        """Whether whoever leads the work with a child is the asker, supervised by them, or in a team they manage."""
        main, me = row.lead or row.accountable, self.asker.worker_id
        if main is None:
            return False
        manages = row.team is not None and self._teams.manager_of.get(row.team.team_id) == me
        return main.worker_id == me or main.worker_id in self._supervised or manages


def _led(one: Family) -> list[tuple[ChildRow, WorkerRef]]:
    return [(row, one.workers[row.child_id]) for row in one.children]


def _first(one: Family) -> str:
    return one.workers[one.children[0].child_id].name
