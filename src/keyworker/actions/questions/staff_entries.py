"""Writing an entry of a worker down with a form: who begins, a post, an absence, learning, a deputy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace
from typing import Any, NoReturn

from keyworker.actions import new_workers, staff_by_hand
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.questions.staff_standing import DEPUTY, NAMES_SOMEBODY, StaffStanding
from keyworker.actions.reading import one_reading
from keyworker.actions.stories import posts_of
from keyworker.actions.writing import SentOtherwise, require_same
from keyworker.facts import people
from keyworker.facts.by_hand import HandEntry, row_number
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.kept_posts import kept_post
from keyworker.facts.staff_entries import is_worker_known
from keyworker.facts.stories import PostRow
from keyworker.record.writer import AlreadyRecorded, NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.forms import Ask, Form
from keyworker.vocabulary.staff_forms import staff_forms

_PEOPLE = {column for column, _ in NAMES_SOMEBODY.values()}
_NAMES_THEMSELVES = Refused(
    "Nobody names themselves as a deputy: a deputy sees what a supervisor of the worker sees.",
    where="a deputy",
    remedy="Somebody else who keeps staff names you, if you are to stand in.",
)


class AboutStaffEntries(StaffStanding):
    """What is written down of a worker, each with its form."""

    def staff_form(self, form: Form) -> Form:
        """A form with the posts and the teams of today among its answers, by handle on a page, else by number."""
        self.may_record_staff(form)
        with one_reading(self.own):
            asks = tuple(replace(ask, choices=MappingProxyType(self._offered(ask))) for ask in form.asks)
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
            self._require_somebody_else(worker_id, named_well)
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

    def _offered(self, ask: Ask) -> dict[str, str]:
        """The answers to a question: of one that asks for a post, a team or somebody at work, those of today."""
        if ask.column.name == "post_id":
            rows = [row for row in posts_of(self.connection, self._today) if row.vacant > 0]
            return {self._shown_as(row.post.handle, row.post.post_id): _post_words(row) for row in rows}
        if ask.column.name == "team_id":
            teams = sorted(self._teams, key=lambda one: (one.district, one.name))
            named = [one for one in teams if one.handle]
            return {self._shown_as(one.handle, one.team_id): f"{one.name}, {one.district}" for one in named}
        return self._somebody_at_work() if ask.column.name in _PEOPLE else dict(ask.choices)

    def _somebody_at_work(self) -> dict[str, str]:
        now = self._appointed_now(lens_at(self.connection, self._today))
        refs = people.workers(self.connection, self._far, now)
        return {
            self._shown_as(one.handle, one.worker_id): ", ".join(filter(None, (one.name, *now[one.worker_id])))
            for one in sorted(refs.values(), key=lambda one: (one.name, one.worker_id))
        }

    def _require_somebody_else(self, worker_id: str, wanted: WantedEntry) -> None:
        """Stop where an entry names the worker it is of, or where the asker makes themselves a deputy."""
        if any(wanted.said.get(name) == worker_id for name in _PEOPLE):
            raise KeyworkerError(
                "Nobody supervises or observes themselves.",
                where=wanted.form.title,
                remedy="Choose somebody else.",
            )
        if wanted.form.table.name == DEPUTY and wanted.said.get("supervisor_id") == self.asker.worker_id:
            # A deputy sees the worker's children: whoever keeps staff could open them to themselves.
            raise _NAMES_THEMSELVES

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


def _already(one: Form) -> NoReturn:
    raise AlreadyRecorded("An entry for this is recorded already.", where=one.title, remedy="Correct that one.")


def _post_words(row: PostRow) -> str:
    team = f", {row.team.name}" if row.team else ""
    return f"{row.post.title}, {row.post.post_id}{team}"
