"""Carry a return's records into described tables, giving rows that have no id a stable one, and count what is left.

An id is made of the child's own id, what the row is and its natural key. Rows that share all three are told apart
by an ordinal; it follows what the rows say, not where they stand, so that another row order gives the same ids.
Rows that say the same get the same id, and the loader sees that they are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from keyworker.intake.contract import BESIDE_FAULTS, FAULT, ROW, Batch
from keyworker.intake.gathered import INDEX, PARENT, Gathered, Leftovers

BATCH = 50_000
MADE = "@"  # a field that a reader made begins so; it is never a value of the file
ORIGIN = "@origin"  # the kind of record that a made record was gathered from
_PLUMBING = {ROW, INDEX, PARENT, *BESIDE_FAULTS}


@dataclass(frozen=True)
class Made:
    """A column worked out from some fields of the file."""

    fields: tuple[str, ...]
    value: pl.Expr


@dataclass(frozen=True)
class Fixed:
    """A column that says the same on every row, such as the kind of an identifier."""

    value: str | None


@dataclass(frozen=True)
class Carry:
    """How one kind of record becomes rows of one described table.

    Takes   columns, from the table's column to a field of the file, or to what is made of some;
            when, fields of which at least one must be filled for a row to be given (empty: always).
    """

    kind: str
    table: str
    columns: Mapping[str, str | Made | Fixed]
    when: tuple[str, ...] = ()
    also: tuple[str, ...] = field(default=())  # fields kept by other means, such as inside an id


def iso(name: str) -> pl.Expr:
    """A date as year-month-day, whichever way the file writes it; other text unchanged."""
    text = pl.col(name).str.strip_chars().str.head(10)
    days = [text.str.to_date(shape, strict=False) for shape in ("%Y-%m-%d", "%d/%m/%Y")]
    return pl.coalesce([day.dt.to_string("%Y-%m-%d") for day in days] + [pl.col(name)])


def with_fields(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The frame with every named field, empty where the file has none."""
    absent = [pl.lit(None, pl.String()).alias(name) for name in dict.fromkeys(names) if name not in frame.columns]
    return frame.with_columns(absent) if absent else frame


def identified(
    frame: pl.DataFrame, into: str, kind: str, child: str, natural: Sequence[str], positions: Sequence[str] = ()
) -> pl.DataFrame:
    """Give each record a stable id in the field `into`: child, kind and natural key, with an ordinal where needed.

    Takes   positions, fields that say where the record stands in the file and nothing of the child.
    A record without a child gets no id, and the loader sets its rows aside.
    """
    frame = with_fields(frame, [child, *natural])
    key = pl.concat_str([pl.col(child), pl.lit(kind), *(iso(name).fill_null("-") for name in natural)], separator="/")
    frame = frame.with_columns(key.alias(into))
    said = [name for name in frame.columns if name not in {*_PLUMBING, into, *positions}]
    shared = frame.filter(pl.col(into).is_not_null() & pl.col(into).is_duplicated())
    if shared.is_empty():
        return frame
    names = _ordinals(shared.select(INDEX, into, *sorted(said)))
    return (
        frame.join(names, on=INDEX, how="left", maintain_order="left")
        .with_columns(pl.coalesce("@ordinal", into).alias(into))
        .drop("@ordinal")
    )


def _ordinals(shared: pl.DataFrame) -> pl.DataFrame:
    contents: dict[str, set[tuple[str, ...]]] = {}
    rows: list[tuple[int, str, tuple[str, ...]]] = []
    for index, key, *said in shared.iter_rows():
        content = tuple(value or "" for value in said)
        contents.setdefault(key, set()).add(content)
        rows.append((index, key, content))
    places = {key: {content: at for at, content in enumerate(sorted(found), 1)} for key, found in contents.items()}
    return pl.DataFrame(
        {
            INDEX: [index for index, _, _ in rows],
            "@ordinal": [f"{key}/{at}" if (at := places[key][content]) > 1 else key for _, key, content in rows],
        },
        schema={INDEX: pl.Int64(), "@ordinal": pl.String()},
    )


def from_parent(frame: pl.DataFrame, parent: pl.DataFrame, fields: Mapping[str, str]) -> pl.DataFrame:
    """Copy fields of the parent record, under new names, onto each record below it."""
    taken = parent.select(pl.col(INDEX).alias(PARENT), *(pl.col(old).alias(new) for old, new in fields.items()))
    return frame.join(taken, on=PARENT, how="left", maintain_order="left")


