"""Which rows of the record each database role sees: a policy for every table, made from the vocabulary.

Whoever reads under the application's role shows a session's secret, and sees the rows about whom was laid down for
that session (`record.sessions`). A table of which nothing is said here is closed to that role.
"""

from __future__ import annotations

from collections.abc import Iterator

from keyworker.record import in_own_name
from keyworker.record.by_thing import writes
from keyworker.record.entry import target
from keyworker.record.in_own_name import KEEPS, MINE
from keyworker.record.in_sight import PLACES, child, opens, seen
from keyworker.record.written import WRITES, WRITING, replaced, written
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.forms import number_of, things_by_table
from keyworker.vocabulary.homes import HERE

NOBODY = "false"
ATTACHED = "exists (select 1 from record.direct_work d where d.work_id = attached.work_id)"
"""Whoever sees direct work sees what is attached to it, sealed as it is; whoever writes it attaches it."""
AGREEING = "agreeing to an erasure"
LOADS = "loads and mappings"
SIGNED_IN = "(select access.session()) is not null"
OF_NO_EXTRACT = (
    f"(kind <> 'entry' or source = '{HERE}') and tables <> '{{}}'"
    " and cut_at is null and known_after is null and known_by is null"
)
"""An act of a person tells of no extract: what they write is Keyworker's own, or mends what an extract told."""
WHOLE = "keyworker_owner, keyworker_loader, keyworker_snapshot, keyworker_service"
"""The roles that see every row: none of them reads for a person."""


def statements(table: Table) -> Iterator[str]:
    """The policies of one described table. Safe to repeat."""
    yield from _policies(target(table), seen(table), written(table), replaced(table))


def numbers() -> str:
    """The function that gives the column that names a row of a table that takes forms about children."""
    named = " ".join(f"when '{name}' then '{number_of(TABLES[name])}'" for name in things_by_table())
    return (
        "create or replace function record.number_of(in_table text) returns text language sql immutable parallel safe"
        f" as $body$ select case in_table {named} end $body$"
    )


def beside() -> Iterator[str]:
    """The policies of what stands beside the described tables. Safe to repeat."""
    yield numbers()
    yield "revoke all on function record.number_of(text) from public"
    by_hand = "kind in ('entry', 'correction', 'ending')"
    of_some = f"({by_hand} or kind = 'erasure' and {opens(AGREEING)} or {KEEPS})"
    as_it_may = f"({KEEPS} or access.is_timely(recorded_at) and {OF_NO_EXTRACT} and {opens(*WRITING)})"
    handles = f"kind <> 'child' and {opens(*PLACES)} or kind = 'child' and {child('listed', 'handle', 'id')}"
    for name, seen_by, written_by in (
        ("record.act", SIGNED_IN, f"{SIGNED_IN} and {in_own_name.AUTHOR} and {of_some} and {as_it_may}"),
        ("record.schema_step", SIGNED_IN, NOBODY),
        ("record.handle_column", SIGNED_IN, NOBODY),
        ("record.erasure", opens(LOADS), NOBODY),
        ("record.refused_load", opens(LOADS), NOBODY),
        ("record.set_aside", opens("rows set aside"), NOBODY),
        ("record.handle", handles, NOBODY),
        ("record.attached", ATTACHED, f"{ATTACHED[:-1]} and {writes('d', WRITES['direct_work'])})"),
        ("record.access_log", f"{MINE} or {opens('the access log')}", MINE),
    ):
        yield from _policies(name, seen_by, written_by)


def _policies(on: str, seen_by: str, written_by: str, replaced_by: str = "") -> Iterator[str]:
    yield f"alter table {on} enable row level security"
    yield f"drop policy if exists whole on {on}"
    yield f"create policy whole on {on} to {WHOLE} using (true) with check (true)"
    yield f"drop policy if exists in_sight on {on}"
    yield f"create policy in_sight on {on} for select to keyworker_application using ({seen_by})"
    yield f"drop policy if exists writing on {on}"
    yield f"create policy writing on {on} for insert to keyworker_application with check ({written_by})"
    yield f"drop policy if exists changing on {on}"
    yield (
        f"create policy changing on {on} for update to keyworker_application using ({seen_by})"
        f" with check ({replaced_by or written_by})"
    )
    yield f"drop policy if exists clearing on {on}"
    yield f"create policy clearing on {on} for delete to keyworker_application using ({seen_by})"
