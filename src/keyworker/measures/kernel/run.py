"""What the measures of one run of dates share: the words met, the links and groups read, one text of relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import RLock
from typing import Any
from weakref import ref

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from keyworker.facts.moment import Moment
from keyworker.measures.kernel.branches import Branch, branches
from keyworker.measures.kernel.compiled import Bits, Ordinals, add_bits
from keyworker.measures.kernel.keys import starts_of, unlike
from keyworker.measures.kernel.ordered import Columns, by_child
from keyworker.measures.kernel.rows import Grid, Rows, Until, claimed, joined, read, read_dates, speaking
from keyworker.measures.kernel.shared import Shared, columns_read, members, taken
from keyworker.measures.kernel.twins import AFTER_ANOTHER, READ, TWINS
from keyworker.measures.kernel.ways import Step, Ways, step, ways
from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.source import Columnar
from keyworker.measures.passes.statement import NEAR
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Belongs, Definition

FOREVER = "date '9999-12-31'"
SMALL = frozenset({"role_meant"})
"""Relations of few rows, kept so that the engine knows how few before it joins anything to them."""
KEPT = SMALL | {"child_involved", "held_in_order"}
"""Relations that several measures and links read whole, and that name no window: worked out once for a moment."""
CLAIM = ["rank", "since_on", "order_id"]
SEVERAL = "held_by_several"
SHOWN_OF_SEVERAL = ("child_id", "worker_id", "rank", "from_on", "to_on", "order_id")


_NAME = re.compile(r"\{(\w+)\}")
BEGUN = "from_on <= %(last)s"
"""What is asked of a span of which the engine does not say the end."""
Wanted = Callable[[], tuple[str, str]]


@dataclass(frozen=True)
class Ask:
    """A query for an engine.

    Takes   days, parameters of its own; until, the counting table in which the ends of its spans are looked up;
            every, whether those rows are wanted too that cover none of the dates.
    """

    sql: str
    days: dict[str, date] = field(default_factory=dict)
    until: Until | None = None
    every: bool = False


class Run:
    """Reads the spans of measures, links and groups on a run of dates, each link and group once.

    Several measures may ask at the same time; they are answered one after another.
    """

    def __init__(
        self, source: Columnar, relations: Mapping[str, str], moment: Moment, dates: Dates, windows: Windows
    ) -> None:
        self.lens = source.lens(moment)
        self._shared: Shared = source.memory(self.lens).setdefault("shared", Shared())
        self.known = self._shared.known
        self.grid = Grid(dates)
        self._dates = dates
        self._source = source
        self._relations = relations
        self._windows = windows
        self._moment = moment
        myself = ref(self)  # held for good, its columns would be kept until the next round of collecting

        def kept(name: str) -> str | None:
            run = myself()
            return run._kept(name) if run else None

        self._text = Text(source, relations, windows, dates.end, moment, kept)
        self._one_at_a_time = RLock()
        self._one_looks_up = RLock()  # nobody who reads takes it: to read goes on while groups are looked up
        self._steps: dict[tuple[str, bool], Step] = {}
        self._ways: dict[tuple[tuple[str, Belongs | None], ...], tuple[Ordinals, Ways]] = {}

    def spans(self, definition: Definition, part: str, among: Ordinals | None = None, *, grouped: bool = True) -> Rows:
        """The spans of a part that cover any of the dates.

        Takes   among, the subjects that are asked about (None: all); grouped, whether the groups of whom the spans
                belong to are looked up.
        """
        names = columns_of(definition, part, grouped=grouped)
        with self._one_at_a_time:
            found, asks = self._told(definition.sql, names, self._wanted(definition, part, among), part)
            return joined([*found, *map(self._rows_of, asks)])

    def with_dates_of(self, definition: Definition, part: str, of: Callable[[], Rows]) -> tuple[Rows, Bits]:
        """Rows, and for each of their subjects, by its ordinal, the dates that any of a part's spans cover.

        Of these no span is kept, and what stands for a subject that is not asked about means nothing. Nobody else reads
        before an engine is asked for them; while it is asked aside, others go on.

        Takes   of, which gives the rows.
        """
        with self._one_at_a_time:
            asked = of()
            among = unlike(asked.columns["subject_id"])
            among = among[among >= 0]
            aside = self._source.aside() if self.can_read_aside(definition) else None
            names = columns_of(definition, part, grouped=False)
            found, asks = self._told(definition.sql, names, self._wanted(definition, part, among, aside), part)
            bits = np.zeros((self.known.count, self.grid.wide), np.uint64)
            for rows in found:
                add_bits(rows.columns["subject_id"], rows.bits, bits)
            if aside is None:
                for ask in asks:
                    read_dates(self._batches(ask), self.known, self.grid, bits, until=ask.until)
                return asked, bits
            known = self.known.only(among)
            text = Text(aside, self._relations, self._windows, self._dates.end, self._moment)
            own = [(ask, text.statement(ask.sql)) for ask in asks]
        met = np.zeros((len(among), self.grid.wide), np.uint64)
        for ask, sql in own:
            batches = aside.batches(sql, self.lens, {**text.parameters, **self._bounds, **ask.days})
            read_dates(batches, known, self.grid, met, until=ask.until)
        bits[among] |= met
        return asked, bits

    def can_read_aside(self, definition: Definition) -> bool:
        """Whether a definition's SQL can be asked of the engine by itself, beside whatever is kept for all."""
        return not KEPT & _named_in(definition.sql, self._relations)

    def _wanted(
        self, definition: Definition, part: str, among: Ordinals | None, aside: Columnar | None = None
    ) -> Wanted:
        """What the engine is asked to keep: a join, and a test beside it."""
        source = aside or self._source
        of_part = f"part = '{part}'"
        if among is None:
            return lambda: ("", of_part)
        if (numbers := self.known.numbers(among)) is not None:
            return lambda: (source.marked("subject_id", numbers), of_part)
        others = f"select subject_id from (\n{definition.sql}\n) s where part = 'denominator' and {NEAR}"
        return lambda: ("", f"{of_part}\nand exists (select 1 from ({others}) a where a.subject_id = s.subject_id)")

    def ways(self, chains: Sequence[Chain], keys: Ordinals) -> Ways:
        """The groups of some keys, looked up once for all measures that ask about the same keys or fewer."""
        names = tuple((chain.group.name, chain.link.of if chain.link else None) for chain in chains)
        with self._one_looks_up:
            links, steps = self.steps(chains)
            known, found = self._ways.get(names, (keys[:0], None))
            every = unlike(np.concatenate((known, keys)))
            if found is None or len(every) > len(known):
                found = ways(every, links, steps, self.grid.full, self.known)
                self._ways[names] = every, found
            return found

    def steps(self, chains: Sequence[Chain], *, on_the_event: bool = False) -> tuple[list[int | None], list[Step]]:
        """The links and groups of some chains in the order in which they are followed, and what each is keyed by."""
        links: list[int | None] = []
        steps: list[Step] = []
        linked: dict[str, int] = {}
        for chain in chains:
            if chain.link is not None and chain.key not in linked:
                linked[chain.key] = len(steps)
                links.append(None)
                steps.append(self._step(chain.link.sql, chain.link.claims, None, on_the_event))
            links.append(None if chain.link is None else linked[chain.key])
            group = chain.group
            steps.append(self._step(group.sql, group.claims, group.otherwise, on_the_event))
        return links, steps

    def _step(self, sql: str, claims: bool, otherwise: str | None, on_the_event: bool) -> Step:
        if (found := self._steps.get((sql, on_the_event))) is not None:
            return found  # looked at without waiting for whoever reads
        with self._one_at_a_time:
            return self._step_read(sql, claims, otherwise, on_the_event)

    def _step_read(self, sql: str, claims: bool, otherwise: str | None, on_the_event: bool) -> Step:
        if (sql, on_the_event) not in self._steps:
            names = ["key", "value", *(CLAIM if claims else []), "from_on", "to_on"]
            if on_the_event:
                order = "" if claims else " order by value"
                rows = self._rows_of(Ask(self._select(names, sql, ("", f"key is not null{order}")), every=True))
            else:
                found, asks = self._told(sql, names, lambda: ("", "key is not null"))
                rows = joined([*found, *map(self._rows_of, asks)])
            self._steps[sql, on_the_event] = self._ordered(rows, claims, otherwise, on_the_event)
        return self._steps[sql, on_the_event]

    def _ordered(self, rows: Rows, claims: bool, otherwise: str | None, on_the_event: bool) -> Step:
        if not on_the_event:
            return step(speaking(rows, "key", self.known) if claims else rows, self.known, otherwise).without_days()
        plain = step(rows, self.known, otherwise)
        starts, order = claimed(rows, "key", self.known) if claims else starts_of(rows.columns["key"], self.known.count)
        return Step(rows, starts, order, plain.otherwise)

    def _kept(self, name: str) -> str | None:
        """The SQL of a relation of which the rows are kept; None where they are not."""
        if name == SEVERAL:
            return self._several()
        return self._kept_table(name) if name in KEPT else None

    def _kept_table(self, name: str) -> str:
        return self._source.kept(name, self.lens, lambda: (self._text.statement(self._relations[name]), {}))

    def _several(self) -> str | None:
        """The few rows of children whom two held at once, as a small table; None where they never came as columns."""
        rows, found = self.columns("child_held"), self.columns(AFTER_ANOTHER)
        if rows is None or found is None:
            return None
        some = np.flatnonzero(found["twice"][rows["child_id"]])
        columns = {name: self._small(name, rows[name][some]) for name in SHOWN_OF_SEVERAL}
        kinds = {name: _kind(name, values) for name, values in columns.items()}
        return self._source.table(SEVERAL, columns, kinds)[0]

    def _small(self, name: str, values: npt.NDArray[Any]) -> list[Any]:
        if name in ("child_id", "worker_id"):
            return self.known.as_given(values)
        if name in ("from_on", "to_on"):
            days = values.astype("datetime64[D]").tolist()
            return [None if day.year == 9999 else day for day in days]
        return list(values.tolist())

    def _told(self, sql: str, names: Sequence[str], wanted: Wanted, part: str = "") -> tuple[list[Rows], list[Ask]]:
        """The rows of a query that cover any of the dates.

        Takes   wanted, what the engine is asked to keep of them; part, of which they must be.
        Gives   those that a branch takes straight from columns of shared relations, and what is left to be asked.
        """
        found: list[Rows] = []
        asks: list[Ask] = []
        left: list[str] = []
        every = [one for one in self._branches(sql) if not one.is_other_part(part)]
        for branch in every:
            if (rows := self._taken(branch, names)) is not None:
                found.append(rows)
            elif branch.by_day:
                asks.append(self._windowed(branch.window, self._select(names, _named(branch, True), wanted(), BEGUN)))
            else:
                left.append(_named(branch, False))
        if left or not (found or asks):
            asked = "\nunion all\n".join(left) or sql
            asks.append(Ask(self._select(names, asked, wanted(), NEAR)))
        return found, asks

    def _windowed(self, window: str, sql: str) -> Ask:
        """A query of days of which the window's ends are looked up here, asked for no day whose window is long over."""
        first, until = self._windows.ends(window, self._dates.end)
        near = np.flatnonzero(until > self.grid.first)
        low, high = (int(near[0]), int(near[-1])) if len(near) else (1, 0)
        days = {"window_from": _day(first + low), "window_to": _day(first + high)}
        return Ask(sql, days, (first, until))

    @staticmethod
    def _select(names: Sequence[str], sql: str, wanted: tuple[str, str], *tests: str) -> str:
        join, *where = *wanted, *tests
        return f"select {', '.join(map(_shown, names))} from (\n{sql}\n) s {join} where {' and '.join(where)}"

    def _branches(self, sql: str) -> list[Branch]:
        return [one for branch in branches(sql) for one in members(branch, self._relations)]

    def _taken(self, branch: Branch, names: Sequence[str]) -> Rows | None:
        if not branch.shown or (columns := self.columns(branch.relation)) is None:
            return None
        until = self._windows.ends(branch.window, self._dates.end) if branch.window else None
        others = [name for name in names if name not in ("from_on", "to_on")]
        return taken(branch, columns, others, self.known, self.grid, until)

    def columns(self, name: str) -> Columns | None:
        """The columns of a relation that is read for all, or that has a twin; None for any other."""
        if name not in self._shared.columns:
            if name in READ:
                query = self.text(f"select {', '.join(map(_shown, READ[name]))} from {{{name}}} r")
                read_now = columns_read(self._source.batches(query, self.lens, {}), self.known)
                self._shared.columns[name] = by_child(read_now)
            elif name in TWINS:
                self._shared.columns[name] = TWINS[name](self.columns)
            else:
                return None
        return self._shared.columns[name]

    def text(self, sql: str) -> str:
        """A query over relations that name no window, made whole, of which nothing is kept but what is small."""

        def kept(name: str) -> str | None:
            return self._kept_table(name) if name in SMALL else None

        text = Text(self._source, self._relations, self._windows, self._dates.end, self._moment, kept)
        return text.statement(sql)

    def _batches(self, ask: Ask) -> pa.RecordBatchReader:
        query = self._text.statement(ask.sql)
        return self._source.batches(query, self.lens, {**self._text.parameters, **self._bounds, **ask.days})

    @property
    def _bounds(self) -> dict[str, date]:
        return {"first": self._dates.first, "last": self._dates.last, "end": self._dates.end}

    def _rows_of(self, ask: Ask) -> Rows:
        return read(self._batches(ask), self.known, self.grid, covering=not ask.every, until=ask.until)


