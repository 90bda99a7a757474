"""What a definition of a measure, a group and a link are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Counts(StrEnum):
    """How the spans that cover a day are added up."""

    DISTINCT = "distinct"  # how many different subjects
    SHARE = "share"  # of the subjects of the denominator, how many also have a numerator
    SUM = "sum"  # the sum of weights
    RATIO = "ratio"  # the sum of weights of the numerator over that of the denominator
    EACH = "each"  # of the subjects of the denominator, the sum of weights for each of them
    DISTRIBUTION = "distribution"  # the sum of weights of each subject: mean, median, tail
    DAYS = "days"  # for each subject the days since `since_on`: mean, median, tail


class Belongs(StrEnum):
    """Whose district, team or age stands for a span when a measure is grouped."""

    CHILD = "child"
    WORKER = "worker"
    TEAM = "team"
    NOBODY = "nobody"

    @property
    def column(self) -> str:
        """The column of a span that names it."""
        return f"{self.value}_id"


class Grouped(StrEnum):
    """On which day the group of a span is looked up."""

    THE_DAY = "on the day"  # on each day that is asked about
    THE_EVENT = "on the day it happened"  # on the first day of the span, for all of it


class LooksBack(StrEnum):
    """How far before a day that is asked about a number reaches."""

    THE_DAY = "the day"
    A_MONTH = "a month"
    THREE_MONTHS = "three months"
    A_TERM = "a school term"
    SIX_MONTHS = "six months"
    A_YEAR = "12 months"

    @property
    def months(self) -> int:
        """How many months that is, or no fewer; 0 for the day alone. With more than one, neighbours share days."""
        return _MONTHS[self]


_MONTHS = {
    LooksBack.THE_DAY: 0,
    LooksBack.A_MONTH: 1,
    LooksBack.THREE_MONTHS: 3,
    LooksBack.A_TERM: 5,
    LooksBack.SIX_MONTHS: 6,
    LooksBack.A_YEAR: 12,
}


@dataclass(frozen=True)
class Definition:
    """One measure: its words, and the SQL that yields its spans of days.

    Takes   name, as commands and pages call it; catalogue, ids of the shipped catalogue that it answers;
            one_per, whose spans exclude each other, so that on one day the first of them by rank speaks (or None);
            within, by whom spans are cut to the days on which there is a span of part `within` too (or None);
            looks_back, how far before the day its spans reach;
            ones, whether every span of a numerator or a value weighs one; events, whether what is divided are things
            that happened, or people, one by one, over what they could befall;
            bands, whether its numerators carry a `band`, a group of its own; needs, tables without any row of which
            the number cannot be told; settings, names of settings of which the same is true; unconfirmed, what was not
            read in a source (empty: nothing).
    """

    name: str
    domain: str
    title: str
    says: str
    numerator: str
    denominator: str
    exclusions: str
    period: str
    looks_back: LooksBack
    unit: str
    counts: Counts
    belongs_to: Belongs
    grouped: Grouped
    one_per: Belongs | None
    within: Belongs | None
    ones: bool
    events: bool
    bands: bool
    per: int
    better: str
    source: str
    edition: str
    catalogue: tuple[str, ...]
    needs: tuple[str, ...]
    settings: tuple[str, ...]
    small_numbers: str
    unconfirmed: str
    sql: str

    @property
    def divided(self) -> bool:
        """Whether it has a denominator."""
        return self.counts in (Counts.SHARE, Counts.RATIO, Counts.EACH)

    @property
    def weighed(self) -> bool:
        """Whether what its spans weigh is added up, not how many they are."""
        return self.counts in WEIGHED and not self.ones

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that its SQL yields, whatever their order."""
        columns = ["part", "subject_id", "from_on", "to_on"]
        if self.belongs_to is not Belongs.NOBODY:
            columns.append(self.belongs_to.column)
        if self.within is not None:
            columns.append(self.within.column)
        if self.one_per is not None:
            columns += [self.one_per.column, "rank", "since_on", "order_id"]
        if self.counts is Counts.DAYS:
            columns.append("since_on")
        if self.weighed or self.counts is Counts.DISTRIBUTION:
            columns.append("weight")
        if self.bands:
            columns.append("band")
        return tuple(dict.fromkeys(columns))


WEIGHED = (Counts.SUM, Counts.RATIO, Counts.EACH, Counts.DISTRIBUTION)


@dataclass(frozen=True)
class Group:
    """A way to part a measure: the SQL gives `key`, `value`, `from_on`, `to_on` for a child, a worker or a team.

    Takes   claims, whether several rows may cover one day, of which the first by `rank`, `since_on` and `order_id`
            speaks; otherwise, the value for a key that no row covers (None: not known).
    """

    name: str
    title: str
    says: str
    of: Belongs
    claims: bool
    otherwise: str | None
    sensitive: bool
    sql: str


@dataclass(frozen=True)
class Link:
    """How one kind of thing leads to another: the SQL gives claims of a child or worker on a team or worker."""

    of: Belongs
    to: Belongs
    says: str
    claims: bool
    sql: str
