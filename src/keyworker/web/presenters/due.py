"""What is due: what has passed its date, then what comes next, each with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from hashlib import md5

from keyworker.access import INSIDE, INSIDE_ONLY
from keyworker.actions.due import Due
from keyworker.clocks.readings import State
from keyworker.facts.days import LONDON
from keyworker.facts.planned_visits import PlannedVisit
from keyworker.web.tables import Cell, Table, Tabled, heads
from keyworker.web.words import due as when
from keyworker.web.words import in_words, plural, spoken

Address = Callable[[str], str]
Way = Callable[[Due], str]


@dataclass(frozen=True)
class DuePage(Tabled):
    """The answer and the lists behind it."""

    answer: str
    more: tuple[str, ...]
    tables: tuple[Table, ...]


def due_page(
    dues: Sequence[Due],
    at: date,
    child: Address,
    rule: Address,
    *,
    whose: str,
    most: int | None = None,
    time: Way | None = None,
    planned: Way | None = None,
) -> DuePage:
    """What is due to somebody's children, and to workers, parted by whether its date has passed.

    Takes   most, how many lines of a list are shown, the first in order; None for all. The answer counts them all;
            time, to asking for time for a duty, empty where none can be asked for; None where nobody asks here;
            planned, whether a visit that is due is planned, in words, empty for what no visit meets.
    """
    table = partial(_table, at=at, child=child, rule=rule, most=most, time=time, planned=planned)
    of_workers = [one for one in dues if one.worker]
    overdue = [one for one in dues if one.reading.state is State.OVERDUE]
    coming = [one for one in dues if one.reading.state is State.RUNNING]
    unsaid = [one for one in dues if one.reading.state is State.CANNOT_TELL]
    return DuePage(
        answer=_answer(overdue, coming, at),
        more=tuple(_more(overdue, unsaid)),
        tables=(
            table("overdue", f"Past its date: {whose}", _of_children(overdue), "Nothing is past its date."),
            table("coming", "Due in the next two weeks", _of_children(coming), "Nothing is due in two weeks."),
            table(
                "cannot-tell",
                "Cannot be told: its date has passed, and the record does not say whether it was done",
                _of_children(unsaid),
                "Everything can be told.",
                folded=len(unsaid) > 10,
            ),
            *([_workers_table(of_workers, at, rule)] if of_workers else []),
        ),
    )


def _of_children(dues: Sequence[Due]) -> list[Due]:
    """Those owed to children, or by the council: a worker's own stand in a list of their own, by name."""
    return [one for one in dues if one.worker is None]


def _workers_table(dues: Sequence[Due], at: date, rule: Address) -> Table:
    """Workers' own supervision, registration and learning. What is late of a named worker is put in no order."""
    ordered = sorted(dues, key=lambda one: (_name(one), one.reading.title, one.reading.due_on or date.max))
    return Table(
        id="workers",
        caption="What is due to workers themselves",
        headings=heads("Worker", "Duty", "Due"),
        rows=tuple(_worker_row(one, at, rule) for one in ordered),
        empty="Nothing is due to a worker.",
        note="In the order of their names. This list is given in no other order, and not as a file.",
        folded=len(ordered) > 10,
        stays=True,
    )


def _name(one: Due) -> str:
    return one.worker.worker.name if one.worker else ""


def _worker_row(one: Due, at: date, rule: Address) -> tuple[Cell, ...]:
    reading = one.reading
    said = "Cannot be told" if reading.state is State.CANNOT_TELL else ""
    on = tuple(filter(None, (spoken(reading.due_on) if reading.due_on else "", said)))
    return (
        Cell(_name(one), notes=tuple(filter(None, (_team(one),)))),
        Cell(reading.title, rule(reading.rule), why=f"{reading.reason} Source: {reading.source.rstrip('.')}."),
        Cell(when(reading.due_on, at) if reading.due_on else "no date", notes=on, tone="quiet"),
    )


def _answer(overdue: Sequence[Due], coming: Sequence[Due], at: date) -> str:
    if overdue:
        children = len({one.reading.subject for one in overdue if one.child})
        of = f", for {plural(children, 'child', 'children')}" if children else ""
        is_past = "thing is past its date" if len(overdue) == 1 else "things are past their date"
        return f"{in_words(len(overdue))} {is_past}{of}."
    if coming and coming[0].reading.due_on:
        day = coming[0].reading.due_on
        return f"Nothing is past its date. Next: {day:%A} {spoken(day)}, {when(day, at)}."
    return "Nothing is past its date, and nothing is due in the next two weeks."


def _more(overdue: Sequence[Due], unsaid: Sequence[Due]) -> list[str]:
    found = []
    if overdue:
        kinds = Counter(one.reading.title for one in overdue).most_common(3)
        found.append("Most often: " + "; ".join(f"{title} ({count})" for title, count in kinds) + ".")
    if unsaid:
        found.append(
            f"Of {plural(len(unsaid), 'more duty', 'more duties')} it cannot be told; nothing recorded is not the "
            "same as not done."
        )
    return found


