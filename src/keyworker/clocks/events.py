"""The events of the rules' places, as one SQL relation over the named tables of the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from keyworker.clocks.counting import LAST_YEAR
from keyworker.clocks.places import VISITS, Place, PlaceKind
from keyworker.clocks.rules import Subject
from keyworker.clocks.spans import event_sql, span_sql
from keyworker.vocabulary import TABLES, Table, Type

FIRST_CALENDAR_YEAR = 2010
_SUBJECT_COLUMN = {Subject.CHILD: "child_id", Subject.WORKER: "worker_id"}
_NO_TIME = "cast(null as time)"
_NO_ENTRY = "cast(null as timestamp with time zone) as entered_at, cast(null as bigint) as act_id"


def event_relation(
    places: Mapping[Place, int],
    subject: Subject,
    at: date,
    *,
    subjects: bool,
    since: Mapping[Place, date] | None = None,
    last: Mapping[Place, bool] | None = None,
) -> str:
    """The events of some places, for one kind of subject, as a subquery: place, subject, day, time and entry.

    Takes   places, with the number by which a query knows each; subjects, whether the query is bound to
            `%(subjects)s`, the workers that are wanted (children are narrowed by the lens); since, of some places the
            day before which no event is wanted, although some may come with the others; last, places of which only
            the last day's events of each subject are wanted, although others may come with them, and whether of each
            those whose row does not say when it was written up are wanted too.
    """
    parts = event_texts(places, subject, at, subjects=subjects, since=since, last=last)
    return "(\n" + "\nunion all\n".join(parts) + "\n)"


def event_texts(
    places: Mapping[Place, int],
    subject: Subject,
    at: date,
    *,
    subjects: bool,
    since: Mapping[Place, date] | None = None,
    last: Mapping[Place, bool] | None = None,
    untold: Collection[Place] = (),
    span_of: Callable[[str], str] = span_sql,
) -> list[str]:
    """The same, a query for each relation that they are read from.

    Takes   untold, places of whose events nobody asks when they were written up or by which act; span_of, which gives
            the text of a span where that is not simply its own.
    """
    first, ends, silent = since or {}, last or {}, frozenset(untold)
    parts = [
        part
        for group in _grouped(places, first, ends, silent).values()
        for part in _selects(
            group, subject, at, _earliest(group, first), ends.get(group[0][0]), _entry(group, silent), span_of
        )
    ]
    if subject is Subject.WORKER and subjects:
        return [f"select * from ({part}) w where w.subject = any(%(subjects)s::text[])" for part in parts]
    return parts


def reads(one: Place, subject: Subject) -> str:
    """A text that names the tables and the columns of which a place's events are read."""
    if one.kind is PlaceKind.EVENT:
        return event_sql(one.what)
    if one.kind in (PlaceKind.SPAN, PlaceKind.SPAN_END):
        return span_sql(one.what)
    if one.kind is PlaceKind.VISIT:
        return "{visit}"
    if one.kind is PlaceKind.CALENDAR:
        return "{professionals}"
    if not one.table:
        return ""
    relation, _, joined = _whose(TABLES[one.table], subject)
    return " ".join([relation, joined, one.column, *(name for name, _ in one.only)])


def _entry(group: Sequence[tuple[Place, int]], untold: Collection[Place]) -> str:
    """When a row was written up, by which act, and which it is."""
    return f"{_NO_ENTRY}, t.entry_id" if group[0][0] in untold else "t.entered_at, t.act_id, t.entry_id"


def _grouped(
    places: Mapping[Place, int], since: Mapping[Place, date], last: Mapping[Place, bool], untold: Collection[Place]
) -> dict[tuple[str, str, bool, bool | None, bool], list[tuple[Place, int]]]:
    """Places that one read of a relation answers together; those of which every event is wanted apart."""
    groups: dict[tuple[str, str, bool, bool | None, bool], list[tuple[Place, int]]] = defaultdict(list)
    for one, number in places.items():
        what = {PlaceKind.STEP: "step", PlaceKind.VISIT: "visit", PlaceKind.CALENDAR: ""}.get(one.kind, one.what)
        if one.kind is PlaceKind.VISIT and one.what == "any" and one in last:
            what = "any visit"
        kind = PlaceKind.SPAN if one.kind is PlaceKind.SPAN_END else one.kind
        groups[kind.value, what, one in since, last.get(one), one in untold].append((one, number))
    return groups


