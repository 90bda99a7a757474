"""What is recorded of a worker with forms: the sentences, the lists, and the forms' fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from keyworker.actions.by_hand import OF, WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.hand_answers import DAY, answer_of
from keyworker.actions.questions.learning import LearningRow
from keyworker.actions.questions.staff_records import StaffRow, StaffTold
from keyworker.actions.staff_by_hand import choosable, is_possible, problems
from keyworker.actions.staff_correcting import NOT_SHOWN_AGAIN, asks_of, wrong_correction
from keyworker.actions.writing import LONGEST
from keyworker.facts.by_hand import HandEntry
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.staff_forms import form_of_row
from keyworker.web.presenters.by_hand import Offered, answers, asked_fields
from keyworker.web.presenters.fields import Choice, Field
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import number, plural, sentence, spoken, spoken_instant

Said = Mapping[str, str]
LISTS = {
    "appointment": ("Posts", "No post is recorded."),
    "absence": ("Absence", "No absence is recorded."),
    "registration": ("Registration", "No registration is recorded here."),
    "step": ("The assessed year, and renewals of registration", "Nothing of an assessed year is recorded."),
    "disclosure_check": ("Disclosure checks", "No disclosure check is recorded here."),
    "supervision_deputy": ("Deputies in supervision", "No deputy is recorded: whoever usually supervises holds it."),
    "training_need": ("To be learnt", "Nothing that is to be learnt is recorded."),
    "training_session": ("Learning offered", "No offer is recorded."),
    "practice_observation": ("Practice observed", "No practice observation is recorded."),
}
"""The lists of a worker's page, by table: what each is called, and what it says when it is empty."""
WHO_SEES_WHY = {
    False: "The worker and whoever may see this entry see it.",
    True: "Do not say why they were away. The worker sees it, and whoever looks after the workforce.",
}
"""Who sees why an entry was corrected, by whether it is an absence."""
ASKED_BY = {"worker": "the worker", "supervisor": "a supervisor", "audit": "an audit"}


def says(entry: HandEntry, *, sees_number: bool = True) -> str:
    """What an entry says, in a sentence. Why somebody is away is in none."""
    found = _SAYS[entry.table](entry.values, sees_number)
    return sentence(found)


def _appointment(row: Mapping[str, object], _: bool) -> str:
    parts = [
        str(row["job_title"] or "post"),
        str(row["post_id"] or "outside the establishment"),
        f"{number(float(str(row['fte'])), 2)} of full time" if row["fte"] is not None else "",
        codes("employment").get(str(row["employment"] or ""), "").lower(),
    ]
    left = codes("leaving_reason").get(str(row["leaving_reason"] or ""), "")
    to = codes("leaving_destination").get(str(row["leaving_destination"] or ""), "")
    ended = f". Ended: {left.lower()}; went to: {to.lower()}" if left and to else ""
    return ", ".join(filter(None, parts)) + ended


def _absence(row: Mapping[str, object], _: bool) -> str:
    if isinstance(row["to_on"], date):
        days = float(str(row["working_days_lost"] or 0))
        lost = f", {number(days, 2)} working {'day' if days == 1 else 'days'}" if days else ""
        return f"back since {spoken(row['to_on'])}{lost}"
    back = row["expected_return_on"]
    return f"expected back on {spoken(back)}" if isinstance(back, date) else "no day of return is known"


def _registration(row: Mapping[str, object], sees_number: bool) -> str:
    renew = row["renew_by_on"]
    parts = [
        codes("registration_body").get(str(row["body"]), str(row["body"])),
        f"number {row['registration_no']}" if sees_number else "",
        f"renewed by {spoken(renew)} at the latest" if isinstance(renew, date) else "",
    ]
    return ", ".join(filter(None, parts))


def _step(row: Mapping[str, object], _: bool) -> str:
    return ": ".join(filter(None, (str(row["kind"]), str(row["outcome"] or ""))))


def _check(row: Mapping[str, object], _: bool) -> str:
    return codes("disclosure_outcome").get(str(row["outcome"]), str(row["outcome"]))


