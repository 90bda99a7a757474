"""What stands of a worker in the tables that take forms, as far as the asker is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from keyworker.access import NOTHING, Thing, refusal_to_keep_staff, require
from keyworker.actions import staff_by_hand
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.facts import people
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.staff_entries import staff_entries, stated_number
from keyworker.record.writer import Amendment
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.homes import Kept
from keyworker.vocabulary.staff_forms import staff_forms

ROUTES = {Thing.KEEPING_STAFF: "keeping staff", Thing.RECORDING_LEARNING: "recording learning"}
LEARNING = ("training_need", "training_session")
OBSERVED = "practice_observation"
OF_LEARNING = (*LEARNING, OBSERVED)
"""What is seen of a worker by whoever sees what they learn."""
DEPUTY = "supervision_deputy"
NAMES_SOMEBODY = {DEPUTY: ("supervisor_id", "deputy"), OBSERVED: ("observer_id", "observer")}
"""The tables whose entries name somebody else, by which column, and as what the page tells who it is."""
OF_FIGURES = ("appointment", "absence", "registration", "step", "disclosure_check", DEPUTY)
"""What is seen of a worker by whoever sees their work, or keeps staff."""
_ELSEWHERE = Refused(
    "This is kept in the workforce system, and read from its files here.",
    remedy="Write it down there. It is shown here with the next files.",
)


class StaffStanding(Opened):
    """What every question about a worker's entries asks first: whose they are, what stands, which forms are open."""

    def refusal_to_record_staff(self, form: Form) -> Refused | None:
        """Why the asker may not fill a form in about a worker, or None when they may. It serves the link too."""
        with one_reading(self.own):
            return self._refusal_of_staff(form)

    def may_record_staff(self, form: Form) -> None:
        """Ask leave to fill a form in about a worker. May refuse; that it was not given is logged."""
        with self._attempt(ROUTES[Thing(form.thing)]):
            require(self.refusal_to_record_staff(form))

    @property
    def _far(self) -> Lens:
        """What begins or ends on a day to come is written down beforehand."""
        return lens_at(self.own, Moment(FAR))

    def _staff_id(self, named: str) -> str:
        """A worker of whom the asker sees any of what is recorded. Raises NotKnown of any other."""
        found = self._found(HandleKind.WORKER, named)
        things = (Thing.KEEPING_STAFF, Thing.RECORDING_LEARNING, Thing.WORKER)
        may = [thing for thing in things if self.sight(thing) != NOTHING and self.may_see_worker(thing, found)]
        return known(found if may else None, HandleKind.WORKER)

    def _standing_of(self, worker_id: str) -> list[HandEntry]:
        """What stands of a worker in the tables that the asker may see of them."""
        things = (Thing.KEEPING_STAFF, Thing.WORKER)
        tables = OF_FIGURES if any(self.may_see_worker(thing, worker_id) for thing in things) else ()
        learns = any(self.may_see_worker(thing, worker_id) for thing in (Thing.RECORDING_LEARNING, Thing.LEARNING))
        own = [one for one in (*tables, *(OF_LEARNING if learns else ())) if one != "absence"]
        found = staff_entries(self.own, self._far, worker_id, own)
        if "absence" not in tables:
            return found
        # A row of it says why: the database shows it to whoever keeps staff alone. Others are told of it less the why.
        keeps = self.sight(Thing.KEEPING_STAFF) != NOTHING
        away = staff_entries(self.own if keeps else self.connection, self._far, worker_id, ("absence",))
        return sorted([*found, *away], key=lambda one: (one.on or date.min, one.entry_id), reverse=True)

    def _entry_as_told(self, row: HandEntry, *, is_own: bool) -> HandEntry | None:
        """An entry as the asker is told it; None where they are not.

        An absence is told until when, and nobody but the worker and whoever keeps staff is told of one that has ended,
        nor how many days it took. What kind of absence it is stays with whoever keeps staff.
        """
        if row.table != "absence" or self.sight(Thing.KEEPING_STAFF) != NOTHING:
            return row
        if is_own:
            return replace(row, values={**row.values, "reason_class": None})
        if row.until is not None and row.until <= self._today.at:
            return None
        return replace(row, values={**row.values, "reason_class": None, "working_days_lost": None})

    def _with_named(self, rows: list[HandEntry]) -> list[HandEntry]:
        """The rows, of which those that name somebody else say who it is."""
        whom = {
            row.entry_id: str(row.values[NAMES_SOMEBODY[row.table][0]]) for row in rows if row.table in NAMES_SOMEBODY
        }
        if not whom:
            return rows
        refs = people.workers(self.connection, self._far, set(whom.values()))
        return [
            replace(row, values={**row.values, NAMES_SOMEBODY[row.table][1]: refs[whom[row.entry_id]].name})
            if row.entry_id in whom and row.table in NAMES_SOMEBODY
            else row
            for row in rows
        ]

    def _open_staff_forms(self) -> tuple[Form, ...]:
        return tuple(one for one in staff_forms().values() if self._refusal_of_staff(one) is None)

    def _refusal_of_staff(self, form: Form) -> Refused | None:
        is_here = self._is_home_of(Kept.WORKFORCE)
        return refusal_to_keep_staff(self.asker, Thing(form.thing)) if is_here else _ELSEWHERE

    def _appointed_now(self, lens: Lens) -> dict[str, tuple[str | None, str | None]]:
        """Whoever is in a post or covers outside one, by worker: their title and the name of their team."""
        rows = people.appointed_now(self.connection, lens)
        refs = {team: self._teams.ref(team) for _, _, team in rows if team}
        return {one: (title, ref.name if (ref := refs.get(team or "")) else None) for one, title, team in rows}

    def _numbered(self, worker_id: str, said: Mapping[str, Any]) -> list[Amendment]:
        return staff_by_hand.numbered(said, stated_number(self.own, self._far, worker_id))