def _earliest(group: Sequence[tuple[Place, int]], since: Mapping[Place, date]) -> date | None:
    """The day before which no event of any of these places is wanted; None where those of one are wanted whole."""
    return min(since[one] for one, _ in group) if all(one in since for one, _ in group) else None


def _selects(
    group: Sequence[tuple[Place, int]],
    subject: Subject,
    at: date,
    since: date | None,
    last: bool | None,
    entry: str,
    span_of: Callable[[str], str],
) -> Iterable[str]:
    kind, what = group[0][0].kind, group[0][0].what
    if kind is PlaceKind.ENTERED:
        return []
    if kind is PlaceKind.CALENDAR:
        return [_calendar(group, subject, at)]
    if kind is PlaceKind.EVENT:
        number = group[0][1]
        return [
            f"select {number} as place, t.subject_id as subject, t.day, t.at_time, {entry}"
            f" from (\n{event_sql(what)}\n) t where t.day is not null"
        ]
    if kind in (PlaceKind.SPAN, PlaceKind.SPAN_END):
        return [_span_ends(group, span_of(what))]
    if kind is PlaceKind.STEP:
        return [_steps(group, subject, since, entry)]
    if kind is PlaceKind.VISIT:
        if last is None:
            return [_rows(_Read(group, "{visit}", "t.child_id", "", None, since, entry))]
        return [_last_visits(group, since, entry, unentered=last)]
    table = TABLES[what]
    relation, whose, joined = _whose(table, subject)
    if last is not None and not joined and {one.column for one, _ in group} == {"happened_on"}:
        decide = (whose, *(name for one, _ in group for name, _ in one.only))
        relation = last_days(relation, decide, unentered=last)
    return [_rows(_Read(group, relation, whose, joined, table, since, entry))]


def last_days(relation: str, columns: Iterable[str], *, unentered: bool) -> str:
    """The rows of a relation of happenings that are the last of those that are alike in some columns.

    A place asks for one subject's rows with some values in these columns, so its last are among them.
    Takes   unentered, whether the rows that do not say when they were written up are wanted too.
    """
    day = "(l.last_on = n.happened_on or n.entered_at is null)" if unentered else "l.last_on = n.happened_on"
    names = dict.fromkeys(name.removeprefix("t.") for name in columns)
    listed = ", ".join(names)
    alike = " and ".join(f"l.{name} is not distinct from n.{name}" for name in names)
    return (
        f"(select n.* from {relation} n join (select {listed}, max(happened_on) as last_on from {relation} m"
        f" group by {listed}) l on {alike} and {day})"
    )


def _whose(table: Table, subject: Subject) -> tuple[str, str, str]:
    """A table's relation, the column that names its subject, and what joins it to the table that knows the subject."""
    column = _SUBJECT_COLUMN.get(subject)
    if column is None:
        return f"{{{table.name}}}", "''", ""
    if table.has(column):
        return f"{{{table.name}}}", f"t.{column}", ""
    owner, link = owner_of(table, column)
    return f"{{{table.name}}}", f"o.{column}", f" join (\n{owner}\n) o on o.link = t.{link}"


@cache
def owner_of(table: Table, column: str) -> tuple[str, str]:
    """For a table whose rows name no child: a query of who each row belongs to, and the column that links to it.

    Gives   a query of `link` and the column. It follows the references that the vocabulary describes.
    Raises  KeyError when no reference leads to one.
    """
    for link in table.columns:
        if not link.refers:
            continue
        parent_name, _, parent_key = link.refers.partition(".")
        parent = TABLES[parent_name]
        if parent.has(column):
            return (
                f"select distinct p.{parent_key} as link, p.{column} from {{{parent_name}}} p"
                f" where p.{parent_key} is not null and p.{column} is not null",
                link.name,
            )
        try:
            above, parent_link = owner_of(parent, column)
        except KeyError:
            continue
        return (
            f"select distinct p.{parent_key} as link, o.{column} from {{{parent_name}}} p"
            f" join (\n{above}\n) o on o.link = p.{parent_link}",
            link.name,
        )
    raise KeyError(f"{table.name}: nothing leads to a {column}")