def _deputy(row: Mapping[str, object], _: bool) -> str:
    why = codes("deputy_why").get(str(row["deputy_why"] or ""), "")
    return f"{row.get('deputy') or 'a deputy'} supervises. {why}"


def _need(row: Mapping[str, object], _: bool) -> str:
    by, aim = str(row["asked_by"] or ""), str(row["aim"] or "")
    wanted = row["wanted_by_on"]
    parts = [
        str(row["subject"] or "not said what"),
        f"said by {ASKED_BY.get(by, by)}" if by else "",
        f"by {spoken(wanted)}" if isinstance(wanted, date) else "",
    ]
    return ", ".join(filter(None, parts)) + (f". Afterwards: {aim}" if aim else "")


def _session(row: Mapping[str, object], _: bool) -> str:
    starts = row["starts_time"]
    where = [
        str(row["subject"] or "not said what"),
        str(row["format"] or ""),
        str(row["place"] or ""),
        f"at {starts:%H:%M}" if isinstance(starts, time) else "",
    ]
    fits = {False: "It falls outside the hours that the worker works", True: "", None: ""}[row["fits_pattern"]]  # type: ignore[index]
    why = str(row["reason_not"] or "no reason is recorded")
    came = {True: "The worker came", False: f"The worker did not come: {why}", None: "Nobody has said who came"}
    seen = row["applied_on"]
    how = f": {row['applied_how']}" if row["applied_how"] else ""
    applied = f"Seen in practice on {spoken(seen)}{how}" if isinstance(seen, date) else ""
    parts = [", ".join(filter(None, where)), fits, came[row["attended"]], applied]  # type: ignore[index]
    return ". ".join(filter(None, parts))


def _observation(row: Mapping[str, object], _: bool) -> str:
    what = codes("practice_observed").get(str(row["practice"]), str(row["practice"]))
    after = row["agreed_next"]
    told = row["told_on"]
    parts = [
        f"{what}, observed by {row.get('observer') or 'somebody'}",
        str(row["feedback"] or "").rstrip("."),
        f"Agreed next: {after}".rstrip(".") if after else "",
        f"The worker was told on {spoken(told)}" if isinstance(told, date) else "",
    ]
    return ". ".join(filter(None, parts))


_SAYS: Mapping[str, Callable[[Mapping[str, object], bool], str]] = {
    "appointment": _appointment,
    "absence": _absence,
    "registration": _registration,
    "step": _step,
    "disclosure_check": _check,
    "supervision_deputy": _deputy,
    "training_need": _need,
    "training_session": _session,
    "practice_observation": _observation,
}


def record_answer(told: StaffTold) -> str:
    """What stands of a worker, in a sentence."""
    whose = "you" if told.is_own else told.worker.name
    posts = [one for one in told.entries if one.table == "appointment" and one.until is None]
    if not told.entries:
        return f"Nothing is recorded of {whose} here."
    if not posts:
        return f"{plural(len(told.entries), 'entry', 'entries').capitalize()} of {whose}, who {_is(told)} in no post."
    since = min(one.on for one in posts if one.on)
    return f"{plural(len(told.entries), 'entry', 'entries').capitalize()} of {whose}, in post since {spoken(since)}."


def _is(told: StaffTold) -> str:
    return "are" if told.is_own else "is"


def record_tables(told: StaffTold, way: Callable[[HandEntry], str]) -> list[Table]:
    """What stands of a worker, list by list, and what was corrected here. Takes way, to where an entry is corrected."""
    may = {one.table.name for one in told.forms}
    shown = {row.table for row in told.entries} | may
    tables = [_list(told, table, way if table in may else None) for table in LISTS if table in shown]
    changes = Table(
        "changes",
        "What was corrected here, and why",
        heads("What", "Why", "When", "By"),
        tuple(
            (
                Cell(f"{LISTS[one.in_table][0]}: {one.what}"),
                Cell(one.why),
                Cell(spoken_instant(one.recorded_at)),
                Cell(one.author),
            )
            for one in told.changes
            if one.in_table in LISTS
        ),
        "Nothing was corrected here.",
        stays=True,
    )
    return [*tables, changes]


