"""Steps that turn spans into bits, and part bits by who comes first and by group. Nothing here knows a measure.

Only what PostgreSQL, DuckDB and Spark share is used: joins, `bit_or`, `&`, `~`, sums, `row_number`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.statement import CLAIM, NEAR, Bits, Statement, listed, otherwise
from keyworker.measures.registry.definition import Group, Link


@dataclass(frozen=True)
class Chain:
    """How a group is reached from a span: by its own key, or through a link to what the group is of."""

    group: Group
    link: Link | None
    key: str  # the column that the group's `key` is joined to


class Steps:
    """Adds steps to a statement.

    Takes   day, the SQL of the table of dates.
    """

    def __init__(self, dates: Dates, day: str) -> None:
        self.dates = dates
        self.bits = Bits(dates.words)
        self.out = Statement()
        self.out.step("day_bits", f"select * from {day} d")

    def on_dates(self, name: str, spans: str, columns: Sequence[str]) -> str:
        """Spans as bits: the power of two at the end less that at the start. Those that cover no date are left out."""
        return self.out.step(
            name,
            f"""select {listed(f"s.{column}" for column in columns)}, {self.bits.each("u.up{n} - f.up{n} as {b}")}
from {spans} s
join day_bits f on f.day = greatest(s.from_on, %(first)s)
join day_bits u on u.day = least(coalesce(s.to_on, %(end)s), %(end)s)
where {self.bits.some("u.up{n} - f.up{n}")}""",
        )

    def merged(self, name: str, rows: str, keys: Sequence[str]) -> str:
        """The bits of all rows that share the keys."""
        return self.out.step(name, f"select {listed(keys)}, {self.bits.ored} from {rows} b group by {listed(keys)}")

    def within(self, name: str, rows: str, columns: Sequence[str], key: str, those: str) -> str:
        """Only the days on which the key is in another step too. A row without a key keeps all of its days."""
        chosen = listed(f"r.{column}" for column in columns)
        return self.out.step(
            name,
            f"""select {chosen}, {self.bits.each("r.{b} & w.{b} as {b}")}
from {rows} r join {those} w on w.{key} = r.{key} where {self.bits.some("r.{b} & w.{b}")}
union all
select {chosen}, {self.bits.each("r.{b}")} from {rows} r where r.{key} is null""",
        )

    def first_claim(self, name: str, rows: str, key: str, columns: Sequence[str]) -> str:
        """Of rows that share a day, the first by rank keeps it. Keys whose rows share none are left as they are."""
        clash = " or ".join(
            f"sum(cast({b} as decimal(38, 0))) <> cast(bit_or({b}) as decimal(38, 0))" for b in self.bits.names
        )
        self.out.step(f"{name}_clash", f"select {key} from {rows} b group by {key} having {clash}")
        before = self.bits.each(
            f"bit_or({{b}}) over (partition by {key} order by {CLAIM}"
            " rows between unbounded preceding and 1 preceding) as before{n}"
        )
        left = "{b} & ~coalesce(before{n}, 0)"
        return self.out.step(
            name,
            f"""select {listed(columns, self.bits.names)} from {rows} b