@dataclass(frozen=True)
class _Read:
    """One read of a relation, for the places whose days its rows hold.

    Takes   whose, the column of the subject; joined, what joins the table that knows it; table, the described one, if
            it is; since, the day before which nothing is wanted; entry, the columns that say which row it was.
    """

    group: Sequence[tuple[Place, int]]
    relation: str
    whose: str
    joined: str
    table: Table | None
    since: date | None
    entry: str


def _rows(read: _Read) -> str:
    return _one(read) if len(read.group) == 1 else _many(read)


def _many(read: _Read) -> str:
    """The events of several places of one relation, each row read once."""
    numbers = ", ".join(f"({number})" for _, number in read.group)
    day = " ".join(f"when {number} then {_day(one)}" for one, number in read.group)
    times = [(time, number) for one, number in read.group if (time := _time_column(read.table, one.column))]
    at_time = " ".join(f"when {number} then t.{time}" for time, number in times)
    timed = f"case p.place {at_time} end" if at_time else _NO_TIME
    inner = (
        f"select p.place, {read.whose} as subject, case p.place {day} end as day, {timed} as at_time,"
        f" {read.entry}"
        f" from {read.relation} t{read.joined} cross join (values {numbers}) as p(place)"
        f"{_not_before(read.group, read.since)}"
    )
    return f"select * from (\n{inner}\n) e where e.day is not null and e.subject is not null"


def _one(read: _Read) -> str:
    """The events of one place: plainly, for of a hundred such questions more time goes into planning than into rows."""
    ((one, number),) = read.group
    time = _time_column(read.table, one.column)
    where = _not_before(read.group, read.since) or " where true"
    return (
        f"select {number} as place, {read.whose} as subject, {_day(one)} as day,"
        f" {f't.{time}' if time else _NO_TIME} as at_time, {read.entry}"
        f" from {read.relation} t{read.joined}{where} and {_day(one)} is not null and {read.whose} is not null"
    )


def _not_before(group: Sequence[tuple[Place, int]], since: date | None) -> str:
    """What passes over the rows of which no day is wanted, before each is looked at for every place."""
    if since is None:
        return ""
    day = f"date '{since}'"
    columns = dict.fromkeys("happened_on" if one.kind is PlaceKind.VISIT else one.column for one, _ in group)
    return f" where ({' or '.join(f't.{name} >= {day}' for name in columns)})"


def _last_visits(group: Sequence[tuple[Place, int]], since: date | None, entry: str, *, unentered: bool) -> str:
    """The last visits of all kinds or of some: what came of one, and its kind, say which places it belongs to."""
    is_any = group[0][0].what == "any"
    said = ", ".join(
        f"({number}, {_text(outcome)}{'' if is_any else ', ' + _text(one.what.removeprefix('other/'))})"
        for one, number in group
        for outcome in VISITS[one.column]
    )
    relation = last_days("{visit}", ("child_id", "kind", "outcome"), unentered=unentered)
    named, alike = ("", "") if is_any else (", kind", " and p.kind = t.kind")
    where = f" and t.happened_on >= date '{since}'" if since else ""
    return (
        f"select p.place, t.child_id as subject, t.happened_on as day, {_NO_TIME} as at_time,"
        f" {entry} from {relation} t join (values {said}) as p(place, outcome{named})"
        f" on p.outcome = t.outcome{alike} where t.child_id is not null{where}"
    )


def _day(one: Place) -> str:
    if one.kind is PlaceKind.VISIT:
        wanted = ", ".join(f"'{outcome}'" for outcome in VISITS[one.column])
        of_kind = "" if one.what == "any" else f" and t.kind = {_text(one.what.removeprefix('other/'))}"
        return f"case when t.outcome in ({wanted}){of_kind} then t.happened_on end"
    day = f"(t.{one.column} - 1)" if one.is_ending else f"t.{one.column}"
    if not one.only:
        return day
    wheres = " and ".join(_where(TABLES[one.table], name, values) for name, values in one.only)
    return f"case when {wheres} then {day} end"


