"""The key and the digest of a row as the database works them out, by the same canonical text as `record.digest`.

Whoever writes under the application's role says both; a policy holds them to the row. Another row's key on a row of
one's own child would tell whether that other row stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from keyworker.record.digest import digest_order
from keyworker.record.entry import quoted
from keyworker.record.in_own_name import KEEPS
from keyworker.vocabulary import Column, Table, Type
from keyworker.vocabulary.homes import HERE

_BETWEEN, _NAMED = "chr(31)", "chr(30)"
TEXTS = {
    Type.TEXT: "{0}",
    Type.DATE: "to_char({0}, 'YYYY-MM-DD')",
    Type.TIME: "to_char({0}, 'HH24:MI:SS.US')",
    Type.INSTANT: """to_char({0} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    Type.INTEGER: "{0}::text",
    Type.DECIMAL: "trim_scale({0})::text",
    Type.FLAG: "{0}::text",
}


def keyed(table: Table) -> str:
    """The condition that a row has the key and the digest of what it says, and is of Keyworker's own: of another
    source only what stood before is written anew, so that a number of the case system's cannot be tried either. It was
    entered as it is recorded, or when what it takes the place of was."""
    key, digest = _hashed(["source", *_parts(table, table.key)]), _hashed(_parts(table, digest_order(table)))
    ours = f"source = '{HERE}' or access.stood('{table.name}', row_key, source)"
    entered = f"entered_at = recorded_at or access.was_entered('{table.name}', row_key, recorded_at, entered_at)"
    return f"({KEEPS} or row_key = {key} and digest = {digest} and ({ours}) and ({entered}))"


def _parts(table: Table, names: Iterable[str]) -> list[str]:
    return [f"'{name}' || {_NAMED} || {_text(table, table.column(name))}" for name in names]


def _text(table: Table, column: Column) -> str:
    return TEXTS[column.type].format(f"{quoted(table.name)}.{quoted(column.name)}")


def _hashed(parts: list[str]) -> str:
    return f"md5(concat_ws({_BETWEEN}, {', '.join(parts)}))::uuid"