def _named_in(sql: str, relations: Mapping[str, str]) -> frozenset[str]:
    """The measures' own relations that a query reads, through whatever others."""
    found: set[str] = set()
    left = [sql]
    while left:
        new = {name for name in _NAME.findall(left.pop()) if name in relations} - found
        found |= new
        left += [relations[name] for name in new]
    return frozenset(found)


def _named(branch: Branch, by_day: bool) -> str:
    return f"select * from (\n{branch.by_day if by_day else branch.sql}\n) b({', '.join(branch.names)})"


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


def _kind(name: str, values: list[Any]) -> type:
    if name in ("child_id", "worker_id"):
        return str if values and isinstance(values[0], str) else int
    return date if name in ("from_on", "to_on") else int


def columns_of(definition: Definition, part: str, *, grouped: bool) -> list[str]:
    """The columns of a part's spans that are looked at."""
    if part == "limit":
        return ["subject_id", "weight", "from_on", "to_on"]
    if part == "within" and definition.within is not None:
        return [definition.within.column, "from_on", "to_on"]
    left = {"part"}
    if not definition.weighed:
        left.add("weight")
    if not grouped:
        keys = {one.column for one in (definition.within, definition.one_per) if one is not None}
        left |= {definition.belongs_to.column} - keys
    return [name for name in definition.columns if name not in left]


def _shown(name: str) -> str:
    if name == "to_on":
        return f"coalesce(to_on, {FOREVER}) as to_on"
    return name
