"""The lens for a moment on a record: which tables several sources share, who speaks first, which identifiers are one.

Most of it changes only with an act, so it is read once for each act and moment.
"""

from __future__ import annotations

from collections import defaultdict

import psycopg

from keyworker.facts.identity import is_adoption_ceasing, is_adoption_closure, is_adoption_order, roots
from keyworker.facts.lens import DEFAULT_PRECEDENCE, FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import in_force, render
from keyworker.facts.remembered import last_act, remembered
from keyworker.vocabulary import TABLES

__all__ = ["last_act", "lens_at", "precedence"]


def lens_at(connection: psycopg.Connection, moment: Moment) -> Lens:
    """The lens through which a record is looked at from a moment, on all children."""
    return remembered(connection, "lens", moment, lambda: _lens(connection, moment))


def _lens(connection: psycopg.Connection, moment: Moment) -> Lens:
    plain = Lens(moment)
    sources = _sources(connection)
    shared = frozenset(name for name, found in sources.items() if len(found) > 1 and TABLES[name].match)
    return Lens(
        moment,
        shared=shared,
        precedence=_precedence(connection, plain, {name: sources[name] for name in shared}),
        roots=_roots(connection, plain),
    )


def _sources(connection: psycopg.Connection) -> dict[str, set[str]]:
    """The sources whose acts touched each table."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, source in connection.execute("select distinct unnest(tables), source from record.act"):
        if table in TABLES:
            found[table].add(source)
    return found


def _precedence(connection: psycopg.Connection, lens: Lens, shared: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    if not shared:
        return {}
    asked = render(
        f"select applies_to, value from {{setting}} s where name = 'source precedence' and {in_force('s')}", lens
    )
    rows: dict[str, str] = dict(connection.execute(asked.sql.encode(), asked.parameters).fetchall())
    return {table: precedence(rows.get(table) or rows.get("all"), sources) for table, sources in shared.items()}


def precedence(value: str | None, sources: set[str]) -> tuple[str, ...]:
    """The sources of a table in the order in which they speak: those the setting names, the usual ones, the others.

    Takes   value, the setting's names with commas between them, or None where there is no setting.
    """
    said = [name.strip() for name in (value or "").split(",") if name.strip()]
    order = dict.fromkeys([*said, *DEFAULT_PRECEDENCE, *sorted(sources)])
    return tuple(name for name in order if name in sources)


def _roots(connection: psycopg.Connection, lens: Lens) -> dict[str, str]:
    asked = render(f"select child_id, same_as from {{identity_link}} k where {in_force('k')}", lens)
    links = connection.execute(asked.sql.encode(), asked.parameters).fetchall()
    if not links:
        return {}
    named = sorted({identifier for link in links for identifier in link})
    # A join undone late is a join that showed an adoption, so what is known now also counts for an earlier moment.
    now = Lens(Moment(FAR))
    adopted = _adopted(connection, lens.of(named)) | _adopted(connection, now.of(named))
    return roots(links, adopted)


def _adopted(connection: psycopg.Connection, lens: Lens) -> frozenset[str]:
    asked = render(
        """select child_id, 'closure', close_reason from {cin_episodes} c where close_reason is not null
        union all
        select child_id, 'ceasing', episode_ceased_reason from {cla_episodes} l where episode_ceased_reason is not null
        union all
        select child_id, 'order', permanence_order_type from {permanence} p where permanence_order_type is not null""",
        lens,
    )
    means = {"closure": is_adoption_closure, "ceasing": is_adoption_ceasing, "order": is_adoption_order}
    rows = connection.execute(asked.sql.encode(), asked.parameters)
    return frozenset(child_id for child_id, kind, said in rows if means[kind](said))
