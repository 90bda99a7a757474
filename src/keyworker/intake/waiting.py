"""What one source holds for one table, made ready: rows on disk, their keys and digests in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl
import pyarrow as pa

from keyworker.intake.contract import ROW, SetAside
from keyworker.intake.identity import KEY, NUMBERS
from keyworker.intake.problems import LONGEST_TEXT
from keyworker.intake.ready import Ready
from keyworker.intake.typing import MENDS
from keyworker.vocabulary import TABLES, Table

AT_ONCE = 1_000
UNREADABLE = {"file": pl.String, ROW: pl.Int64} | dict.fromkeys(("column", "value", "reason", "remedy"), pl.String)


@dataclass
class Waiting:
    """One table of a source while it is read.

    Takes   folder, where its rows wait. `good` and `bad` say, for each part on disk, which file it came from;
            `identifiers` are those of children, workers and teams in the good rows, by kind, where these are packed.
    """

    name: str
    folder: Path
    good: list[tuple[str, Path, int]] = field(default_factory=list)
    bad: list[tuple[str, Path, int]] = field(default_factory=list)
    identifiers: dict[str, pl.Series] = field(default_factory=dict)
    _unreadable: list[SetAside] = field(default_factory=list)
    _unreadable_parts: list[Path] = field(default_factory=list)
    _numbers: list[pl.DataFrame] = field(default_factory=list)
    _bad_keys: list[pl.DataFrame] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """The described table."""
        return TABLES[self.name]

    def take(self, file: str, ready: Ready) -> None:
        """Keep one batch."""
        if ready.good.num_rows:
            self._numbers.append(ready.hashes)
            path = self._path("good", len(self.good))
            with pa.ipc.new_file(path, ready.good.schema) as part:
                part.write_table(ready.good)
            self.good.append((file, path, ready.good.num_rows))
            for kind, found in ready.identifiers.items():
                earlier = self.identifiers.get(kind)
                self.identifiers[kind] = found if earlier is None else pl.concat([earlier, found]).unique()
        if ready.bad.height:
            self._bad_keys.append(ready.bad.select(KEY).drop_nulls())
            self.bad.append((file, self._written(ready.bad, "bad", len(self.bad)), ready.bad.height))

    def put_aside(self, one: SetAside) -> None:
        """Keep one row that the reader itself could not make out; on disk, for there may be millions."""
        value = one.value.replace("\x00", "\ufffd")[:LONGEST_TEXT]
        self._unreadable.append(replace(one, value=value))
        if len(self._unreadable) >= AT_ONCE:
            self._write_unreadable()

    def _write_unreadable(self) -> None:
        if self._unreadable:
            rows = [(one.file, one.row, one.column, one.value, one.reason, one.remedy) for one in self._unreadable]
            frame = pl.DataFrame(rows, schema=UNREADABLE, orient="row")
            self._unreadable_parts.append(self._written(frame, "unreadable", len(self._unreadable_parts)))
            self._unreadable.clear()

    def unreadable(self) -> Iterator[SetAside]:
        """The rows that the reader itself could not make out."""
        self._write_unreadable()
        for path in self._unreadable_parts:
            for file, row, *problem in pl.read_ipc(path).iter_rows():
                yield SetAside(file, self.name, row, *problem)

    def _path(self, kind: str, number: int) -> Path:
        return self.folder / f"{self.name}-{kind}-{number}.arrow"

    def _written(self, frame: pl.DataFrame, kind: str, number: int) -> Path:
        path = self._path(kind, number)
        frame.write_ipc(path, compression="uncompressed")
        return path

    def numbers(self) -> pl.DataFrame:
        """The keys and digests of every good row, in the order in which the parts hold them."""
        if len(self._numbers) > 1:
            self._numbers = [pl.concat(self._numbers, rechunk=True)]
        return self._numbers[0] if self._numbers else pl.DataFrame(schema=NUMBERS)

    def bad_keys(self) -> pl.DataFrame:
        """The keys of the rows set aside, where they could be read."""
        return pl.concat(self._bad_keys) if self._bad_keys else pl.DataFrame(schema=NUMBERS).select(KEY)

    def parts(self, chosen: pl.Series) -> Iterator[tuple[str, pa.Table]]:
        """The chosen good rows, a part at a time with the file they came from. Takes a flag for each row."""
        begin = 0
        for file, path, height in self.good:
            here = chosen.slice(begin, height)
            begin += height
            if here.all():
                yield file, _read(path)
            elif here.any():
                yield file, _read(path).filter(here.to_arrow())

    def bad_parts(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """The rows set aside for a value in them, a part at a time with the file they came from."""
        for file, path, _ in self.bad:
            yield file, pl.read_ipc(path)

    def set_aside(self, clashing: Mapping[str, Collection[int]]) -> int:
        """How many rows of the files could not be trusted, each counted once. Takes those that clash, by file."""
        frames = [
            pl.read_ipc(path, columns=[ROW]).select(pl.lit(file).alias("file"), ROW) for file, path, _ in self.bad
        ]
        self._write_unreadable()
        frames += [pl.read_ipc(path, columns=["file", ROW]) for path in self._unreadable_parts]
        others = [(file, row) for file, rows in clashing.items() for row in rows]
        frames.append(pl.DataFrame(others, schema={"file": pl.String, ROW: pl.Int64}, orient="row"))
        return pl.concat(frames).unique().height

    def mends(self) -> set[int]:
        """The numbers of the rows set aside earlier that these rows stand for now, mended or set aside again."""
        found: set[int] = set()
        for _, path, _ in (*self.good, *self.bad):
            if MENDS in pl.read_ipc_schema(path):
                said = pl.read_ipc(path, columns=[MENDS])[MENDS].cast(pl.String)
                found.update(said.str.to_integer(strict=False).drop_nulls().to_list())
        return found


def _read(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as content:
        return pa.ipc.open_file(content).read_all()
