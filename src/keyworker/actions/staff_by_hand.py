"""What is recorded by hand of a worker with a form of the vocabulary: what is wrong with it, and writing it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.by_hand import OF, WantedEntry
from keyworker.actions.hand_answers import read_day, read_number, value_of, wrong_answers
from keyworker.actions.writing import act_of, written_down, wrong_day
from keyworker.facts.by_hand import HandEntry
from keyworker.record.writer import Amendment, amend, append
from keyworker.vocabulary import Type
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import LAST_DAY, Form, day_of
from keyworker.vocabulary.working_days import spoken, working_days_between

AHEAD = timedelta(days=366)
"""No day on which something begins, ends or is held, such as leave or a training, is later than this."""
FARTHEST = timedelta(days=5 * 366)
"""No day that is to be kept in mind, such as that by which a registration is renewed, is later than this."""
COUNTED_BODY = "social work england"
"""The body whose numbers the workforce census asks for."""
_NONE_OPEN = {True: "nothing is open that this could change", False: "nothing is open to which this could belong"}


def problems(wanted: WantedEntry, standing: Sequence[HandEntry], today: date) -> dict[str, str]:
    """What is wrong with it, by the name of the question; nothing when it can be written.

    Takes   standing, what stands of the worker in the tables that take forms.
    """
    one = wanted.form
    found = wrong_answers(one.asks, wanted.said)
    whole = chosen(wanted, standing)
    if whole is None and (one.ends or (one.of is not None and one.of.needed)):
        words = one.of.words if one.of else "Which one"
        found[OF] = f"{words}: choose one" if choosable(one, standing) else f"{words}: {_NONE_OPEN[one.ends]}"
    began = whole.on if whole else None
    found = {name: wrong for name, wrong in _wrong_days(wanted, began, today).items() if wrong} | found
    if one.too_early and began and began > today:
        found[OF] = one.too_early.format(day=spoken(began))
    if one.alone and (beside := next((row for row in _of_table(one, standing) if row.until is None), None)):
        found[one.day] = f"{one.table.title}: one goes on since {spoken(beside.on or today)}; end that first"
    return found | _ALSO.get(one.kind, lambda _: {})(wanted.said)


def _of_table(one: Form, standing: Iterable[HandEntry]) -> list[HandEntry]:
    return [row for row in standing if row.table == one.table.name]


def _wrong_days(wanted: WantedEntry, began: date | None, today: date) -> dict[str, str]:
    one = wanted.form
    own = LAST_DAY if one.ends and not one.changes else day_of(one.table)
    days = {ask.name: read_day(wanted.said.get(ask.name, "")) for ask in one.asks if ask.column.type is Type.DATE}
    first = days.get(own) or began
    found = {}
    for name, day in days.items():
        if day is None:
            continue
        is_to_come = name != own and not name.startswith("applied")
        found[name] = _wrong_day(day, today, one, is_to_come=is_to_come)
        after = began if name == own else first
        if after is not None and day < after and not found[name]:
            found[name] = f"The day must be on or after {spoken(after)}"
    return found


def _wrong_day(day: date, today: date, one: Form, *, is_to_come: bool) -> str:
    if day > today and (is_to_come or one.ahead):
        latest = today + (FARTHEST if is_to_come else AHEAD)
        return "" if day <= latest else f"The day must be on or before {spoken(latest)}"
    if one.old or is_to_come:
        return "" if day <= today else "The day must be today or before"
    return wrong_day(day, today)


def _came(said: Mapping[str, str]) -> dict[str, str]:
    why, came = said.get("reason_not", "").strip(), said.get("attended", "")
    if came == "no" and not why:
        return {"reason_not": "If not, why: choose one"}
    return {"reason_not": "Leave this open where the worker came"} if came == "yes" and why else {}


def _placed(said: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if not said.get("post_id", "").strip() and not said.get("team_id", "").strip():
        found["team_id"] = "Choose the team of somebody who is in no post"
    return found | _part_of_whole(said)


def _part_of_whole(said: Mapping[str, str]) -> dict[str, str]:
    fte = read_number(said.get("fte", ""))
    is_wrong = fte is not None and not 0 < fte <= 1
    return {"fte": "The full-time equivalent must be more than 0 and at most 1, such as 0.6"} if is_wrong else {}


_ALSO: Mapping[str, Callable[[Mapping[str, str]], dict[str, str]]] = {"training attended": _came, "start": _placed}
"""What else may be wrong with a form, beyond what its questions say."""


def chosen(wanted: WantedEntry, standing: Iterable[HandEntry]) -> HandEntry | None:
    """The entry to which it belongs, or which it ends or changes, among those that can be."""
    return next((row for row in choosable(wanted.form, standing) if row.entry_id == wanted.of), None)


def choosable(one: Form, standing: Iterable[HandEntry]) -> list[HandEntry]:
    """The entries to which one may belong, or which may end or change."""
    if one.ends:
        still = (row for row in _of_table(one, standing) if row.until is None)
        return [row for row in still if all(row.values[name] == value for name, value in one.where.items())]
    if one.of is None:
        return []
    return [row for row in standing if row.table == one.of.table.name]


def is_possible(one: Form, standing: Sequence[HandEntry]) -> bool:
    """Whether a form can be filled in as things stand."""
    if one.ends or (one.of is not None and one.of.needed):
        return bool(choosable(one, standing))
    return not (one.alone and any(row.until is None for row in _of_table(one, standing)))


def row_of(worker_id: str, wanted: WantedEntry, whole: HandEntry | None, fill: Mapping[str, Any]) -> dict[str, Any]:
    """The row that an entry writes. Takes fill, what stands in place of an answer that was left empty."""
    one = wanted.form
    values = {ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in one.asks}
    row: dict[str, Any] = {one.number: wanted.number, "worker_id": worker_id, **one.fixed}
    row |= {name: fill.get(name) if value is None else value for name, value in values.items()}
    if one.of is not None:
        row[one.of.column] = whole.number if whole else None
    return row


def changes_of(wanted: WantedEntry, whole: HandEntry) -> dict[str, Any]:
    """What an entry that ends or changes something makes of it, by column."""
    found = {ask.column.name: value_of(ask, wanted.said.get(ask.name, "")) for ask in wanted.form.asks}
    if "working_days_lost" in found and found["working_days_lost"] is None and whole.on:
        found["working_days_lost"] = Decimal(working_days(whole.on, found["to_on"]))
    return found


def working_days(first: date, to_on: date) -> int:
    """The working days from a first day up to, and without, another."""
    return working_days_between(first - timedelta(days=1), to_on - timedelta(days=1))


def numbered(said: Mapping[str, Any], stated: tuple[int, str | None] | None) -> list[Amendment]:
    """What becomes of the entry that says who a worker is, from which the workforce census takes their number.

    Takes   said, what a registration says or comes to say; stated, that entry and the number that it gives.
    """
    number = said.get("registration_no")
    if stated is None or number is None or said.get("body") != COUNTED_BODY or stated[1] == number:
        return []
    return [Amendment("professionals", stated[0], {"registration_no": number})]


def write(
    connection: psycopg.Connection, asker: Asker, now: datetime, worker_id: str, wanted: WantedEntry,
    standing: Sequence[HandEntry], fill: Mapping[str, Any], today: date, also: Sequence[Amendment] = (),
) -> None:  # fmt: skip
    """Write it down, and work anew what is due. Takes also, what changes with it: both or neither.

    Raises  KeyworkerError for what is not whole; AlreadyRecorded when the same form was sent before; NotCurrent.
    """
    if wrong := problems(wanted, standing, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=wanted.form.title, remedy="Mend it and try again.")
    whole = chosen(wanted, standing)
    if wanted.form.ends and whole is not None:
        changed = Amendment(whole.table, whole.entry_id, changes_of(wanted, whole))
        written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, [changed]))
        return
    rows = {wanted.form.table.name: [row_of(worker_id, wanted, whole, fill)]}
    with connection.transaction():
        if also:
            written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, also))
        written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))
