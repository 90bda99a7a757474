"""One portable SQL over named tables, read at a moment.

A query says `from {involvements}` and gets the rows of that table as best known, or as known then: standing
reported, begun by the day, later endings not yet seen, one source's row for each fact, one identifier for each child.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from keyworker.facts.endings import ENDING_COLUMNS
from keyworker.facts.lens import Lens
from keyworker.facts.likely import has_likely, needed, without_likely
from keyworker.facts.moment import Moment
from keyworker.facts.shapes import shaped
from keyworker.vocabulary import TABLES, Kind, Table
from keyworker.vocabulary.allocation_roles import PUBLISHED
from keyworker.vocabulary.homes import HERE

ENTRY_COLUMNS = ("entry_id", "act_id", "source", "entered_at", "recorded_at")
DERIVED = (
    "adoption_review",
    "arrangement_reviewed",
    "assessed_year",
    "care_episode",
    "care_review",
    "care_stay",
    "emergency_protection",
    "gap",
    "held_now",
    "held_run",
    "holding",
    "living_arrangement",
    "meaning_then",
    "open_now",
    "open_period",
    "placed_review",
    "placement_step",
    "role_word",
    "secure_order",
    "social_work_appointment",
    "status",
    "step_stay",
    "visit",
)

JOINED = "(select unnest(%(identifiers)s::text[]) as identifier, unnest(%(identifier_roots)s::text[]) as root)"
"""The identifiers that are joined to others, with the one that stands for the child."""

_NAMED = re.compile(r"\{(\w+)(:in_force)?\}")
_KEY_OF = re.compile(r"\{key_of ([\w.]+)\}")
_WITH = re.compile(r"(?:\s*--[^\n]*\n)*\s*with\s")
MOST_TEXTS = 4_000
_texts: dict[tuple[str, Hashable], tuple[str, tuple[str, ...]]] = {}
PARAMETER = re.compile(r"%\((\w+)\)s")


class Engine(StrEnum):
    """Which database runs a query."""

    POSTGRESQL = "postgresql"
    DUCKDB = "duckdb"


@dataclass(frozen=True)
class Rendered:
    """A query ready for an engine, with the parameters that it uses and no others."""

    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


def render(
    query: str, seen: Lens | Moment, engine: Engine = Engine.POSTGRESQL, parameters: dict[str, Any] | None = None
) -> Rendered:
    """Replace every `{table}` in a query by that table's rows at a moment.

    Takes   the query, with `%(name)s` for its own parameters; a moment, or a lens that also says which children.
            `{key_of column}` is a source's word in the form in which words are compared;
            `{table:in_force}` gives only the periods in force at the end of the day;
            `%(at)s` and `%(after)s` (the day after) may be used without being given.
    Gives   SQL for the engine. A named table becomes a subquery, never a shared CTE, so that a filter passes through.
    Raises  KeyError for a name that is neither a described table nor a derived relation.
    """
    lens = seen if isinstance(seen, Lens) else Lens(seen)
    sql, names = _written(query, lens)
    known = {**lens.parameters(as_text=engine is Engine.POSTGRESQL), **(parameters or {}), **_dates(lens.moment)}
    used = {name: known[name] for name in names}
    if engine is Engine.DUCKDB:
        sql = PARAMETER.sub(r"$\1", sql)
    return Rendered(sql, used)


def _written(query: str, lens: Lens) -> tuple[str, tuple[str, ...]]:
    """The text of a query and the names of its parameters: written once for each way of looking at the tables."""
    key = (query, lens.way)
    found = _texts.get(key)
    if found is None:
        if len(_texts) >= MOST_TEXTS:
            _texts.clear()
        sql = _expand(query, lens)
        found = _texts[key] = (sql, tuple(dict.fromkeys(PARAMETER.findall(sql))))
    return found


def render_once(
    query: str, seen: Lens | Moment, engine: Engine = Engine.POSTGRESQL, parameters: dict[str, Any] | None = None
) -> Rendered:
    """The same as `render`, for a query that names a table many times: each named table is written once, as a CTE.

    Only for a query that reads whole tables, or the few children of its lens: a filter of the query itself does not
    pass into a CTE that is used twice.
    """
    lens = seen if isinstance(seen, Lens) else Lens(seen)
    defined: dict[str, str] = {}
    text = _refer(query, lens, defined)
    tables = ",\n".join(f"{alias} as (\n{sql}\n)" for alias, sql in defined.items())
    if tables:
        begun = _WITH.match(text)
        text = f"with {tables},\n{text[begun.end() :]}" if begun else f"with {tables}\n{text}"
    return render(text, lens, engine, parameters)


def _refer(query: str, lens: Lens, defined: dict[str, str]) -> str:
    """Name each table of a query by its CTE, and define those that are not yet defined, the deeper first."""

    def named(found: re.Match[str]) -> str:
        name, running = found.group(1), bool(found.group(2))
        alias = f"known_{name}{'_in_force' if running else ''}"
        if alias not in defined:
            if name in TABLES:
                sql = relation(TABLES[name], lens, running=running)[1:-1]
            elif name == "published_role":
                sql = _published_roles()[1:-1]
            else:
                sql = _refer(derived_sql(name), lens, defined)
            defined[alias] = sql
        return alias

    return _NAMED.sub(named, query)


def relation(table: Table, lens: Lens, *, running: bool = False) -> str:
    """The rows of one described table through a lens, as a subquery in parentheses.

    Takes   running, whether only periods in force are wanted; it asks for them in a way that an index answers.
    """
    if running and table.kind is not Kind.PERIOD:
        raise KeyError(f"{table.name}:in_force")
    if lens.is_taken:
        return f"(select * from record.{table.name} t{' where to_on is null or to_on > %(at)s' if running else ''})"
    if table.name in lens.shared and table.match:
        if _is_of_here_and_another(table, lens):
            return _but_for_ours(table, lens, running=running)
        rows = _one_source(table, lens)
        if has_likely(table) and HERE in lens.precedence.get(table.name, ()) and not lens.is_each_told:
            rows = without_likely(table, rows, lambda told: _told(table, lens, told))
        return f"(select * from {rows} s where to_on is null or to_on > %(at)s)" if running else rows
    where = _where(table, lens) + (" and (t.to_on is null or t.to_on > %(at)s)" if running else "")
    return f"(select {_columns(table, lens)}\n from {_from(table, lens)}\n where {where})"


def history(table: Table, lens: Lens) -> str:
    """Every entry about a table's rows, known or superseded, whatever its dates: for showing how a fact came to be."""
    names = ", ".join(f"t.{name}" for name in (*table.column_names, *ENTRY_COLUMNS, "standing", "superseded_at"))
    return f"(select {names} from record.{table.name} t where {_whose(table, lens) or 'true'})"


