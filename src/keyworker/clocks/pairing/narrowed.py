"""Which rows of a table what is still open can hang on, so that no others are taken out of the record for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from keyworker.clocks.events import reads
from keyworker.clocks.pairing.told import Wanted
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.rules import Subject
from keyworker.clocks.spans import span_sql
from keyworker.facts.columns.taken import Last
from keyworker.facts.columns.told import written_out
from keyworker.facts.relations import tables_named
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.codes import codes

_WHOSE = {Subject.CHILD: "child_id", Subject.WORKER: "worker_id"}
_SIMPLE = (PlaceKind.COLUMN, PlaceKind.STEP, PlaceKind.VISIT, PlaceKind.ENTERED)
_VISITS = {"cin": "cin_visits", "cp": "cp_visits", "cla": "cla_visits"}
_OTHER_VISIT = "other_visit"
_VISITS_OF = re.compile(r"\{visit\} (\w+)\s+where \1\.kind = '(\w+)'")

# Every visit that says nothing of what came of it, and some that do: `facts/sql/visit.sql` says which.
_UNSAID = """t.seen is null and coalesce(lower(replace(t.outcome, '_', ' ')), '')
    not in ('seen', 'seen alone', 'not seen', 'cancelled', 'no access')"""
_OF_A_VISIT = frozenset({"child_id", "visit_kind", "outcome", "seen", "seen_alone"})


def narrowed(wanted: Wanted) -> Mapping[str, Last]:
    """Of the tables of which some happenings only matter on their last day, which rows are wanted.

    Gives   nothing where what is over is wanted too. A table that a derived event or a span reads is wanted whole, of
            steps those of the kinds that they name.
    """
    if not wanted.is_open or wanted.subject not in _WHOSE:
        return {}
    derived = "\n".join(written_out(text) for text in _derived(wanted))
    read_whole = _tables(derived) - {"step"}
    uses: dict[str, list[Place]] = defaultdict(list)
    for one in wanted.places:
        for table in _tables_of(one):
            uses[table].append(one)
    found = {name: _last(name, places, wanted, derived) for name, places in uses.items() if name not in read_whole}
    return {name: last for name, last in found.items() if last is not None}


def _derived(wanted: Wanted) -> Iterable[str]:
    for one in wanted.places:
        if one.kind not in _SIMPLE:
            yield reads(one, wanted.subject)
    yield from map(span_sql, wanted.spans)


def _tables(text: str) -> set[str]:
    """The tables that a text reads; of all kinds of visit only those that it says, where it says so."""
    kinds = [kind for _, kind in _VISITS_OF.findall(text)]
    if text.count("{visit}") > len(kinds):
        return set(tables_named(text))
    of_kinds = {_VISITS.get(kind, _OTHER_VISIT) for kind in kinds}
    return set(tables_named(_VISITS_OF.sub("", text))) | of_kinds


def _tables_of(one: Place) -> list[str]:
    if one.kind is PlaceKind.VISIT:
        return [*_VISITS.values(), _OTHER_VISIT] if one.what == "any" else [_VISITS.get(one.what, _OTHER_VISIT)]
    return [one.table] if one.table else []


def _last(name: str, places: list[Place], wanted: Wanted, derived: str) -> Last | None:
    """None where every row is wanted."""
    whole = [one for one in places if one not in wanted.last]
    by_row = [one for one in places if wanted.last.get(one)]
    if len(whole) == len(places):
        return None
    if name == "step":
        kinds = {one.what for one in whole} | {kind for kind in codes("step_kind") if f"'{kind}'" in derived}
        unentered = f"(t.entered_at is null and {_is_of({one.what for one in by_row})})"
        named = _is_of({one.what for one in places})
        return Last(
            _columns(name, places, wanted) | {"kind", "happened_time"}, f"{_is_of(kinds)} or {unentered}", named
        )
    if name in (*_VISITS.values(), _OTHER_VISIT):
        is_said = any(one.column != "unsaid" for one in whole) or any(one.kind is not PlaceKind.VISIT for one in places)
        unwritten = " or t.entered_at is null" if by_row else ""
        return None if is_said else Last(_OF_A_VISIT, _UNSAID + unwritten, are_few=True)
    if by_row:
        return None
    is_happening = all(one.column == "happened_on" for one in places)
    has_whose = TABLES[name].has(_WHOSE[wanted.subject])
    return Last(_columns(name, places, wanted)) if is_happening and has_whose and not whole else None


def _columns(name: str, places: list[Place], wanted: Wanted) -> frozenset[str]:
    """Whose a row is, and what decides which places it belongs to."""
    told = {column for one in places for column, _ in one.only}
    times = {column for column in ("happened_time",) if TABLES[name].has(column)}
    return frozenset({_WHOSE[wanted.subject], *told, *times})


def _is_of(kinds: Iterable[str]) -> str:
    listed = ", ".join("'" + kind.replace("'", "''") + "'" for kind in sorted(kinds))
    return f"t.kind in ({listed})" if listed else "false"
