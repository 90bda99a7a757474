"""The lens for a moment on a record: which tables several sources share, who speaks first, which identifiers are one.

Most of it changes only with an act, so it is read once for each act and moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import psycopg

from keyworker.facts.identity import is_adoption_ceasing, is_adoption_closure, is_adoption_order, roots
from keyworker.facts.lens import DEFAULT_PRECEDENCE, FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import in_force, render
from keyworker.facts.remembered import last_act, remembered
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.homes import HERE, TABLES_AT_HOME, AtHome, at_home

__all__ = ["adopted", "last_act", "lens_at", "lens_of", "precedence"]

_NEW_SOURCE = """select exists (
    select from unnest(last.tables) as told where not exists (
        select from record.act a where a.source = last.source and a.act_id < last.act_id and told = any(a.tables)))
from (select act_id, source, tables from record.act order by act_id desc limit 1) last"""
"""Whether the last act is the first by which its source tells a table: only then is a table looked at otherwise."""

Ask = Callable[[str, Lens], Sequence[tuple[Any, ...]]]


def lens_at(connection: psycopg.Connection, moment: Moment) -> Lens:
    """The lens through which a record is looked at from a moment, on all children."""
    return remembered(connection, "lens", moment, lambda on: _lens(on, moment), of=())


def _lens(connection: psycopg.Connection, moment: Moment) -> Lens:
    def ask(query: str, lens: Lens) -> list[tuple[Any, ...]]:
        asked = render(query, lens)
        return connection.execute(asked.sql.encode(), asked.parameters).fetchall()

    return lens_of(ask, lambda: _sources(connection), moment)


def lens_of(ask: Ask, sources_of: Callable[[], Mapping[str, set[str]]], moment: Moment) -> Lens:
    """The lens for a moment on whatever answers questions about the named tables.

    Takes   sources_of, which gives the sources that ever told each table.
    """
    plain = Lens(moment)
    sources = sources_of()
    shared = frozenset(name for name, found in sources.items() if len(found) > 1 and TABLES[name].match)
    homes = _homes(ask, plain) if "setting" in sources else {}
    return Lens(
        moment,
        shared=shared,
        precedence=_precedence(ask, plain, {name: sources[name] for name in shared}, homes),
        homes=homes,
        roots=_roots(ask, plain),
    )


def lens_after(connection: psycopg.Connection, before: Lens) -> Lens:
    """A lens as it is after an act of this transaction, of which nobody else knows: nothing of it is remembered.

    Takes   before, the lens before the act, which joined no identifiers, set nothing and tells of no adoption.
    """
    row = connection.execute(_NEW_SOURCE.encode()).fetchone()
    if row is not None and not row[0]:
        return before

    def ask(query: str, lens: Lens) -> list[tuple[Any, ...]]:
        asked = render(query, lens)
        return connection.execute(asked.sql.encode(), asked.parameters).fetchall()

    after = lens_of(ask, lambda: _sources(connection), before.moment)
    return replace(after, roots=before.roots)


def _sources(connection: psycopg.Connection) -> dict[str, set[str]]:
    """The sources whose acts touched each table."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, source in connection.execute("select distinct unnest(tables), source from record.act"):
        if table in TABLES:
            found[table].add(source)
    return found


def _homes(ask: Ask, lens: Lens) -> dict[str, tuple[AtHome, ...]]:
    """The days on which Keyworker was the home of each table, as far as the moment knows of them."""
    kinds = ", ".join(f"'{kind}'" for kind in TABLES_AT_HOME.values())
    said = ask(
        "select lower(name), from_on, to_on, value from {setting} s"
        f" where lower(name) in ({kinds}) and lower(applies_to) = 'all' order by from_on, entry_id",
        lens,
    )
    by_kind = {kind: at_home(row[1:] for row in said if row[0] == kind) for kind in TABLES_AT_HOME.values()}
    return {table: by_kind[kind] for table, kind in TABLES_AT_HOME.items() if by_kind[kind]}


def _precedence(
    ask: Ask, lens: Lens, shared: dict[str, set[str]], homes: Mapping[str, tuple[AtHome, ...]]
) -> dict[str, tuple[str, ...]]:
    """Of a table whose home Keyworker is or was, what was written here speaks before all else."""
    if not shared:
        return {}
    said = ask(
        f"select applies_to, value from {{setting}} s where name = 'source precedence' and {in_force('s')}", lens
    )
    rows: dict[str, str] = dict(said)
    found = {table: precedence(rows.get(table) or rows.get("all"), sources) for table, sources in shared.items()}
    return {
        table: tuple(sorted(order, key=lambda one: one != HERE)) if table in homes else order
        for table, order in found.items()
    }


def precedence(value: str | None, sources: set[str]) -> tuple[str, ...]:
    """The sources of a table in the order in which they speak: those the setting names, the usual ones, the others.

    Takes   value, the setting's names with commas between them, or None where there is no setting.
    """
    said = [name.strip() for name in (value or "").split(",") if name.strip()]
    order = dict.fromkeys([*said, *DEFAULT_PRECEDENCE, *sorted(sources)])
    return tuple(name for name in order if name in sources)


def _roots(ask: Ask, lens: Lens) -> dict[str, str]:
    links = ask(f"select child_id, same_as from {{identity_link}} k where {in_force('k')}", lens)
    if not links:
        return {}
    named = sorted({identifier for link in links for identifier in link})
    # A join undone late is a join that showed an adoption, so what is known now also counts for an earlier moment.
    now = Lens(Moment(FAR))
    gone = adopted(ask, lens.of(named)) | adopted(ask, now.of(named))
    return roots(links, gone)


def adopted(ask: Ask, lens: Lens) -> frozenset[str]:
    """Of the lens's children, those who were adopted, by whatever the record says so."""
    rows = ask(
        """select child_id, 'closure', close_reason from {cin_episodes} c where close_reason is not null
        union all
        select child_id, 'ceasing', episode_ceased_reason from {cla_episodes} l where episode_ceased_reason is not null
        union all
        select child_id, 'order', permanence_order_type from {permanence} p where permanence_order_type is not null""",
        lens,
    )
    means = {"closure": is_adoption_closure, "ceasing": is_adoption_ceasing, "order": is_adoption_order}
    return frozenset(child_id for child_id, kind, said in rows if means[kind](said))