def _list(told: StaffTold, table: str, way: Callable[[HandEntry], str] | None) -> Table:
    caption, empty = LISTS[table]
    rows = []
    for one in (row for row in told.entries if row.table == table):
        says_it = Cell(says(one, sees_number=told.sees_numbers), way(one) if way else "")
        ended = spoken(one.until - DAY) if one.until else "Goes on" if one.described.has("to_on") else ""
        by = (f"by {one.written_by}",) if one.is_ours else ("told by a file",)
        day = Cell(spoken(one.on) if one.on else "No day given")
        rows.append((day, says_it, Cell(ended), Cell(spoken_instant(one.written_at), notes=by)))
    return Table(
        table.replace("_", "-"), caption, heads("Day", "What it says", "Last day", "Written down"), tuple(rows), empty,
        "Open an entry to correct it." if way and rows else "", stays=True,
    )  # fmt: skip


def staff_tables(rows: Sequence[StaffRow], address: Callable[[str], str]) -> list[Table]:
    """Everybody whom the record knows as a worker, by name: those in post, and folded those in none today."""
    parts = (
        ("staff", "In post today", True, "Nobody is in post today. Load an extract, or write down who begins."),
        ("others", "In no post today", False, "Everybody whom the record knows as a worker is in post."),
    )
    return [
        Table(
            slug,
            caption,
            heads("Name", "Post", "Team"),
            tuple(
                (
                    Cell(row.worker.name, address(row.worker.handle)),
                    Cell(row.title or "No title"),
                    Cell(row.team or "No team"),
                )
                for row in rows
                if row.is_in_post is in_post
            ),
            empty,
            folded=not in_post,
            stays=True,
        )
        for slug, caption, in_post, empty in parts
    ]


def staff_answer(rows: Sequence[StaffRow]) -> str:
    """The list in a sentence."""
    now = sum(row.is_in_post for row in rows)
    return f"{plural(now, 'worker').capitalize()} in post today, of {len(rows)} whom the record knows."


def learning_answer(rows: Sequence[LearningRow]) -> str:
    """What workers learn, in a sentence."""
    offered_to = [row for row in rows if row.entry.table == "training_session"]
    came = sum(row.entry.values["attended"] is True for row in offered_to)
    waits = sum(row.entry.values["attended"] is None for row in offered_to)
    if not offered_to:
        return "No session is recorded that was offered to anybody whom you may see."
    rest = f"; of {plural(waits, 'session')} nobody has said" if waits else ""
    return f"{plural(len(offered_to), 'session').capitalize()} offered, {came} attended{rest}."


def learning_tables(rows: Sequence[LearningRow], address: Callable[[str], str]) -> list[Table]:
    """What is to be learnt without an offer yet, and every offer, by name. Takes address, of a worker's page."""
    met = {row.entry.values["need_id"] for row in rows if row.entry.table == "training_session"}
    needs = [row for row in rows if row.entry.table == "training_need" and row.entry.number not in met]
    offers = [row for row in rows if row.entry.table == "training_session"]
    named = (
        ("needs", "To be learnt, and not offered yet", needs, "Everything that is to be learnt was offered."),
        ("offers", "Learning offered", offers, "No offer is recorded."),
    )
    return [
        Table(
            slug,
            caption,
            heads("Name", "Day", "What it says"),
            tuple(
                (
                    Cell(row.worker.name, address(row.worker.handle)),
                    Cell(spoken(row.entry.on) if row.entry.on else "No day given"),
                    Cell(says(row.entry)),
                )
                for row in listed
            ),
            empty,
            stays=True,
        )
        for slug, caption, listed, empty in named
    ]


def offered(told: StaffTold, way: Callable[[Form], str]) -> dict[str, list[Offered]]:
    """The forms that can be filled in as things stand, by what they are about."""
    groups: dict[str, list[Offered]] = {}
    for one in told.forms:
        if is_possible(one, told.entries):
            groups.setdefault(one.group, []).append(Offered(one.title, one.says, way(one)))
    return groups


def called(entry: HandEntry) -> str:
    """One entry among others, in words."""
    return f"{says(entry, sees_number=False)} ({spoken(entry.on)})" if entry.on else says(entry, sees_number=False)


