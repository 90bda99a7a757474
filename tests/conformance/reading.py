"""Read a case of the conformance suite: given these rows of these tables, a measure says this.

A file is a sentence, then tables of aligned words (two spaces or more between columns, `-` for nothing). A table is
named by its first line, without spaces before it; `measure NAME at DATE ... [by GROUP, ...] [known at INSTANT]` begins
a question, and the table below it is the whole answer.
"""

from __future__ import annotations

import itertools
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from keyworker.vocabulary import TABLES, Table, Type

CASES = Path(__file__).parent / "cases"
ENTRY = {
    "entry_id": "bigint",
    "act_id": "bigint",
    "source": "text",
    "row_key": "uuid",
    "digest": "uuid",
    "standing": "text",
    "entered_at": "timestamptz",
    "recorded_at": "timestamptz",
    "superseded_at": "timestamptz",
}
LOADED = datetime(2020, 1, 1, 9, tzinfo=UTC)
_ASKS = re.compile(r"^measure (?P<name>\S+) at (?P<at>[\d\- ]+?)(?: by (?P<by>.+?))?(?: known at (?P<known>\S+))?$")


@dataclass(frozen=True)
class Question:
    """A question and its whole answer, each row a mapping of the columns that the case names."""

    measure: str
    at: tuple[date, ...]
    by: tuple[str, ...]
    known_at: datetime | None
    answer: list[dict[str, str | None]]


@dataclass
class Case:
    """One file of the suite."""

    name: str
    says: str
    entries: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


def cases() -> list[Case]:
    """Every case, by name."""
    return [read(path) for path in sorted(CASES.rglob("*.txt"))]


def read(path: Path) -> Case:
    """One case. Raises ValueError that names the file for a line that is no part of one."""
    blocks = [block.splitlines() for block in path.read_text(encoding="utf-8").strip().split("\n\n")]
    case = Case(str(path.relative_to(CASES).with_suffix("")), " ".join(line.strip() for line in blocks[0]))
    numbers = itertools.count(1)
    for first, *rest in blocks[1:]:
        rows = _rows(path, rest)
        if asks := _ASKS.match(first):
            case.questions.append(_question(asks, rows))
        elif first in TABLES:
            entries = [_entry(TABLES[first], row, next(numbers)) for row in rows]
            case.entries.setdefault(first, []).extend(entries)
        else:
            raise ValueError(f"{path}: {first!r} is neither a described table nor a question")
    if not case.questions:
        raise ValueError(f"{path}: asks nothing")
    return case


def _rows(path: Path, lines: list[str]) -> list[dict[str, str | None]]:
    if not lines:
        return []
    names = re.split(r"  +", lines[0].strip())
    rows = []
    for line in lines[1:]:
        values = re.split(r"  +", line.strip())
        if len(values) != len(names):
            raise ValueError(f"{path}: {line.strip()!r} has {len(values)} values for {len(names)} columns")
        rows.append({name: None if value == "-" else value for name, value in zip(names, values, strict=True)})
    return rows


def _question(asks: re.Match[str], rows: list[dict[str, str | None]]) -> Question:
    by = tuple(name.strip() for name in (asks["by"] or "").split(",") if name.strip())
    known = datetime.fromisoformat(asks["known"]) if asks["known"] else None
    return Question(asks["name"], tuple(map(date.fromisoformat, asks["at"].split())), by, known, rows)


def _entry(table: Table, said: dict[str, str | None], number: int) -> dict[str, Any]:
    """A whole entry; keys that the case does not name are made up, everything else that it does not name is empty."""
    made_up = {name: f"{name} {number}" for name in table.key if table.column(name).type is Type.TEXT}
    plain = {
        "entry_id": number,
        "act_id": 1,
        "source": "ssd",
        "row_key": uuid.uuid5(uuid.NAMESPACE_OID, f"{table.name} {number}"),
        "digest": uuid.UUID(int=0),
        "standing": "reported",
        "entered_at": None,
        "recorded_at": LOADED,
        "superseded_at": None,
    }
    told = {name: _value(table, name, value) for name, value in said.items()}
    return plain | dict.fromkeys(table.column_names) | made_up | told


def _value(table: Table, name: str, value: str | None) -> Any:
    if value is None or name in ("source", "standing"):
        return value
    if name in ENTRY:
        return int(value) if name.endswith("_id") else datetime.fromisoformat(value)
    kind = table.column(name).type
    reads = {
        Type.DATE: date.fromisoformat,
        Type.INSTANT: datetime.fromisoformat,
        Type.INTEGER: int,
        Type.DECIMAL: Decimal,
        Type.FLAG: {"yes": True, "no": False}.__getitem__,
    }
    return reads.get(kind, str)(value)
