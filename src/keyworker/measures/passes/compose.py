"""One statement that gives a measure for every date of a series and every group, composed from the definition's spans.

Each part of a definition (numerator, denominator, value) is made into bits by itself, so that an engine reads only what
that part is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.statement import NEAR, by, listed
from keyworker.measures.passes.steps import Chain, Steps
from keyworker.measures.passes.tally import names, summed, tallied
from keyworker.measures.registry.definition import Belongs, Counts, Definition, Grouped


class Composer:
    """Composes the statement for one definition, series of dates and list of groups.

    Takes   day, the SQL of the table of dates.
    """

    def __init__(self, definition: Definition, dates: Dates, chains: Sequence[Chain], day: str) -> None:
        self.definition = definition
        self.chains = chains
        self.steps = Steps(dates, day)
        self.weight = "weight" if definition.weighed else ""
        self.dates = dates
        self.by = [f"by_{place}" for place in range(len(chains))]
        self.band = ["band"] if definition.bands else []

    def query(self) -> str:
        """The last query of the statement, once its steps are there.

        Gives   rows of `part`, the groups, the band where there is one, a number for each date, and for a distribution
                the limit on each date.
        """
        ways: dict[Counts, Callable[[], str]] = {
            Counts.DISTINCT: self._distinct,
            Counts.SHARE: self._share,
            Counts.SUM: lambda: self._sum("numerator"),
            Counts.RATIO: lambda: f"{self._sum('numerator')}\nunion all\n{self._sum('denominator')}",
            Counts.EACH: self._each,
            Counts.DISTRIBUTION: self._spread,
            Counts.DAYS: self._days,
        }
        return ways[self.definition.counts]()

    def behind(self, part: str) -> str:
        """The query of a part's rows with the bits of the dates for which they count: the rows behind a number."""
        rows = self._parted(part, self._bits(part), self._told())
        return f"select {', '.join(self.shown())} from {rows} s"

    def shown(self) -> list[str]:
        """The columns of the rows behind a number."""
        return list(dict.fromkeys([*self._told(), *self.by]))

    def _told(self) -> list[str]:
        since = ["since_on"] if self.definition.counts is Counts.DAYS else []
        return [*self._columns(), *self._weight, *since]

    # the ways to add up

    def _distinct(self) -> str:
        keys = self._columns()
        rows = self._parted("numerator", self.steps.merged("merged", self._bits("numerator"), keys), keys)
        return self._counted("numerator", self.steps.merged("once", rows, ["subject_id", *self.by, *self.band]))

    def _base(self) -> str:
        keys = self._columns(band=False)
        rows = self._parted("denominator", self.steps.merged("base", self._bits("denominator"), keys), keys)
        return self.steps.merged("of", rows, ["subject_id", *self.by])

    def _share(self) -> str:
        of = self._base()
        met = self.steps.merged("met", self._bits("numerator", among="base"), ["subject_id", *self.band])
        both = self._of_base("met_too", of, met, self.band)
        below = self._counted("denominator", of, banded=False)
        return f"{below}\nunion all\n{self._counted('numerator', both)}"

    def _each(self) -> str:
        of = self._base()
        both = self._of_base("met_too", of, self._bits("numerator"), [*self.band, *self._weight])
        below = self._counted("denominator", of, banded=False)
        return f"{below}\nunion all\n{self._counted('numerator', both, self.weight)}"

    def _of_base(self, name: str, of: str, rows: str, columns: Sequence[str]) -> str:
        """Rows on the days on which their subject is in the denominator, in the denominator's groups."""
        chosen = listed((f"o.{one}" for one in self.by), (f"m.{one}" for one in columns))
        bits = self.steps.bits
        return self.steps.out.step(
            name,
            f"""select {chosen}{", " if chosen else ""}{bits.each("o.{b} & m.{b} as {b}")}
from {of} o join {rows} m on m.subject_id = o.subject_id where {bits.some("o.{b} & m.{b}")}""",
        )

    def _sum(self, part: str) -> str:
        rows = self._parted(part, self._bits(part), [*self._columns(), *self._weight])
        return self._counted(part, rows, self.weight, banded=part == "numerator")

    def _spread(self) -> str:
        rows = self._parted("value", self._bits("value"), [*self._columns(), *self._weight])
        out, groups, dated = self.steps.out, [*self.by, *self.band], names(self.dates)
        each = summed(out, "each_one", rows, self.dates, ["subject_id", *groups], self.weight)
        limits = summed(out, "limits", self._limits(), self.dates, ["subject_id"], "weight")
        shown = listed(f"e.{one}" for one in (*groups, *dated))
        limited = ", ".join(f"l.{one} as l{one}" for one in dated)
        joined = f"{each} e left join {limits} l on l.subject_id = e.subject_id"
        return f"select 'value' as part, {shown}, {limited}\nfrom {joined}"

    def _limits(self) -> str:
        near = self.steps.out.step("limit_near", self._near("limit"))
        return self.steps.on_dates("limit_bits", near, ["subject_id", "weight"])

    def _days(self) -> str:
        rows = self._parted("value", self._bits("value"), [*self._columns(), "since_on"])
        groups = ["subject_id", *self.by, *self.band]
        latest = ", ".join(
            f"max(case when (b{word} >> {at}) & 1 = 1 then since_on end) as c{place}"
            for place, (word, at, _) in enumerate(self.dates.places)
        )
        each = self.steps.out.step("each_one", f"select {listed(groups)}, {latest} from {rows} s{by(groups)}")
        return f"select 'value' as part, {listed(self.by, self.band, names(self.dates))} from {each} e"

    def _counted(self, part: str, rows: str, weight: str = "", *, banded: bool = True) -> str:
        groups = [*self.by, *(self.band if banded else [])]
        found = tallied(self.steps.out, f"{part}_counted", rows, self.dates, groups, weight)
        shown = [*groups, *(["cast(null as varchar(200)) as band"] if self.band and not banded else [])]
        chosen = [f"'{part}' as part", *shown, *names(self.dates)]
        return f"select {', '.join(chosen)} from {found} t"

    @property
    def _weight(self) -> list[str]:
        return [self.weight] if self.weight else []

    # what every way begins with

    def _near(self, part: str) -> str:
        return f"select * from (\n{self.definition.sql}\n) s where part = '{part}' and {NEAR}"

    def _bits(self, part: str, *, among: str = "") -> str:
        """A part's spans that cover any of the dates, as bits. Takes among, a step that must hold the subject too."""
        rows = self.steps.out.step(f"{part}_near", self._near(part) + self._among(among))
        event = self.definition.grouped is Grouped.THE_EVENT
        if event and self.chains and not among:
            rows = self.steps.grouped_on_the_event(f"{part}_on_the_event", rows, self.chains)
        columns = [*self._needed(), *(self.by if event and not among else [])]
        rows = self.steps.on_dates(f"{part}_bits", rows, columns)
        if self.definition.within is not None:
            key = self.definition.within.column
            those = self.steps.merged(f"{part}_within", self._within(part), [key])
            rows = self.steps.within(f"{part}_in", rows, columns, key, those)
        if self.definition.one_per is not None:
            rows = self.steps.first_claim(f"{part}_one", rows, self.definition.one_per.column, columns)
        return rows

    def _among(self, step: str) -> str:
        return f" and exists (select 1 from {step} a where a.subject_id = s.subject_id)" if step else ""

    def _within(self, part: str) -> str:
        near = self.steps.out.step(f"{part}_within_near", self._near("within"))
        key = self.definition.within
        return self.steps.on_dates(f"{part}_within_bits", near, [key.column] if key else [])

    def _parted(self, part: str, rows: str, columns: Sequence[str]) -> str:
        if self.definition.grouped is Grouped.THE_EVENT:
            return rows
        return self.steps.grouped(part, rows, columns, self.chains)

    def _columns(self, *, band: bool = True) -> list[str]:
        """What of a row must be kept until it is counted."""
        names = ["subject_id"]
        if self.definition.belongs_to is not Belongs.NOBODY:
            names.append(self.definition.belongs_to.column)
        if self.definition.grouped is Grouped.THE_EVENT:
            names += self.by
        return names + (self.band if band else [])

    def _needed(self) -> list[str]:
        """What of a span must be kept on the way."""
        names = [one for one in self.definition.columns if one not in ("part", "from_on", "to_on")]
        return names if self.definition.weighed else [one for one in names if one != "weight"]