def batches(frames: Mapping[str, pl.DataFrame], carries: Sequence[Carry], gathered: Gathered) -> Iterator[Batch]:
    """The rows that the carries make of the records, some at a time."""
    for carry in carries:
        frame = frames.get(carry.kind)
        if frame is None or frame.is_empty():
            continue
        said = {name: _said(value) for name, value in carry.columns.items()}
        says = {name: field for name, field in said.items() if field}
        for kind, part in _by_origin(frame, carry.kind):
            rows = _rows(part, carry)
            for at in range(0, rows.height, BATCH):
                yield Batch(carry.table, gathered.file_of(kind), rows.slice(at, BATCH), says)


def _by_origin(frame: pl.DataFrame, kind: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Records by the kind of record that they were gathered from, which says where a person finds their rows."""
    if ORIGIN not in frame.columns:
        yield kind, frame
        return
    for part in frame.partition_by(ORIGIN, maintain_order=True):
        yield part[ORIGIN][0] or kind, part


def unsound_batches(
    unsound: Gathered, frames: Mapping[str, pl.DataFrame], carries: Sequence[Carry], tables: Mapping[str, str]
) -> Iterator[Batch]:
    """The rows that a reader does not trust, each once, with their values as far as they can be told.

    Takes   unsound, such records by kind, with their faults; frames, what linking made of them;
            tables, the described table that each kind would have gone to.
    """
    for kind, rows in unsound.frames().items():
        if rows.is_empty():
            continue
        table = tables[kind]
        carry = next((one for one in carries if one.table == table and not one.when and one.kind in frames), None)
        told = _rows(frames[carry.kind], carry) if carry else rows.select(ROW, *BESIDE_FAULTS).clear()
        told = told.filter(pl.col(FAULT).is_not_null()).join(
            rows, on=(ROW, *BESIDE_FAULTS), how="semi", nulls_equal=True
        )
        rest = rows.join(told, on=ROW, how="anti").select(ROW, *BESIDE_FAULTS)
        for frame in (told, rest):
            if frame.height:
                yield Batch(table, unsound.file_of(kind), frame)


def left_over(
    frames: Mapping[str, pl.DataFrame], carries: Sequence[Carry], left: Leftovers, elsewhere: Sequence[str] = ()
) -> None:
    """Count every value of the file that no carry keeps.

    Takes   elsewhere, fields that records of another kind keep for all.
    """
    for kind, frame in frames.items():
        own = [carry for carry in carries if carry.kind == kind]
        for name in frame.columns:
            if name in _PLUMBING or name in elsewhere or name.startswith(MADE):
                continue
            keeping = [_applies(frame, carry) for carry in own if name in _used(carry)]
            kept = pl.any_horizontal(keeping) if keeping else pl.lit(value=False)
            left.add(kind, name, int(frame.select((pl.col(name).is_not_null() & ~kept).sum()).item()))


def _said(value: str | Made | Fixed) -> str:
    if isinstance(value, str):
        return "" if value.startswith(MADE) else value
    return value.fields[0] if isinstance(value, Made) and value.fields else ""


def _used(carry: Carry) -> set[str]:
    used = {*carry.also}
    for value in carry.columns.values():
        if isinstance(value, str):
            used.add(value)
        elif isinstance(value, Made):
            used.update(value.fields)
    return used


def _applies(frame: pl.DataFrame, carry: Carry) -> pl.Expr:
    if not carry.when:
        return pl.lit(value=True)
    present = [pl.col(name).is_not_null() for name in carry.when if name in frame.columns]
    return pl.any_horizontal(present) if present else pl.lit(value=False)


def _rows(frame: pl.DataFrame, carry: Carry) -> pl.DataFrame:
    needed: list[str] = []
    for value in carry.columns.values():
        needed += [value] if isinstance(value, str) else list(value.fields) if isinstance(value, Made) else []
    whole = with_fields(frame, needed)
    chosen: list[Any] = [pl.col(ROW)]
    for name, value in carry.columns.items():
        if isinstance(value, str):
            chosen.append(pl.col(value).alias(name))
        elif isinstance(value, Made):
            chosen.append(value.value.cast(pl.String()).alias(name))
        else:
            chosen.append(pl.lit(value.value, pl.String()).alias(name))
    chosen += [name for name in BESIDE_FAULTS if name in whole.columns]
    return whole.filter(_applies(whole, carry)).select(chosen)
