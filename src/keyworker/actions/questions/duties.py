"""Questions about duties: where each stands, what is due, and the rulebook behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from keyworker.access import Place, Scope, Thing, require, who_may, worker_of
from keyworker.access.owed import refusal_of_anothers_worklist
from keyworker.actions.due import SOON, Due, Whose, due_to, seen_in
from keyworker.actions.nothing_recent import NothingRecent, nothing_recent
from keyworker.actions.paces import Pace, ahead_of, pace_of
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.part import Part, Wanted, part_of
from keyworker.actions.questions.seen import Seen, children_of, nobody
from keyworker.actions.rulebook import rules_at
from keyworker.actions.tried import Tried, tried
from keyworker.clocks.counting import Method
from keyworker.clocks.engine import Reading, readings
from keyworker.clocks.understood import with_understood
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.measures.pace import Outlook
from keyworker.vocabulary.errors import KeyworkerError, Refused


class AboutDuties(Opened):
    """Where every duty stands, what is due, and by which rules."""

    def clocks(
        self,
        moment: Moment,
        *,
        child: str | None = None,
        worker: str | None = None,
        rules: Collection[str] | None = None,
    ) -> list[Reading]:
        """Where every duty to a child, or of a worker, stands; by handle, or by identifier for a command."""
        if child is None and worker is None:
            raise KeyworkerError("Whose duties?", where="--child or --worker", remedy="Name a child or a worker.")

        def read() -> tuple[list[Reading], Seen]:
            child_id = None if child is None else self._child_id(child)
            worker_id = None if worker is None else self._worker_id(worker)
            found = readings(
                self.own if worker_id is None else self.connection,
                moment,
                child_ids=[child_id] if child_id else None,
                worker_ids=[worker_id] if worker_id else None,
                rules=rules,
            )
            found = with_understood(
                self.own if worker_id is None else self.connection,
                moment,
                found,
                child_ids=[child_id] if child_id else None,
                worker_ids=[worker_id] if worker_id else None,
            )
            return found, {
                HandleKind.CHILD: self._handle(HandleKind.CHILD, child_id),
                HandleKind.WORKER: self._handle(HandleKind.WORKER, worker_id),
            }

        return self._read("clocks", read, lambda found: found[1])[0]

    def due(
        self,
        moment: Moment,
        *,
        worker: str | None = None,
        team: str | None = None,
        district: str | None = None,
        within: timedelta = SOON,
    ) -> list[Due]:
        """What is overdue or soon due to a worker's, a team's or a district's children, and of its workers.

        On a page where nobody is named: to the asker's own children and to those whom they supervise.
        """
        self._require_places("due", Thing.DUE, of_places=team is not None or district is not None)

        def read() -> list[Due]:
            whose = self._whose(worker, team, district, Thing.DUE)
            return self.due_narrowed(moment, due_to(self.connection, moment, whose, within=within))

        return self._read("due", read, seen_in)

    def due_part(
        self,
        moment: Moment,
        wanted: Wanted,
        *,
        worker: str | None = None,
        team: str | None = None,
        district: str | None = None,
        within: timedelta = SOON,
    ) -> Part[Due]:
        """A part of the same list but for what is due of workers, those children whom it shows logged alone."""
        self._require_places("due", Thing.DUE, of_places=team is not None or district is not None)

        def read() -> Part[Due]:
            whose = self._whose(worker, team, district, Thing.DUE)
            due = list(due_to(self.connection, moment, whose, within=within))
            self._require_district(district, due)
            found = self.due_narrowed(moment, due)
            return part_of([one for one in found if one.worker is None], wanted)

        return self._read("due", read, lambda found: seen_in(found.rows))

    def _whose(self, worker: str | None, team: str | None, district: str | None, thing: Thing) -> Whose:
        """Whose worklist is meant. Of a worker it is told to them and to whoever supervises them: to anybody else it
        would be lateness by worker.
        """
        worker_id = None if worker is None else self._worker_id(worker)
        if worker_id is not None and worker_id != self.asker.worker_id and not self._supervises(worker_id):
            raise refusal_of_anothers_worklist()
        if self.asker.is_on_a_page and not (worker or team or district):
            worker_id = worker_of(
                self.asker,
                "nothing is due to children of its own",
                remedy="Open a team or a district, and see there what is due.",
            )
        return Whose(worker_id, self._team_id(team, thing), district)

    def _supervises(self, worker_id: str) -> bool:
        cells = [who_may()[Thing.DUE].cell(held.role) for held in self.asker.roles]
        is_supervisor = any(cell.scope is Scope.SUPERVISED for cell in cells)
        return is_supervisor and self.may_see_worker(Thing.WORKER, worker_id)

    def ahead(
        self, moment: Moment, *, worker: str | None = None, team: str | None = None, district: str | None = None
    ) -> list[Outlook]:
        """What falls due in ten working days, by rule, and how much of it will pass its day at the service's pace.

        Workers' own duties are counted of those whose figures are the asker's to see, as in the list.
        Raises  Refused for a team or a district that is not the asker's: a count cannot be narrowed as a list is.
        """
        self._require_places("due", Thing.DUE, of_places=team is not None or district is not None)

        def read() -> list[Outlook]:
            require(self._refusal_of_district(Thing.DUE, district))
            whose = self._whose(worker, team, district, Thing.DUE)
            return ahead_of(self.connection, moment, whose, partial(self.workers_narrowed, moment))

        return self._read("due", read, nobody)

    def refusal_to_look_ahead(self, district: str | None) -> Refused | None:
        """Why the asker may not look ahead of a district whose list they have, or None: it serves the link too."""
        return self._refusal_of_district(Thing.DUE, district)

    def nothing_recent(
        self,
        moment: Moment,
        *,
        worker: str | None = None,
        team: str | None = None,
        district: str | None = None,
        whole: bool = False,
    ) -> NothingRecent:
        """Open children with neither a recent record nor recent case supervision; each one shown is logged.

        Takes   whole, whether everybody's are meant; on a page the asker's own are where nobody is named.
        """
        of_places = team is not None or district is not None or whole
        self._require_places("nothing recent", Thing.CHILDREN, of_places=of_places)

        def read() -> NothingRecent:
            whose = Whose() if whole else self._whose(worker, team, district, Thing.CHILDREN)
            sight = self.sight(Thing.CHILDREN)
            found = nothing_recent(self.connection, moment, whose, partial(self.narrowed, moment))
            theirs = (one for one in found.districts if sight.covers(Place(names=frozenset({one}))))
            return replace(found, districts=tuple(theirs))

        return self._read("nothing recent", read, lambda found: children_of(one.child for one in found.children))

    def pace(self, moment: Moment, rule_id: str) -> Pace | None:
        """How near their day the duties of one rule were done in the year before, over the whole service."""
        return self._read("rules", lambda: pace_of(self.connection, moment, rule_id), nobody)

    def rules(self, moment: Moment) -> list[dict[str, Any]]:
        """Every timescale in every edition, the council's own among them, and what the record can say of it."""
        return self._read("rules", lambda: rules_at(self.connection, moment), nobody)

    def tried(self, moment: Moment, rule_id: str, limit: Method) -> list[Tried]:
        """Who would be late if a rule had another limit already; of workers, those whose figures the asker may see."""
        self._require_whole("tried", Thing.CHILDREN)

        def read() -> list[Tried]:
            hidden = self.hidden()
            found = [one for one in tried(self.connection, moment, rule_id, limit) if one.subject not in hidden]
            return [one for one in found if one.kind is not HandleKind.WORKER or self._may_see_tried(one)]

        return self._read(
            "tried",
            read,
            lambda found: {kind: [one.handle for one in found if one.kind is kind] for kind in HandleKind},
        )

    def _may_see_tried(self, one: Tried) -> bool:
        return self.may_see_worker(Thing.WORKER, one.subject)

    def _handle(self, kind: HandleKind, identifier: str | None) -> list[str]:
        return list(handles_of(self.connection, kind, [identifier] if identifier else []).values())