where not exists (select 1 from {name}_clash c where c.{key} = b.{key})
union all
select {listed(columns)}, {self.bits.each(left + " as {b}")} from (
    select b.*, {before} from {rows} b where exists (select 1 from {name}_clash c where c.{key} = b.{key})
) w where {self.bits.some(left)}""",
        )

    def grouped(self, prefix: str, rows: str, columns: Sequence[str], chains: Sequence[Chain]) -> str:
        """Part the bits of each row by the groups `by_0`, `by_1`, … that hold on those days."""
        carried = list(columns)
        for place, chain in enumerate(chains):
            if chain.link is not None and chain.key not in carried:
                relation = self._claims(f"{prefix}_link_{chain.key}", chain.link.sql, chain.link.claims)
                of = chain.link.of.column
                rows = self._parted(f"{prefix}_via_{chain.key}", rows, of, relation, carried, chain.key, None)
                carried.append(chain.key)
            relation = self._claims(f"{prefix}_group_{place}", chain.group.sql, chain.group.claims)
            called = f"by_{place}"
            name = f"{prefix}_parted_{place}"
            rows = self._parted(name, rows, chain.key, relation, carried, called, chain.group.otherwise)
            carried.append(called)
        return rows

    def _claims(self, name: str, sql: str, claims: bool) -> str:
        """A link's or a group's rows on the dates."""
        self.out.step(f"{name}_near", f"select * from (\n{sql}\n) s where {NEAR} and key is not null")
        columns = ["key", "value", *(["rank", "since_on", "order_id"] if claims else [])]
        found = self.on_dates(f"{name}_bits", f"{name}_near", columns)
        return self.first_claim(f"{name}_first", found, "key", ["key", "value"]) if claims else found

    def _parted(
        self, name: str, rows: str, key: str, relation: str, columns: Sequence[str], called: str, said: str | None
    ) -> str:
        """Each row once for each value that its key has on its days, and once for the days on which it has none."""
        every = ", ".join(f"{(1 << self.dates.held(word)) - 1} as b{word}" for word in self.dates.words)
        self.out.step(f"{name}_any", f"select key, {self.bits.ored} from {relation} r group by key")
        self.out.step(
            f"{name}_full",
            f"""select key, value, {", ".join(self.bits.names)} from {relation} r
union all
select k.key, cast({otherwise(said, "k.key")} as varchar(200)), {self.bits.each("k.{b} & ~coalesce(a.{b}, 0)")}
from (select {key} as key, {every} from {rows} r where {key} is not null group by {key}) k
left join {name}_any a on a.key = k.key
where {self.bits.some("k.{b} & ~coalesce(a.{b}, 0)")}""",
        )
        chosen = listed(f"i.{column}" for column in columns)
        return self.out.step(
            name,
            f"""select {chosen}, g.value as {called}, {self.bits.each("i.{b} & g.{b} as {b}")}
from {rows} i join {name}_full g on g.key = i.{key} where {self.bits.some("i.{b} & g.{b}")}
union all
select {chosen}, cast(null as varchar(200)), {self.bits.each("i.{b}")} from {rows} i where i.{key} is null""",
        )

    def grouped_on_the_event(self, prefix: str, spans: str, chains: Sequence[Chain]) -> str:
        """Look up each span's groups on its own first day."""
        linked: set[str] = set()
        for place, chain in enumerate(chains):
            if chain.link is not None and chain.key not in linked:
                name, link = f"{prefix}_link_{chain.key}", chain.link
                spans = self._on_its_day(name, spans, link.of.column, link.sql, link.claims, chain.key, None)
                linked.add(chain.key)
            name, group = f"{prefix}_group_{place}", chain.group
            spans = self._on_its_day(name, spans, chain.key, group.sql, group.claims, f"by_{place}", group.otherwise)
        return spans

    def _on_its_day(
        self, name: str, spans: str, key: str, sql: str, claims: bool, called: str, said: str | None
    ) -> str:
        order = CLAIM if claims else "value"
        self.out.step(f"{name}_asked", f"select distinct {key} as key, from_on as day from {spans} s")
        self.out.step(
            f"{name}_found",
            f"""select key, day, value from (
    select a.key, a.day, g.value, row_number() over (partition by a.key, a.day order by {order}) as place
    from {name}_asked a join (
{sql}
    ) g on g.key = a.key and g.from_on <= a.day and (g.to_on is null or g.to_on > a.day)
) w where place = 1""",
        )
        return self.out.step(
            name,
            f"""select s.*, coalesce(g.value, {otherwise(said, f"s.{key}")}) as {called}
from {spans} s left join {name}_found g on g.key = s.{key} and g.day = s.from_on""",
        )