@dataclass(frozen=True)
class TypedStaffEntry:
    """What was typed into a form about a worker, kept whatever is wrong with it."""

    number: str
    form: Form
    said: Said

    @property
    def wanted(self) -> WantedEntry:
        """What it means, as far as it can be read."""
        of = self.said.get(OF, "")
        entry = int(of) if of.isascii() and of.isdigit() and len(of) < 18 else None
        return WantedEntry(self.number, self.form, answers(self.form.asks, self.said), entry)

    def errors(self, standing: Sequence[HandEntry], today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed, in the order in which they stand."""
        found = problems(self.wanted, standing, today)
        return {name: found[name] for name in (OF, *(ask.name for ask in self.form.asks)) if name in found}

    def fields(self, standing: Sequence[HandEntry], errors: Said) -> tuple[Field, ...]:
        """What the form asks. To which entry it belongs, or which it ends, comes first."""
        asked = asked_fields(self.form.asks, self.said, errors)
        if self.form.of is None and not self.form.ends:
            return asked
        may = choosable(self.form, standing)
        only = str(may[0].entry_id) if len(may) == 1 and self.form.ends else ""
        said = self.said.get(OF, only)
        choices = tuple(Choice(str(one.entry_id), called(one), str(one.entry_id) == said) for one in may)
        words = self.form.of.words if self.form.of else "Which one"
        return (Field(OF, words, "radio", error=errors.get(OF, ""), choices=choices), *asked)


@dataclass(frozen=True)
class TypedStaffCorrection:
    """What was typed into the form that corrects an entry about a worker; before anything is typed, what stands."""

    entry: HandEntry
    said: Said

    @classmethod
    def of(cls, entry: HandEntry, said: Said | None) -> TypedStaffCorrection:
        """What a form says. Takes said, None where nothing is typed yet. What no page shows again is left open."""
        stands = {
            ask.name: "" if ask.column.name in NOT_SHOWN_AGAIN else answer_of(ask, entry.values[ask.column.name])
            for ask in asks_of(entry)
        }
        return cls(entry, stands if said is None else said)

    @property
    def wanted(self) -> Correction | None:
        """What it means; None where the entry is to be withdrawn."""
        if self.said.get("withdraw") == "yes":
            return None
        return Correction(answers(asks_of(self.entry), self.said), self.why)

    @property
    def why(self) -> str:
        """The reason that was typed."""
        return self.said.get("why", "").strip()

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return wrong_correction(self.entry, self.wanted, today) if self.wanted else {}

    def fields(self, errors: Said) -> tuple[Field, ...]:
        """What can be corrected, whether it was never so, and why."""
        open_hint = "Leave it open to keep what stands. No page shows it again."
        asks = tuple(
            replace(ask, hint=open_hint) if ask.column.name in NOT_SHOWN_AGAIN else ask for ask in asks_of(self.entry)
        )
        never = Field(
            "withdraw",
            "Was it never so?",
            "radio",
            hint="Then it is withdrawn, and no answer above counts.",
            error=errors.get("withdraw", ""),
            choices=(Choice("yes", "Yes, withdraw it", self.said.get("withdraw") == "yes"),),
        )
        hint = f"In {LONGEST} characters or fewer. {WHO_SEES_WHY[self.entry.table == 'absence']}"
        why = Field("why", "Why is it corrected?", "textarea", self.said.get("why", ""), hint, errors.get("why", ""))
        return (*asked_fields(asks, self.said, errors), never, why)


def correction_answer(told: StaffTold, entry: HandEntry) -> str:
    """What is corrected, in a sentence."""
    first = form_of_row(entry.table, entry.values)
    title = first.title if first else entry.described.title
    return f"{title}, of {told.worker.name}: {called(entry)}."


def worker_fields(said: Said, errors: Said) -> tuple[Field, ...]:
    """What is asked of somebody whom the record does not know."""
    hint = "The number by which the case system knows them, or will: children are held under it."
    return (
        Field("worker_id", "Number", "text", said.get("worker_id", ""), hint, errors.get("worker_id", "")),
        Field("name", "Name", "text", said.get("name", ""), error=errors.get("name", "")),
        Field("job_title", "Job title", "text", said.get("job_title", ""), error=errors.get("job_title", "")),
    )