def in_force(alias: str) -> str:
    """The condition that a period is in force at the end of the day: its last day counts."""
    return f"({alias}.from_on <= %(at)s and ({alias}.to_on is null or {alias}.to_on > %(at)s))"


def _dates(moment: Moment) -> dict[str, Any]:
    return {"at": moment.at, "after": moment.at + timedelta(days=1), "known_at": moment.known_at}


def key_of(column: str) -> str:
    """A source's word in the form in which words are compared: small letters, single spaces.

    The regular expression is slow and almost never needed, so it is kept from words that have no double space.
    """
    collapsed = f"regexp_replace(trim({column}), '\\s+', ' ', 'g')"
    return f"lower(case when strpos({column}, '  ') > 0 then {collapsed} else trim({column}) end)"


def _expand(query: str, lens: Lens) -> str:
    query = _KEY_OF.sub(lambda found: key_of(found.group(1)), query)
    return _NAMED.sub(lambda found: _named(found.group(1), lens, running=bool(found.group(2))), query)


def _named(name: str, lens: Lens, *, running: bool) -> str:
    if name in TABLES:
        return relation(TABLES[name], lens, running=running)
    if name == "published_role":
        return _published_roles()
    return f"(\n{_expand(derived_sql(name), lens)}\n)"


@cache
def derived_sql(name: str) -> str:
    """The SQL of a derived relation, in the shape that its file says."""
    if name not in DERIVED:
        raise KeyError(name)
    return shaped((files("keyworker.facts") / "sql" / f"{name}.sql").read_text(encoding="utf-8").strip())


@cache
def tables_named(sql: str) -> frozenset[str]:
    """The described tables that a query reads, through whatever derived relations. Raises KeyError for other names."""
    found: set[str] = set()
    for name, _ in _NAMED.findall(sql):
        if name in TABLES:
            found.add(name)
        elif name != "published_role":
            found |= tables_named(derived_sql(name))
    return frozenset(found)


@cache
def _published_roles() -> str:
    rows = ", ".join(f"('{said}', '{role}')" for said, role in sorted(PUBLISHED.items()))
    return f"(select * from (values {rows}) as published(said, role))"


def _columns(table: Table, lens: Lens) -> str:
    return ", ".join([*(_column(table, name, lens) for name in table.column_names), *(f"t.{n}" for n in ENTRY_COLUMNS)])