def _table(
    id: str,
    caption: str,
    dues: Sequence[Due],
    empty: str,
    *,
    at: date,
    child: Address,
    rule: Address,
    most: int | None,
    time: Way | None,
    planned: Way | None,
    folded: bool = False,
) -> Table:
    is_cut = most is not None and len(dues) > most
    return Table(
        id=id,
        caption=f"{caption}: the first {most:,} of {len(dues):,}" if is_cut else caption,
        headings=heads("^Whom", "Duty", "^Due", "~Held by", *(["In time?"] if time else [])),
        rows=tuple(
            (*_row(one, at, child, rule, planned), *([_time(one, time)] if time else [])) for one in dues[:most]
        ),
        empty=empty,
        folded=folded,
        is_cut=is_cut,
        note="The file holds them all, and a team's own list is shorter." if is_cut else "",
    )


def _row(one: Due, at: date, child: Address, rule: Address, planned: Way | None) -> tuple[Cell, ...]:
    reading = one.reading
    lead = (one.child.lead or one.child.accountable) if one.child else None
    if one.child:
        whom = Cell(one.child.name, child(one.child.handle), notes=tuple(filter(None, (_team(one),))))
    else:
        whom = Cell("The council")
    notes = [spoken(reading.due_on)] if reading.due_on else []
    if reading.unconfirmed:
        notes.append("the rule is unconfirmed in part")
    if planned and (said := planned(one)):
        notes.append(said)
    due = when(reading.due_on, at) if reading.due_on else "no date"
    tone = "past" if reading.state is State.OVERDUE else "due" if reading.state is State.RUNNING else "quiet"
    return (
        whom,
        Cell(reading.title, rule(reading.rule), why=f"{reading.reason} Source: {reading.source.rstrip('.')}."),
        Cell(
            due,
            notes=tuple(notes),
            tone=tone if one.child else "quiet",
            sort=reading.due_on.toordinal() if reading.due_on else 0,
        ),
        Cell(lead.name if lead else ("Nobody" if one.child else "")),
    )


def _time(one: Due, time: Way) -> Cell:
    href = time(one)
    return Cell("I cannot do this by then", href) if href else Cell("–")


def _team(one: Due) -> str:
    return one.team.name if one.team else ""


def calendar(dues: Sequence[Due], now: datetime, plans: Sequence[PlannedVisit] = ()) -> str:
    """What is due as a calendar, one entry for a day and duty with how many, and nothing of any child.

    Takes   plans, the visits that whoever asks is to make: one entry for each, with the time and nothing else.

    Source  RFC 5545.
    """
    days = Counter((one.reading.due_on, one.reading.title) for one in dues if one.reading.due_on)
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Keyworker//Due//EN", "CALSCALE:GREGORIAN"]
    # RFC 7986, 5.1 and 5.2; the name that older programs read beside it.
    named = _escaped(f"What is due: {INSIDE.says}")
    lines += [f"NAME:{named}", f"X-WR-CALNAME:{named}", f"DESCRIPTION:{_escaped(INSIDE_ONLY)}"]
    for (day, title), count in sorted(days.items()):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day:%Y%m%d}-{md5(title.encode(), usedforsecurity=False).hexdigest()[:10]}@keyworker",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{_escaped(f'{title}: {count} due')}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines += _planned(plans, stamp)
    return "\r\n".join([*(folded for line in lines for folded in _folded(line)), "END:VCALENDAR", ""])


def _planned(plans: Sequence[PlannedVisit], stamp: str) -> list[str]:
    """A visit to brothers and sisters is one entry. Its number is random, and says nothing to whoever reads it."""
    lines = []
    for one in {one.together_id: one for one in plans}.values():
        begins = f"DTSTART;VALUE=DATE:{one.planned_on:%Y%m%d}"
        if one.planned_time:
            at = datetime.combine(one.planned_on, one.planned_time, LONDON).astimezone(UTC)
            begins = f"DTSTART:{at:%Y%m%dT%H%M%SZ}"
        part = f", {one.part_of_day}" if one.part_of_day else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.together_id}@keyworker",
            f"DTSTAMP:{stamp}",
            begins,
            f"SUMMARY:{_escaped(f'A planned visit{part}')}",
            "END:VEVENT",
        ]
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> list[str]:
    """A line of at most 75 octets, the rest on lines that begin with a space."""
    most, parts, rest = 73, [], line
    while len(rest.encode()) > most:
        cut = most
        while len(rest[:cut].encode()) > most:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [part if number == 0 else f" {part}" for number, part in enumerate([*parts, rest])]
