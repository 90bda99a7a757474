"""Read, type, hash and pack every row of a source, table by table, while what follows is done with the tables read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from keyworker.intake.ahead import Following, ahead, side_by_side
from keyworker.intake.contract import Batch, Opened
from keyworker.intake.identity import Hashing
from keyworker.intake.ready import Ready, made_ready
from keyworker.intake.waiting import Waiting

Follow = Callable[[Waiting], None]  # what is done with a table once all its rows are there


@dataclass(frozen=True)
class Gathering:
    """How one source is gathered.

    Takes   folder, where its rows wait; today, which says what lies too far ahead; told, of rows read by table;
            pack, whether most rows will be written: they are then packed at once, side by side.
    """

    folder: Path
    today: date
    told: Callable[[str, int], None]
    pack: bool = False

    def gather(self, opened: Opened, follow: Follow) -> dict[str, Waiting]:
        """Read the whole source. Gives all its tables, also those present without rows.

        Takes   follow, done with every table in a thread of its own, one at a time; what goes wrong there is raised.
        """
        tables = {name: Waiting(name, self.folder) for name in sorted(opened.scope.tables)}
        left = set(tables)
        hashing = Hashing(opened.source)
        with closing(hashing), Following(follow) as following, closing(ahead(opened.batches)) as items:
            reading = ""
            for item, ready in side_by_side(partial(self._ready, hashing), items):
                if opened.by_table and reading not in ("", item.table):
                    left.remove(reading)
                    following.do(tables[reading])
                reading = item.table
                if reading not in tables:
                    tables[reading] = Waiting(reading, self.folder)
                    left.add(reading)
                elif reading not in left:
                    raise ValueError(f"{opened.format}: rows of {reading} came after those of another table")
                tables[reading].take(item.file, ready)
                self.told(item.table, item.frame.height)
            for name in sorted(left):
                following.do(tables[name])
        return tables

    def _ready(self, hashing: Hashing, item: Batch) -> tuple[Batch, Ready]:
        return item, made_ready(hashing, self.today, item, pack=self.pack)