def _column(table: Table, name: str, lens: Lens) -> str:
    if name == "child_id" and lens.roots:
        return "coalesce(one_child.root, cast(t.child_id as text)) as child_id"
    if name == "to_on" and table.kind is Kind.PERIOD:
        return "case when t.to_on <= %(after)s then t.to_on end as to_on"
    if name in ENDING_COLUMNS.get(table.name, ()):
        return f"case when t.to_on is null or t.to_on <= %(after)s then t.{name} end as {name}"
    return f"t.{name}"


def _from(table: Table, lens: Lens) -> str:
    if table.has("child_id") and lens.roots:
        return f"record.{table.name} t left join {JOINED} one_child on one_child.identifier = cast(t.child_id as text)"
    return f"record.{table.name} t"


def _where(table: Table, lens: Lens) -> str:
    known = "t.superseded_at is null"
    if lens.moment.is_known_then:
        known = "t.recorded_at <= %(known_at)s and (t.superseded_at is null or t.superseded_at > %(known_at)s)"
    parts = [known, "t.standing = 'reported'", _begun(table), _whose(table, lens), _of_its_home(table, lens)]
    return " and ".join(filter(None, parts))


def _of_its_home(table: Table, lens: Lens) -> str:
    """Of a table whose home is Keyworker, what another source tells of the days after it became so is not read."""
    day = "from_on" if table.kind is Kind.PERIOD else "happened_on"
    later = " or ".join(
        f"t.{day} > date '{home.from_on}'" + (f" and t.{day} < date '{home.to_on}'" if home.to_on else "")
        for home in lens.homes.get(table.name, ())
    )
    return f"(t.source = '{HERE}' or not ({later}))" if later else ""


def _begun(table: Table) -> str:
    if table.kind is Kind.PERIOD:
        return "t.from_on <= %(at)s"
    if table.kind is Kind.EVENT:
        return "(t.happened_on is null or t.happened_on <= %(at)s)"
    return ""


def _whose(table: Table, lens: Lens) -> str:
    if lens.is_on_workers and table.has("child_id") and table.has("worker_id"):
        return "t.worker_id is not null"
    return "t.child_id = any(%(child_ids)s::text[])" if lens.child_ids is not None and table.has("child_id") else ""


def _is_of_here_and_another(table: Table, lens: Lens) -> bool:
    """Whether a table has two sources, of which what was written here speaks first."""
    order = lens.precedence.get(table.name, ())
    return len(order) == 2 and order[0] == HERE


def _but_for_ours(table: Table, lens: Lens, *, running: bool) -> str:
    """What was written here, and of the other source what it does not say again.

    It gives what `_one_source` would. What is written by hand is little, so a look for it among all rows costs less
    than to order them all, and an index on what still runs can be used.
    """
    names = ", ".join((*table.column_names, *ENTRY_COLUMNS))
    where = _where(table, lens)
    still = " and (t.to_on is null or t.to_on > %(at)s)" if running else ""
    inner = f"select {_columns(table, lens)}\n from {_from(table, lens)}\n where {where}"
    matched = ", ".join(_column(table, name, lens) for name in table.match)
    ours = f"select {matched} from {_from(table, lens)} where {where} and t.source = '{HERE}'"
    same = " and ".join(f"ours.{name} = told.{name}" for name in table.match)
    return (
        f"(select {names} from ({inner}{still}) told\n where"
        f" not exists (select 1 from ({ours}) ours where {same} and told.source <> '{HERE}'))"
    )


def _told(table: Table, lens: Lens, told: str) -> str:
    """What is needed to find likely pairs, of every source's rows that the lens sees and a condition holds of."""
    listed = ", ".join(["t.entry_id", *(_column(table, name, lens) for name in needed(table))])
    return f"(select {listed} from {_from(table, lens)} where {_where(table, lens)} and {told})"


def _one_source(table: Table, lens: Lens) -> str:
    """Rows of several sources that agree in the match columns are one fact: the first source by precedence speaks.

    Two rows of one source stay two, and a row that lacks a match column is matched with nothing.
    """
    order = f"coalesce(nullif(array_position(%(sources_{table.name})s::text[], source), 0), 9999)"
    whole = " and ".join(f"{name} is not null" for name in table.match)
    names = ", ".join((*table.column_names, *ENTRY_COLUMNS))
    inner = f"select {_columns(table, lens)}\n from {_from(table, lens)}\n where {_where(table, lens)}"
    ranked = f"select m.*, {order} as rank_of_source from ({inner}) m"
    first = (
        f"select r.*, min(rank_of_source) over (partition by {', '.join(table.match)}) as first_rank from ({ranked}) r"
    )
    return f"(select {names} from ({first}) b where rank_of_source = first_rank or not ({whole}))"
