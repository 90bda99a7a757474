"""What the measures of one run of dates share: the words met, the links and groups read, one text of relations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from keyworker.facts.moment import Moment
from keyworker.measures.kernel.branches import Branch, branches
from keyworker.measures.kernel.compiled import Ordinals, starts_of
from keyworker.measures.kernel.rows import Grid, Rows, claimed, joined, read, speaking
from keyworker.measures.kernel.shared import Shared, Until, columns_read, members, taken
from keyworker.measures.kernel.twins import AFTER_ANOTHER, READ, TWINS, Columns
from keyworker.measures.kernel.ways import Step, Ways, step, ways
from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.source import Columnar
from keyworker.measures.passes.statement import NEAR
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Belongs, Definition

FOREVER = "date '9999-12-31'"
KEPT = frozenset({"child_involved", "held_in_order"})
"""Relations that several measures and links read whole, and that name no window: worked out once for a moment."""
CLAIM = ["rank", "since_on", "order_id"]
SEVERAL = "held_by_several"
SHOWN_OF_SEVERAL = ("child_id", "worker_id", "rank", "from_on", "to_on", "order_id")


class Run:
    """Reads the spans of measures, links and groups on a run of dates, each link and group once."""

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
        self._text = Text(source, relations, windows, dates.end, moment, self._kept)
        self._steps: dict[tuple[str, bool], Step] = {}
        self._ways: dict[tuple[tuple[str, Belongs | None], ...], tuple[Ordinals, Ways]] = {}

    def spans(self, definition: Definition, part: str, among: Ordinals | None = None, *, grouped: bool = True) -> Rows:
        """The spans of a part that cover any of the dates.

        Takes   among, the subjects that are asked about (None: all); grouped, whether the groups of whom the spans
                belong to are looked up.
        """
        names = columns_of(definition, part, grouped=grouped)
        return self._read(definition.sql, names, lambda: self._where(definition, part, among), part=part)

    def _where(self, definition: Definition, part: str, among: Ordinals | None) -> str:
        where = f"part = '{part}' and {NEAR}"
        if among is None:
            return where
        if (marks := self.known.numbers(among)) is not None:
            return f"{where} and {self._source.marked('subject_id', marks)}"
        others = f"select subject_id from (\n{definition.sql}\n) s where part = 'denominator' and {NEAR}"
        return f"{where}\nand exists (select 1 from ({others}) a where a.subject_id = s.subject_id)"

    def ways(self, chains: Sequence[Chain], keys: Ordinals) -> Ways:
        """The groups of some keys, looked up once for all measures that ask about the same keys or fewer."""
        links, steps = self.steps(chains)
        names = tuple((chain.group.name, chain.link.of if chain.link else None) for chain in chains)
        if names not in self._ways or not np.isin(keys, self._ways[names][0]).all():
            every = np.union1d(self._ways[names][0], keys) if names in self._ways else keys
            self._ways[names] = every, ways(every, links, steps, self.grid.full, self.known)
        return self._ways[names][1]

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
        if (sql, on_the_event) not in self._steps:
            names = ["key", "value", *(CLAIM if claims else []), "from_on", "to_on"]
            where = "key is not null" + ("" if on_the_event else f" and {NEAR}")
            order = " order by value" if on_the_event and not claims else ""
            rows = self._read(sql, names, lambda: where + order, every=on_the_event)
            self._steps[sql, on_the_event] = self._ordered(rows, claims, otherwise, on_the_event)
        return self._steps[sql, on_the_event]

    def _ordered(self, rows: Rows, claims: bool, otherwise: str | None, on_the_event: bool) -> Step:
        if not on_the_event:
            return step(speaking(rows, "key", self.known) if claims else rows, self.known, otherwise)
        plain = step(rows, self.known, otherwise)
        starts, order = claimed(rows, "key", self.known) if claims else starts_of(rows.columns["key"], self.known.count)
        return Step(rows, starts, order, plain.otherwise)

    def _kept(self, name: str) -> str | None:
        """The SQL of a relation of which the rows are kept; None where they are not."""
        if name == SEVERAL:
            return self._several()
        if name not in KEPT:
            return None
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

    def _read(
        self, sql: str, names: Sequence[str], where: Callable[[], str], *, part: str = "", every: bool = False
    ) -> Rows:
        """The rows of a query: from columns of shared relations where a branch takes no more, else from the engine.

        Takes   where, what the engine is asked to keep of them; part, of which they must be; every, whether those are
                wanted too that cover none of the dates.
        """
        found: list[Rows] = []
        left: list[str] = []
        all_branches = [] if every else self._branches(sql)
        for branch in all_branches:
            if branch.is_other_part(part):
                continue
            if (rows := self._taken(branch, names)) is not None:
                found.append(rows)
            else:
                left.append(f"select * from (\n{branch.sql}\n) b({', '.join(branch.names)})")
        if left or not found:
            asked = "\nunion all\n".join(left) if 0 < len(left) < len(all_branches) else sql
            listed = ", ".join(map(_shown, names))
            found.append(self._asked(f"select {listed} from (\n{asked}\n) s where {where()}", every))
        return joined(found)

    def _branches(self, sql: str) -> list[Branch]:
        return [one for branch in branches(sql) for one in members(branch, self._relations)]

    def _taken(self, branch: Branch, names: Sequence[str]) -> Rows | None:
        if not branch.shown or (columns := self.columns(branch.relation)) is None:
            return None
        until = self._until(branch.window) if branch.window else None
        others = [name for name in names if name not in ("from_on", "to_on")]
        return taken(branch, columns, others, self.known, self.grid, until)

    def columns(self, name: str) -> Columns | None:
        """The columns of a relation that is read for all, or that has a twin; None for any other."""
        if name not in self._shared.columns:
            if name in READ:
                query = self.text(f"select {', '.join(map(_shown, READ[name]))} from {{{name}}} r")
                self._shared.columns[name] = columns_read(self._source.batches(query, self.lens, {}), self.known)
            elif name in TWINS:
                self._shared.columns[name] = TWINS[name](self.columns)
            else:
                return None
        return self._shared.columns[name]

    def text(self, sql: str) -> str:
        """A query over relations that name no window, made whole, of which nothing is kept."""
        text = Text(self._source, self._relations, self._windows, self._dates.end, self._moment)
        return text.statement(sql)

    def _until(self, window: str) -> Until:
        days, until = self._windows.table(window, self._dates.end)
        ends = np.array(until, "datetime64[D]").astype(np.int32)
        return int(np.datetime64(days[0]).astype(int)), ends

    def _asked(self, sql: str, every: bool) -> Rows:
        query = self._text.statement(sql)
        bounds = {"first": self._dates.first, "last": self._dates.last, "end": self._dates.end}
        batches = self._source.batches(query, self.lens, {**self._text.parameters, **bounds})
        return read(batches, self.known, self.grid, covering=not every)


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
