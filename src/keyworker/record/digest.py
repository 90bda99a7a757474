"""Which row of a source an entry is, and whether its content changed: one canonical text, hashed with md5.

Every engine that prepares entries computes the same text, so a load can compare millions of rows without reading them:

- a value that is empty takes no part; every other one is `name`, U+001E, `text`;
- the parts are joined by U+001F; `row_key` starts with the source, then takes the key columns in the key's order;
  `digest` takes all described columns in alphabetical order of name (by its bytes), and nothing else;
- texts: TEXT as it is; DATE `2026-03-01`; TIME `09:30:00.000000`; INSTANT in UTC, `2026-03-01T09:30:00.000000Z`;
  INTEGER in digits; DECIMAL in digits without exponent, trailing zeros, or a point that nothing follows, and `0` for
  any zero; FLAG `true` or `false`;
- the text is hashed as UTF-8 and the 32 hex digits are read as a uuid.

In SQL: `md5(concat_ws(chr(31), 'name' || chr(30) || value, ...))::uuid`, where `concat_ws` leaves out what is empty.
A column that the vocabulary gains later is empty in older entries, so their digests stay right. Neither hash covers
`entered_at`, `standing` or any instant of the record. A text that holds U+001E or U+001F cannot be trusted to hash
apart from every other; readers set such a row aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from keyworker.vocabulary import Table, Type

BETWEEN = "\x1f"
NAMED = "\x1e"


def row_key(source: str, table: Table, row: Mapping[str, Any]) -> UUID:
    """Which row of a source this is."""
    return _hashed([source, *_parts(table, row, table.key)])


def digest(table: Table, row: Mapping[str, Any]) -> UUID:
    """The content of a row, in 128 bits: equal exactly when the content is equal."""
    return _hashed(_parts(table, row, digest_order(table)))


def digest_order(table: Table) -> tuple[str, ...]:
    """The described columns in the order in which a digest takes them."""
    return tuple(sorted(table.column_names))


def canonical(kind: Type, value: Any) -> str:
    """The text of one value that is not empty. Raises TypeError when the value is not of its column's type."""
    match kind, value:
        case Type.TEXT, str():
            return value
        case Type.DATE, date() if not isinstance(value, datetime):
            return value.isoformat()
        case Type.TIME, time():
            return value.isoformat(timespec="microseconds")
        case Type.INSTANT, datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        case Type.FLAG, bool():
            return "true" if value else "false"
        case Type.INTEGER, int() if not isinstance(value, bool):
            return str(value)
        case Type.DECIMAL, int() | Decimal() if not isinstance(value, bool):
            return _plain(Decimal(value))
    raise TypeError(f"a column of type {kind} cannot hold a {type(value).__name__}")


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        raise TypeError("a decimal column holds finite numbers only")
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if number else "0"


def _parts(table: Table, row: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [
        f"{name}{NAMED}{canonical(table.column(name).type, row[name])}" for name in names if row.get(name) is not None
    ]


def _hashed(parts: list[str]) -> UUID:
    return UUID(hashlib.md5(BETWEEN.join(parts).encode(), usedforsecurity=False).hexdigest())
