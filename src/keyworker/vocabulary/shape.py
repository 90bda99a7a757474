"""What a described table is: its name, its kind, its columns, and what each of them means.

One description drives the database tables, the columnar schemas, the file readers, the
writers, the made-up county and the generated reference pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a table's rows stand in time."""

    STATE = "state"  # true until corrected: a name, a family membership
    PERIOD = "period"  # from `from_on` up to, not including, `to_on`
    EVENT = "event"  # on the day `happened_on`


class Type(StrEnum):
    """What a column holds. Dates are days in Europe/London; an instant has a time zone."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column: its name here, its meaning, and the name it has in the Standard Safeguarding Dataset.

    Takes   identifying marks what leaves a snapshot (names, birth dates, addresses, UPN, NHS number);
            codes names a code list of `vocabulary.codes`; refers is `table.column`;
            required means that a row without it cannot be trusted.
    """

    name: str
    type: Type
    says: str
    ssd: str = ""
    ssd_ref: str = ""
    codes: str = ""
    refers: str = ""
    identifying: bool = False
    required: bool = False


@dataclass(frozen=True)
class Table:
    """One described table.

    Takes   key, the columns that name a row within one source;
            match, the columns by which rows of two sources are one fact (empty: never matched);
            about, the column that names whom the row is about (`child_id`, `worker_id`, `team_id`, `post_id`);
            stays, whether its rows are written here alone and never leave: no file is loaded into it, and neither a
            snapshot nor a whole table holds it.
    """

    name: str
    title: str
    says: str
    kind: Kind
    topic: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    about: str = ""
    match: tuple[str, ...] = ()
    ssd: str = ""
    stays: bool = False
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})
        unknown = {*self.key, *self.match, *filter(None, [self.about])} - set(self._by_name)
        if unknown or not self.key or len(self._by_name) != len(self.columns):
            raise ValueError(f"table {self.name}: key, match, about and columns disagree: {sorted(unknown)}")

    def __hash__(self) -> int:
        # Tables are looked up for every row that is read; to go through all their columns each time is slow.
        return hash(self.name)

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError when the table has none."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether the table has a column of that name."""
        return name in self._by_name

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)
