"""From one described table to the SQL that makes it: columns, indexes, guards and grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keyworker.record.entry import (
    ENTRY_COLUMNS,
    ERASED,
    GIVEN,
    NO_LONGER_REPORTED,
    REPORTED,
    listed,
    quoted,
    sql_type,
    target,
)
from keyworker.record.parents import owning
from keyworker.vocabulary import Column, Kind, Table
from keyworker.vocabulary.homes import HERE, TABLES_AT_HOME

OF_THE_PAIR = frozenset({"supervision_note"})
"""What no role reads that does not read for a person: the words that two people wrote down of their supervision."""


def statements(table: Table) -> Iterator[str]:
    """Everything that makes one table, ready to take entries."""
    yield create_table(table)
    yield from create_indexes(table)
    yield from planning(table)
    yield from guards(table)
    yield from grants(table)


def create_table(table: Table) -> str:
    """The table itself. What the vocabulary requires must be there, save in an entry that was erased."""
    columns = [f"{name} {kind}" for name, kind in ENTRY_COLUMNS.items()]
    columns += [f"{quoted(column.name)} {sql_type(column)}" for column in table.columns]
    return f"create table {target(table)} ({', '.join([*columns, *checks(table)])})"


def checks(table: Table) -> Iterator[str]:
    """The conditions on every entry of a table."""
    needed = ["digest", *(column.name for column in table.columns if column.required)]
    present = " and ".join(f"{quoted(name)} is not null" for name in needed)
    yield f"constraint standing_known check (standing in ('{REPORTED}', '{NO_LONGER_REPORTED}', '{ERASED}'))"
    yield f"constraint content_present check (standing = '{ERASED}' or {present})"


def indexes(table: Table) -> dict[str, str]:
    """The few indexes of a table, beside the one on `entry_id`: name and definition.

    One current entry to a row; the rows about one child or worker, events by day; what a parent row owns where
    nobody is named; one worker's rows, one family's; periods by their end, to find those still running; what was
    superseded when; those to which rows of other tables belong, by what these say; what was written here of a table
    whose home Keyworker may be; what one worker is to do when.
    """
    where_current = "where superseded_at is null"
    wanted = {
        "current": f"(row_key) {where_current}",
        "superseded": "(superseded_at) where superseded_at is not null",
    }
    about = table.about or _parent(table)
    if about:
        day = ["happened_on"] if table.kind is Kind.EVENT else []
        wanted["about"] = f"({listed([about, *day])})"
    if table.kind is Kind.PERIOD:
        wanted["running"] = f"(to_on) {where_current}"
        if table.has("worker_id") and table.about not in ("", "worker_id"):
            wanted["worker"] = "(worker_id)"
    if about and about != "worker_id" and table.has("worker_id") and not table.column(about).required:
        wanted["worker"] = "(worker_id) where worker_id is not null"  # each of its rows is about the one or the other
    if table.name in TABLES_AT_HOME and table.match:
        wanted["here"] = f"({about}) where source = '{HERE}'"  # beside another source's rows these few speak first
    if table.has("planned_on") and table.has("worker_id"):
        wanted["planned"] = f"(worker_id, planned_on) {where_current}"
    if table.has("family_id"):
        wanted["family"] = "(family_id)"
    if key := owning(table):
        wanted["owning"] = f"({key})"  # who sees some children is asked of each owned row whose it is
    return {
        f"{table.name}_{name}": f"create {'unique ' if name == 'current' else ''}index {table.name}_{name} "
        f"on {target(table)} {over}"
        for name, over in wanted.items()
    }


def create_indexes(table: Table, names: Iterable[str] | None = None) -> Iterator[str]:
    """Make a table's indexes, all or those named, and keep their definitions for a load that builds them late."""
    defined = indexes(table)
    for name in defined if names is None else names:
        definition = defined[name]
        kept = definition.replace("'", "''")
        yield definition
        yield (
            "insert into record.index_definition (index_name, table_name, definition) "
            f"values ('{name}', '{table.name}', '{kept}')"
        )


def planning(table: Table) -> Iterator[str]:
    """What the planner is told. Safe to repeat.

    Each child has about as few rows as any other. Were the most common ones listed, as they are by default, each of
    thousands of children in a question would be looked for among them: that took longer than the reading itself.
    """
    if table.has("child_id"):
        yield f"alter table {target(table)} alter column child_id set statistics 1"
    for column in identifying(table):
        yield f"alter table {target(table)} alter column {quoted(column.name)} set statistics 0"


def identifying(table: Table) -> list[Column]:
    """The columns of which the planner keeps no sample: whoever may explain a question is told what it estimates from
    all rows, and so whether a name, an address or a reason stands in a row that they do not see."""
    return [column for column in table.columns if column.identifying]


def forgetting(table: Table) -> Iterator[str]:
    """Throw away samples that were taken before; on a server that cannot (before PostgreSQL 18) they stay."""
    for column in identifying(table):
        yield (
            "do $body$ begin if current_setting('server_version_num')::int >= 180000 then"
            f" perform pg_clear_attribute_stats('record', '{table.name}', '{column.name}', false);"
            " end if; end $body$"
        )


def _parent(table: Table) -> str:
    others = [column.name for column in table.columns if column.name.endswith("_id") and column.name not in table.key]
    return others[0] if others else ""


def guards(table: Table) -> Iterator[str]:
    """The triggers that let a table grow and nothing else."""
    on, name = target(table), table.name
    yield (
        f"create or replace trigger {name}_within_act before insert or update on {on} "
        "for each statement execute function record.guard_write()"
    )
    yield (
        f"create or replace trigger {name}_only_grows before delete or truncate on {on} "
        "for each statement execute function record.refuse()"
    )
    kept = [*(name for name in ENTRY_COLUMNS if name != "superseded_at"), *table.column_names]
    yield (
        f"create or replace trigger {name}_unchanged before update on {on} for each row "
        "when (old.superseded_at is not null or new.superseded_at is null "
        f"or ({listed(kept, 'old.')}) is distinct from ({listed(kept, 'new.')})) "
        "execute function record.guard_change()"
    )
    yield (
        f"create or replace trigger {name}_superseded_now after update on {on} referencing new table as changed "
        "for each statement execute function record.guard_superseding()"
    )


def grants(table: Table) -> Iterator[str]:
    """What each role may do with a table. Nobody may name an entry's number, or an entry born superseded."""
    on = target(table)
    yield f"revoke all on {on} from public"
    yield f"revoke all on {on} from keyworker_service"
    readers = "keyworker_application" + ("" if table.stays else ", keyworker_loader, keyworker_snapshot")
    readers += "" if table.name in OF_THE_PAIR else ", keyworker_service"
    writers = "keyworker_application" + ("" if table.stays else ", keyworker_loader")
    yield f"grant select on {on} to {readers}"
    writable = listed([*GIVEN, *table.column_names])
    yield f"grant insert ({writable}), update (superseded_at) on {on} to {writers}"


def add_column(table: Table, column: Column) -> str:
    """Add one described column to a table that has entries, empty for all of them."""
    return f"alter table {target(table)} add column {quoted(column.name)} {sql_type(column)}"
