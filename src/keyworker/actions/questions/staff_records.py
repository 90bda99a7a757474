"""What is recorded by hand of a worker: posts, absence, registration, learning; writing it down and correcting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType, SimpleNamespace
from typing import Any, NoReturn

from keyworker.access import NOTHING, Thing, refusal_to_keep_staff, require, worker_of
from keyworker.actions import new_workers, staff_by_hand, staff_correcting
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.questions.naming import NotKnown, known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.actions.stories import posts_of
from keyworker.actions.writing import SentOtherwise, require_same
from keyworker.facts import people
from keyworker.facts.by_hand import HandEntry, row_number
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.kept_posts import kept_post
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.staff_entries import (
    StaffChange,
    every_worker,
    is_worker_known,
    staff_changes,
    staff_entries,
    stated_number,
)
from keyworker.record.writer import AlreadyRecorded, Amendment, NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.homes import Kept
from keyworker.vocabulary.staff_forms import form_of_row, staff_forms

ROUTES = {Thing.KEEPING_STAFF: "keeping staff", Thing.RECORDING_LEARNING: "recording learning"}
DEPUTY = "supervision_deputy"
LEARNING = ("training_need", "training_session")
OBSERVED = "practice_observation"
OF_LEARNING = (*LEARNING, OBSERVED)
"""What is seen of a worker by whoever sees what they learn."""
NAMES_SOMEBODY = {DEPUTY: ("supervisor_id", "deputy"), OBSERVED: ("observer_id", "observer")}
"""The tables whose entries name somebody else, by which column, and as what the page tells who it is."""
OF_FIGURES = ("appointment", "absence", "registration", "step", "disclosure_check", "supervision_deputy")
_PEOPLE = {column for column, _ in NAMES_SOMEBODY.values()}
_ELSEWHERE = Refused(
    "This is kept in the workforce system, and read from its files here.",
    remedy="Write it down there. It is shown here with the next files.",
)

_NAMES_THEMSELVES = Refused(
    "Nobody names themselves as a deputy: a deputy sees what a supervisor of the worker sees.",
    where="a deputy",
    remedy="Somebody else who keeps staff names you, if you are to stand in.",
)


@dataclass(frozen=True)
class StaffTold:
    """What stands of a worker in the tables that take forms.

    Takes   forms, those that the asker may fill in; is_own, whether whoever looks is the worker; sees_numbers, whether
            the number in a register is shown; changes, what was corrected here and why; is_here, whether it is written
            down here, and not in the workforce system.
    """

    worker: WorkerRef
    entries: tuple[HandEntry, ...]
    changes: tuple[StaffChange, ...]
    forms: tuple[Form, ...]
    is_own: bool
    sees_numbers: bool
    is_here: bool = True


@dataclass(frozen=True)
class StaffRow:
    """One worker in the list of staff. Takes title, of the post in which they are; None where they are in none."""

    worker: WorkerRef
    title: str | None
    team: str | None
    is_in_post: bool


@dataclass(frozen=True)
class LearningRow:
    """One need, or one offer, of a worker."""

    worker: WorkerRef
    entry: HandEntry


class AboutStaffRecords(Opened):
    """What is recorded by hand of a worker."""

    def refusal_to_record_staff(self, form: Form) -> Refused | None:
        """Why the asker may not fill a form in about a worker, or None when they may. It serves the link too."""
        with one_reading(self.own):
            return self._refusal_of_staff(form)

    def may_record_staff(self, form: Form) -> None:
        """Ask leave to fill a form in about a worker. May refuse; that it was not given is logged."""
        with self._attempt(ROUTES[Thing(form.thing)]):
            require(self.refusal_to_record_staff(form))

    def keeps_staff(self) -> bool:
        """Whether the asker writes down who begins."""
        return self.refusal_to_record_staff(staff_forms()["start"]) is None

    def staff(self) -> list[StaffRow]:
        """Everybody whom the record knows as a worker, by name: for whoever writes down of them."""
        learning = self.sight(Thing.KEEPING_STAFF) == NOTHING
        route = ROUTES[Thing.RECORDING_LEARNING if learning else Thing.KEEPING_STAFF]

        def read() -> list[StaffRow]:
            lens = lens_at(self.connection, self._today)
            refs = people.workers(self.connection, lens, every_worker(self.connection, lens))
            now = self._appointed_now(lens)
            rows = [
                StaffRow(ref, now.get(one, (ref.job_title, None))[0], now.get(one, (None, None))[1], one in now)
                for one, ref in refs.items()
            ]
            return sorted(rows, key=lambda row: (not row.is_in_post, row.worker.name, row.worker.worker_id))

        return self._read(route, read, lambda rows: {HandleKind.WORKER: [row.worker.handle for row in rows]})

    def staff_record(self, named: str | None) -> StaffTold:
        """What stands of one worker; of the asker where none is named.

        Raises  NotKnown of one of whom the asker may see nothing of it.
        """
        mine = worker_of(self.asker, "nothing is kept of you as a worker") if named is None else ""
        keeps, learns = self.sight(Thing.KEEPING_STAFF), self.sight(Thing.RECORDING_LEARNING)
        writes = Thing.KEEPING_STAFF if keeps != NOTHING else Thing.RECORDING_LEARNING if learns != NOTHING else None
        if writes is None:
            self._require_places("worker", Thing.WORKER, of_places=False)

        def read() -> StaffTold:
            worker_id = mine if named is None else self._staff_id(named)
            ref = people.workers(self.connection, self._far, [worker_id])[worker_id]
            is_own = worker_id == self.asker.worker_id
            sees = is_own or self.sight(Thing.KEEPING_STAFF) != NOTHING
            told = (self._entry_as_told(row, is_own=is_own) for row in self._standing_of(worker_id))
            found = self._with_named([row for row in told if row])
            tables = {row.table for row in found} - {"absence"}
            # Why an absence was corrected may say why somebody is away. The worker is told of it, nobody above them.
            by = self.connection if is_own else self.own
            changes = [one for one in staff_changes(by, self._far, worker_id) if one.in_table in tables or sees]
            is_here = self._is_home_of(Kept.WORKFORCE)
            forms = self._open_staff_forms()
            return StaffTold(ref, tuple(found), tuple(changes), forms, is_own, sees, is_here)

        return self._read(
            ROUTES[writes] if writes else "worker", read, lambda told: {HandleKind.WORKER: [told.worker.handle]}
        )

    def learning(self) -> list[LearningRow]:
        """What each worker in sight is to learn, was offered and attended, by name. No child is in it."""

        def read() -> list[LearningRow]:
            found = staff_entries(self.own, lens_at(self.own, Moment(FAR)), None, LEARNING)
            refs = people.workers(self.own, self._far, {str(one.values["worker_id"]) for one in found})
            rows = [LearningRow(refs[str(one.values["worker_id"])], one) for one in found]
            seen = {one: self.may_see_worker(Thing.LEARNING, one) for one in refs}
            kept = [row for row in rows if seen[row.worker.worker_id]]
            return sorted(kept, key=lambda row: (row.worker.name, row.worker.worker_id))

        return self._read("learning", read, lambda rows: {HandleKind.WORKER: [row.worker.handle for row in rows]})

    def staff_form(self, form: Form) -> Form:
        """A form with the posts and the teams of today among its answers, by handle on a page, else by number."""
        self.may_record_staff(form)
        wanted = {ask.column.name for ask in form.asks}
        offered: dict[str, Mapping[str, str]] = {}
        with one_reading(self.own):
            if "post_id" in wanted:
                rows = [row for row in posts_of(self.connection, self._today) if row.vacant > 0]
                offered["post_id"] = {
                    self._shown_as(row.post.handle, row.post.post_id): _post_words(
                        row.post.title, row.post.post_id, row
                    )
                    for row in rows
                }
            for name in wanted & _PEOPLE:
                now = self._appointed_now(lens_at(self.connection, self._today))
                refs = people.workers(self.connection, self._far, now)
                offered[name] = {
                    self._shown_as(one.handle, one.worker_id): ", ".join(filter(None, (one.name, *now[one.worker_id])))
                    for one in sorted(refs.values(), key=lambda one: (one.name, one.worker_id))
                }
            if "team_id" in wanted:
                teams = sorted(self._teams, key=lambda one: (one.district, one.name))
                offered["team_id"] = {
                    self._shown_as(one.handle, one.team_id): f"{one.name}, {one.district}"
                    for one in teams
                    if one.handle
                }
        asks = tuple(
            replace(ask, choices=MappingProxyType(dict(offered[ask.column.name])))
            if ask.column.name in offered
            else ask
            for ask in form.asks
        )
        return replace(form, asks=asks)

    def write_worker(self, wanted: WantedWorker) -> str:
        """Write a worker down whom the record does not know. Gives their handle. A form sent twice writes once.

        Raises  Refused; SentOtherwise; KeyworkerError for what says too little.
        """
        self.may_record_staff(staff_forms()["start"])
        if wrong := new_workers.problems(wanted, is_known=False):
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a worker", remedy="Mend it and try again.")
        if is_worker_known(self.own, wanted.worker_id):
            with one_reading(self.own):
                stands = people.workers(self.own, self._far, [wanted.worker_id])[wanted.worker_id]
            if (stands.name, stands.job_title) != (wanted.name.strip(), wanted.job_title.strip()):
                raise SentOtherwise("a worker")
        else:
            new_workers.write(self.own, self.asker, self.now, wanted)
        return handles_of(self.own, HandleKind.WORKER, [wanted.worker_id])[wanted.worker_id]

    def record_staff(self, named: str, wanted: WantedEntry) -> None:
        """Write an entry of a worker down.

        Raises  Refused; KeyworkerError for what is not whole; AlreadyRecorded when the same form was sent before,
                SentOtherwise when it then said something else; NotCurrent.
        """
        self.may_record_staff(wanted.form)
        with one_reading(self.own):
            worker_id = self._staff_id(named)
            standing = self._standing_of(worker_id)
            named_well = replace(wanted, said=self._by_number(wanted.said))
            if any(named_well.said.get(name) == worker_id for name in _PEOPLE):
                raise KeyworkerError(
                    "Nobody supervises or observes themselves.",
                    where=wanted.form.title,
                    remedy="Choose somebody else.",
                )
            if wanted.form.table.name == DEPUTY and named_well.said.get("supervisor_id") == self.asker.worker_id:
                # A deputy sees the worker's children: whoever keeps staff could open them to themselves.
                raise _NAMES_THEMSELVES
            fill = self._fill(named_well)
            self._require_unsent(worker_id, named_well, standing, fill)
            row = staff_by_hand.row_of(worker_id, named_well, None, fill)
            also = self._numbered(worker_id, row) if wanted.form.kind == "registration" else []
        filled = replace(wanted, form=self.staff_form(wanted.form))
        if wrong := staff_by_hand.problems(filled, standing, self._today.at):
            raise KeyworkerError(
                f"{next(iter(wrong.values()))}.", where=wanted.form.title, remedy="Mend it, try again."
            )
        staff_by_hand.write(self.own, self.asker, self.now, worker_id, named_well, standing, fill, self._today.at, also)

    def staff_entry(self, named: str, table: str, entry_id: int) -> HandEntry:
        """An entry of a worker that the asker may correct, as it stands, by any entry that its row ever had.

        Raises  Refused; NotKnown where none stands.
        """
        told = self.staff_record(named)
        with one_reading(self.own):
            number = row_number(self.own, table, entry_id) if table in (*OF_FIGURES, *OF_LEARNING) else None
        one = next((row for row in told.entries if (row.table, row.number) == (table, number)), None)
        if one is None:
            raise NotKnown("No such entry stands.", remedy="Open the worker’s page again.")
        form = known(form_of_row(one.table, one.values), HandleKind.WORKER)
        self.may_record_staff(form)
        return one

    def change_staff_entry(
        self, named: str, table: str, entry_id: int, wanted: Correction | None, number: str, why: str
    ) -> None:
        """Correct an entry of a worker for a reason, or withdraw it. Sent twice, it changes once.

        Raises  Refused; NotCurrent where it was changed since; KeyworkerError.
        """
        if any(one.change_id == number for one in self.staff_record(named).changes):
            return
        entry = self.staff_entry(named, table, entry_id)
        if entry.entry_id != entry_id:
            raise NotCurrent("This entry was changed since you opened it.", remedy="Open it again.")
        standing = self.staff_record(named).entries
        if wanted is None and (wrong := staff_correcting.wrong_withdrawal(entry, why, standing)):
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a correction", remedy="Mend it, try again.")
        also: list[Amendment] = []
        if wanted is not None and table == "registration":
            with one_reading(self.own):
                says = {**entry.values, **staff_correcting.changes_of(entry, wanted)}
                also = self._numbered(entry.values["worker_id"], says)
        staff_correcting.change(self.own, self.asker, self.now, entry, wanted, (number, why), self._today.at, also)

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

    def _shown_as(self, handle: str, number: str) -> str:
        return handle if self.asker.is_on_a_page else number

    def _by_number(self, said: Mapping[str, str]) -> dict[str, str]:
        """The answers, with posts and teams by their numbers. One that nobody knows is refused as no answer."""
        kinds = {"post_id": HandleKind.POST, "team_id": HandleKind.TEAM} | dict.fromkeys(_PEOPLE, HandleKind.WORKER)
        found = dict(said)
        for name, kind in kinds.items():
            if said.get(name):
                found[name] = self._found(kind, said[name]) or ""
        return found

    def _fill(self, wanted: WantedEntry) -> dict[str, Any]:
        """What a post says where the form that begins in it leaves an answer empty."""
        post = wanted.said.get("post_id") if wanted.form.kind == "start" else None
        kept = kept_post(self.own, self._far, post) if post else None
        if kept is None:
            return {}
        stands = kept.standing
        return {"job_title": stands.title, "role_class": stands.role_class, "team_id": stands.team_id}

    def _numbered(self, worker_id: str, said: Mapping[str, Any]) -> list[Amendment]:
        return staff_by_hand.numbered(said, stated_number(self.own, self._far, worker_id))

    def _require_unsent(
        self, worker_id: str, wanted: WantedEntry, standing: list[HandEntry], fill: Mapping[str, Any]
    ) -> None:
        """Stop where the same form was sent before. Raises AlreadyRecorded, SentOtherwise, NotCurrent."""
        one = wanted.form
        if not one.ends:
            sent = next((row for row in standing if (row.table, row.number) == (one.table.name, wanted.number)), None)
            if sent is not None:
                whole = next((row for row in standing if row.entry_id == wanted.of), None)
                said = staff_by_hand.row_of(worker_id, wanted, whole, fill)
                require_same(SimpleNamespace(**sent.values), said, one.title)
                _already(one)
            return
        if wanted.of is None or any(row.entry_id == wanted.of for row in standing):
            return
        number = row_number(self.own, one.table.name, wanted.of)
        sent = next((row for row in standing if (row.table, row.number) == (one.table.name, number)), None)
        if sent is not None:
            said = staff_by_hand.changes_of(wanted, sent)
            if all(sent.values[name] == value for name, value in said.items()):
                _already(one)
            raise NotCurrent("This was changed since you opened it.", where=one.title, remedy="Open the form again.")

    def _appointed_now(self, lens: Lens) -> dict[str, tuple[str | None, str | None]]:
        rows = people.appointed_now(self.connection, lens)
        refs = {team: self._teams.ref(team) for _, _, team in rows if team}
        return {one: (title, ref.name if (ref := refs.get(team or "")) else None) for one, title, team in rows}


def _already(one: Form) -> NoReturn:
    raise AlreadyRecorded("An entry for this is recorded already.", where=one.title, remedy="Correct that one.")


def _post_words(title: str, post_id: str, row: Any) -> str:
    team = f", {row.team.name}" if row.team else ""
    return f"{title}, {post_id}{team}"
