"""Which described table a heading belongs to, and which column each of its names is.

Source  the Standard Safeguarding Dataset's names, held in the vocabulary; a column of ours that the dataset lacks
        goes under the table's prefix, such as `cinv_worker_id`; a pack goes by the vocabulary's own names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from keyworker.intake.contract import ENTERED
from keyworker.intake.typing import MENDS
from keyworker.vocabulary import TABLES, Table

OURS = "keyworker_"  # columns that we wrote beside a row that was set aside
NUMBER = f"{OURS}set_aside_"  # with the table's name: which row that was


@dataclass(frozen=True)
class Known:
    """A heading that was understood.

    Takes   the table; columns, from the position in the file to the column's name; unknown, names nobody knows;
            twice, the same for further positions of a column that the heading names more than once;
            taken, the name that was taken for the table's key, where the key's own is not there.
    """

    table: Table
    columns: dict[int, str]
    unknown: tuple[str, ...]
    twice: dict[int, str] = field(default_factory=dict)
    taken: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns without which no row can be told from another or trusted."""
        present = set(self.columns.values())
        needed = [*self.table.key, *(column.name for column in self.table.columns if column.required)]
        return tuple(name for name in dict.fromkeys(needed) if name not in present)


def plain(name: str) -> str:
    """A name as one would compare it: lower case, words joined by one underscore."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


@cache
def prefix(table: Table) -> str:
    """The letters that begin the dataset's names in a table."""
    return next(column.ssd for column in table.columns if column.ssd).split("_", 1)[0]


@cache
def dataset_names(table: Table) -> dict[str, str]:
    """From the dataset's names (and ours under its prefix) to our columns."""
    begins = prefix(table)
    names = {f"{begins}_{column.name}": column.name for column in table.columns}
    names |= {f"{begins}_entered_at": ENTERED, NUMBER + table.name: MENDS}
    return names | {plain(column.ssd): column.name for column in table.columns if column.ssd}


@cache
def pack_names(table: Table) -> dict[str, str]:
    """From the vocabulary's names to themselves."""
    return {column.name: column.name for column in table.columns} | {"entered_at": ENTERED, NUMBER + table.name: MENDS}


def of_dataset(heading: tuple[str, ...], file_name: str) -> Known | None:
    """The dataset's table that a heading is, by its columns first and the file's name second."""
    names = [plain(name).removeprefix("ssd_") for name in heading]
    best = max(
        (table for table in TABLES.values() if table.ssd),
        key=lambda table: (_matches(names, dataset_names(table)), named(table, file_name)),
    )
    found = _matches(names, dataset_names(best))
    enough = found >= 2 or found == len(names)
    return _known(best, heading, names, dataset_names(best), guess_key=True) if enough else None


def of_pack(heading: tuple[str, ...], file_name: str) -> Known | None:
    """The described table that a heading in the vocabulary's own names is; the file's name decides between several.

    A table that stays here is none: a file would make itself a key to restricted children.
    """
    names = [plain(name) for name in heading]
    fits = [
        known
        for table in TABLES.values()
        if not table.stays and not (known := _known(table, heading, names, pack_names(table))).missing
    ]
    mended = [known for known in fits if MENDS in known.columns.values()]
    if mended:
        return mended[0]
    by_name = [known for known in fits if named(known.table, file_name)]
    if by_name:
        return max(by_name, key=lambda known: named(known.table, file_name))
    complete = [known for known in fits if not known.unknown]
    return complete[0] if len(complete) == 1 else None


def named(table: Table, file_name: str) -> int:
    """How much of a file's name is the table's name: its length, or 0 where the name is not there."""
    said = f"_{plain(file_name)}_"
    return max(
        (len(name) for name in {table.name, table.ssd.removeprefix("ssd_")} if name and f"_{name}_" in said), default=0
    )


def _matches(names: list[str], known: dict[str, str]) -> int:
    return sum(name in known for name in names)


def _known(
    table: Table, heading: tuple[str, ...], names: list[str], columns: dict[str, str], *, guess_key: bool = False
) -> Known:
    found: dict[int, str] = {}
    twice: dict[int, str] = {}
    unknown: list[int] = []
    for position, name in enumerate(names):
        if name not in columns:
            if name and not name.startswith(OURS):
                unknown.append(position)
        elif columns[name] in found.values():
            twice[position] = columns[name]
        else:
            found[position] = columns[name]
    taken = _taken_for_key(table, names, found, unknown) if guess_key else None
    if taken is not None:
        found[taken] = table.key[0]
        unknown.remove(taken)
    return Known(
        table,
        found,
        tuple(heading[position] for position in unknown),
        twice,
        heading[taken] if taken is not None else "",
    )


def _taken_for_key(table: Table, names: list[str], found: dict[int, str], unknown: list[int]) -> int | None:
    """The one unknown identifier of a dataset's table whose own is not there: editions call it by other names."""
    if not table.ssd or len(table.key) != 1 or table.key[0] in found.values():
        return None
    begins = prefix(table)
    like = [at for at in unknown if names[at].startswith(f"{begins}_") and names[at].endswith("_id")]
    return like[0] if len(like) == 1 else None