def _where(table: Table, name: str, values: tuple[str, ...]) -> str:
    """That a column holds one of some values; an empty value stands for an empty cell."""
    column, said = f"t.{name}", [value for value in values if value]
    ways = [f"{column} is null"] if "" in values else []
    if said and table.column(name).type is Type.FLAG:
        ways += [f"{column} = {value}" for value in said]
    elif said:
        ways.append(f"lower({column}) in ({', '.join(_text(value.lower()) for value in said)})")
    return f"({' or '.join(ways)})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _time_column(table: Table | None, column: str) -> str:
    name = f"{column.removesuffix('_on')}_time"
    return name if table is not None and table.has(name) else ""


def _steps(group: Sequence[tuple[Place, int]], subject: Subject, since: date | None, entry: str) -> str:
    """Steps of many kinds, each row read once: the kind says which place a row belongs to."""
    whose = {Subject.CHILD: "t.child_id", Subject.WORKER: "t.worker_id"}.get(subject, "''")
    kinds = ", ".join(f"({number}, {_text(one.what)})" for one, number in group)
    step = TABLES["step"]
    narrowed = [
        f"(p.place <> {number} or ({' and '.join(_where(step, name, values) for name, values in one.only)}))"
        for one, number in group
        if one.only
    ]
    days = [f"t.happened_on >= date '{since}'"] if since else []
    where = " and ".join([f"{whose} is not null", *narrowed, *days])
    return (
        f"select p.place, {whose} as subject, t.happened_on as day, t.happened_time as at_time,"
        f" {entry} from {{step}} t join (values {kinds}) as p(place, kind) on p.kind = t.kind where {where}"
    )


def _span_ends(group: Sequence[tuple[Place, int]], sql: str) -> str:
    if len(group) == 1:
        ((one, number),) = group
        return (
            f"select {number} as place, t.subject_id as subject, {_end(one)} as day, {_NO_TIME} as at_time,"
            f" {_NO_ENTRY}, cast(0 as bigint) as entry_id from (\n{sql}\n) t where {_end(one)} is not null"
        )
    numbers = ", ".join(f"({number})" for _, number in group)
    day = " ".join(f"when {number} then {_end(one)}" for one, number in group)
    return (
        f"select * from (select p.place, t.subject_id as subject, case p.place {day} end as day,"
        f" {_NO_TIME} as at_time, {_NO_ENTRY}, cast(0 as bigint) as entry_id"
        f" from (\n{sql}\n) t cross join (values {numbers}) as p(place)) e where e.day is not null"
    )


def _end(one: Place) -> str:
    return "t.from_on" if one.kind is PlaceKind.SPAN else "(t.to_on - 1)"


def _calendar(group: Sequence[tuple[Place, int]], subject: Subject, at: date) -> str:
    days = [(number, day) for one, number in group for day in calendar_days(one, at)]
    listed = ", ".join(f"({number}, date '{day}')" for number, day in days) or "(0, cast(null as date))"
    who = "{professionals}" if subject is Subject.WORKER else "(values ('')) as"
    whose = "t.worker_id" if subject is Subject.WORKER else "t.subject"
    alias = "t" if subject is Subject.WORKER else "t(subject)"
    return (
        f"select p.place, {whose} as subject, p.day, {_NO_TIME} as at_time, {_NO_ENTRY},"
        f" cast(0 as bigint) as entry_id from {who} {alias}"
        f" cross join (values {listed}) as p(place, day) where p.day is not null"
    )


def calendar_days(one: Place, at: date) -> list[date]:
    """The days of a calendar place up to a day: one date, or the same day of every year."""
    if len(one.what) > len("12-31"):
        day = date.fromisoformat(one.what)
        return [day] if day <= at else []
    month, day_of_month = (int(part) for part in one.what.split("-"))
    years = range(FIRST_CALENDAR_YEAR, min(at.year + 1, LAST_YEAR))
    found = (date(year, month, day_of_month) for year in years)
    return [day for day in found if day <= at]
