"""What one source holds for one table, made ready: rows on disk, their keys and digests in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa

from keyworker.intake.identity import KEY, NUMBERS
from keyworker.intake.ready import Ready
from keyworker.intake.typing import MENDS
from keyworker.vocabulary import TABLES, Table


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

    @property
    def set_aside(self) -> int:
        """How many rows cannot be trusted for themselves, whatever other rows say."""
        return sum(height for *_, height in self.bad)

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
