"""What the measures of one run of dates share: the words met, the links and groups read, one text of relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keyworker.facts.moment import Moment
from keyworker.measures.kernel.compiled import starts_of
from keyworker.measures.kernel.rows import Grid, Rows, claimed, read, speaking
from keyworker.measures.kernel.ways import Step, step
from keyworker.measures.kernel.words import Words
from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.source import Columnar
from keyworker.measures.passes.statement import NEAR
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Definition

FOREVER = "date '9999-12-31'"
CLAIM = ["rank", "since_on", "order_id"]


class Run:
    """Reads the spans of measures, links and groups on a run of dates, each link and group once."""

    def __init__(
        self, source: Columnar, relations: Mapping[str, str], moment: Moment, dates: Dates, windows: Windows
    ) -> None:
        self.known = Words()
        self.grid = Grid(dates)
        self._dates = dates
        self._source = source
        self._lens = source.lens(moment)
        self._text = Text(source, relations, windows, dates.end, moment)
        self._steps: dict[tuple[str, bool], Step] = {}

    def spans(self, definition: Definition, part: str, among: str = "", *, grouped: bool = True) -> Rows:
        """The spans of a part that cover any of the dates.

        Takes   among, another part that must have the subject too (empty: no other); grouped, whether the groups of
                whom the spans belong to are looked up.
        """
        columns = [_shown(name) for name in columns_of(definition, part, grouped=grouped)]
        sql = f"select {', '.join(columns)} from (\n{definition.sql}\n) s where part = '{part}' and {NEAR}"
        if among:
            others = f"select subject_id from (\n{definition.sql}\n) s where part = '{among}' and {NEAR}"
            sql += f"\nand exists (select 1 from ({others}) a where a.subject_id = s.subject_id)"
        return self._read(sql)

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
            columns = ", ".join(map(_shown, ["key", "value", *(CLAIM if claims else []), "from_on", "to_on"]))
            near = "" if on_the_event else f" and {NEAR}"
            order = " order by value" if on_the_event and not claims else ""
            query = f"select {columns} from (\n{sql}\n) s where key is not null{near}{order}"
            rows = self._read(query, on_the_event)
            self._steps[sql, on_the_event] = self._ordered(rows, claims, otherwise, on_the_event)
        return self._steps[sql, on_the_event]

    def _ordered(self, rows: Rows, claims: bool, otherwise: str | None, on_the_event: bool) -> Step:
        if not on_the_event:
            return step(speaking(rows, "key", self.known) if claims else rows, self.known, otherwise)
        plain = step(rows, self.known, otherwise)
        starts, order = claimed(rows, "key", self.known) if claims else starts_of(rows.columns["key"], self.known.count)
        return Step(rows, starts, order, plain.otherwise)

    def _read(self, sql: str, every: bool = False) -> Rows:
        query = self._text.statement(sql)
        bounds = {"first": self._dates.first, "last": self._dates.last, "end": self._dates.end}
        batches = self._source.batches(query, self._lens, {**self._text.parameters, **bounds})
        return read(batches, self.known, self.grid, covering=not every)


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
    if name in (*CLAIM, "weight", "from_on"):
        return name
    return f"cast({name} as varchar) as {name}"
