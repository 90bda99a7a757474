"""One statement that gives a measure for every date of a series and every group, composed from the definition's spans.

Nothing in it knows a measure. It uses only what PostgreSQL, DuckDB and Spark share: joins, `bit_or`, `&`, `~`, sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from keyworker.measures.passes.dates import Dates
from keyworker.measures.registry.definition import Belongs, Counts, Definition, Group, Grouped, Link

THE_KEY = "the key itself"
CLAIM = "rank desc, since_on desc, order_id desc"


@dataclass
class Statement:
    """Common table expressions in order, and the query below them."""

    steps: list[tuple[str, str]] = field(default_factory=list)

    def step(self, name: str, sql: str) -> str:
        """Add a named step; gives its name."""
        self.steps.append((name, sql))
        return name

    def sql(self, last: str) -> str:
        """The whole statement."""
        return "with " + ",\n".join(f"{name} as (\n{sql}\n)" for name, sql in self.steps) + "\n" + last


@dataclass(frozen=True)
class Chain:
    """How a group is reached from a span: by its own key, or through a link to what the group is of."""

    group: Group
    link: Link | None
    key: str  # the column that the group's `key` is joined to


class Composer:
    """Composes the statement for one definition, series of dates and list of groups.

    Takes   whole, which makes a query's named relations and windows whole; day, the SQL of the table of dates.
    """

    def __init__(self, definition: Definition, dates: Dates, chains: Sequence[Chain], day: str) -> None:
        self.definition = definition
        self.dates = dates
        self.chains = chains
        self.out = Statement()
        self.out.step("day_bits", f"select * from {day} d")
        self.columns = [name for name in definition.columns if name not in ("from_on", "to_on")]

    @property
    def group_names(self) -> list[str]:
        """The columns of the result that name its group."""
        return [f"by_{place}" for place in range(len(self.chains))] + (["band"] if self.definition.bands else [])

    def statement(self) -> str:
        """The statement. Its rows are `part`, the groups, then a column for each date (two where there are limits)."""
        counts = self.definition.counts
        if counts is Counts.DISTINCT:
            return self._distinct()
        if counts is Counts.SHARE:
            return self._share()
        if counts in (Counts.SUM, Counts.RATIO):
            return self._sums()
        return self._each_subject()

    def behind(self) -> str:
        """The spans' subjects with the bits of the dates that they count for: the rows behind the number."""
        spans, columns = self._grouped(self._bits(), self.columns)
        return self.out.sql(
            f"select {', '.join([*columns, *self.group_names_without_band, *self._b()])} from {spans} s"
        )

    @property
    def group_names_without_band(self) -> list[str]:
        """The groups that were asked for."""
        return [f"by_{place}" for place in range(len(self.chains))]

    # -- the ways to add up

    def _distinct(self) -> str:
        keys = self._keys()
        merged = self._merge("merged", self._bits(), keys)
        spans, _ = self._grouped(merged, keys)
        names = self.group_names
        once = self._merge("once", spans, ["subject_id", *names])
        return self.out.sql(self._tally("numerator", once, names))

    def _share(self) -> str:
        keys = [name for name in self._keys() if name != "band"]
        bits = self._bits()
        base = self._merge("base", bits, keys, "part = 'denominator'")
        banded = ["subject_id", "band"] if self.definition.bands else ["subject_id"]
        met = self._merge("met", bits, banded, "part = 'numerator'")
        spans, _ = self._grouped(base, keys)
        names = self.group_names_without_band
        once = self._merge("once", spans, ["subject_id", *names])
        both = ", ".join(f"o.b{word} & m.b{word} as b{word}" for word in self.dates.words)
        chosen = ", ".join([*(f"o.{name}" for name in names), *(["m.band"] if self.definition.bands else []), both])
        self.out.step("met_too", f"select {chosen} from {once} o join {met} m on m.subject_id = o.subject_id")
        empty = ["cast(null as varchar(1)) as band"] if self.definition.bands else []
        below = self._tally("denominator", once, names, [*names, *empty])
        return self.out.sql(f"{below}\nunion all\n{self._tally('numerator', 'met_too', self.group_names)}")

    def _sums(self) -> str:
        columns = [name for name in self.columns if name != "subject_id"]
        spans, _ = self._grouped(self._bits(), columns)
        names = self.group_names
        sums = ", ".join(
            f"sum(case when {_bit(word, bit)} then weight end) as c{place}"
            for place, (word, bit, _) in enumerate(self.dates.places)
        )
        listed = ", ".join(["part", *names])
        return self.out.sql(f"select {listed}, {sums} from {spans} s group by {listed}")

    def _each_subject(self) -> str:
        columns = list(self.columns)
        bits = self._bits()
        values = self.out.step("valued", f"select * from {bits} b where part = 'value'")
        spans, _ = self._grouped(values, columns)
        names = self.group_names
        how, what = ("max", "since_on") if self.definition.counts is Counts.DAYS else ("sum", "weight")
        listed = ", ".join(["subject_id", *names])
        each = self.out.step(
            "each_one", f"select {listed}, {self._wide(how, what, 'c')} from {spans} s group by {listed}"
        )
        if self.definition.counts is Counts.DAYS:
            wanted = ", ".join(["'value' as part", *names, *self._each("c")])
            return self.out.sql(f"select {wanted} from {each} e")
        limits = self.out.step(
            "limits",
            f"select subject_id, {self._wide('sum', 'weight', 'm')} from {bits} b where part = 'limit'"
            " group by subject_id",
        )
        wanted = ", ".join(
            ["'value' as part", *(f"e.{name}" for name in names), *self._each("e.c"), *self._each("l.m")]
        )
        return self.out.sql(f"select {wanted} from {each} e left join {limits} l on l.subject_id = e.subject_id")

    # -- the steps

    def _bits(self) -> str:
        """The definition's spans, those that cover any of the dates, with their bits."""
        self.out.step("spans", self.definition.sql)
        near = "from_on <= %(last)s and (to_on is null or (to_on > %(first)s and to_on > from_on))"
        self.out.step("near", f"select * from spans s where {near}")
        found = "near"
        if self.definition.grouped is Grouped.THE_EVENT and self.chains:
            found = self._grouped_on_the_event(found)
        columns = [*self.columns]
        if self.definition.grouped is Grouped.THE_EVENT:
            columns += self.group_names_without_band
        bits = self._on_dates("bits", found, [f"s.{name}" for name in columns])
        if self.definition.one_per is not None:
            bits = self._first_claim("one_each", bits, self.definition.one_per.column, columns)
        return bits

    def _on_dates(self, name: str, spans: str, columns: Sequence[str]) -> str:
        """Spans as bits: the power of two at the end less that at the start."""
        powers = ", ".join(f"u.up{word} - f.up{word} as b{word}" for word in self.dates.words)
        some = " or ".join(f"u.up{word} <> f.up{word}" for word in self.dates.words)
        return self.out.step(
            name,
            f"""select {", ".join(columns)}, {powers}
from {spans} s
join day_bits f on f.day = greatest(s.from_on, %(first)s)
join day_bits u on u.day = least(coalesce(s.to_on, %(end)s), %(end)s)
where {some}""",
        )

    def _first_claim(self, name: str, bits: str, key: str, columns: Sequence[str]) -> str:
        """Of rows that share a day, the first by rank keeps it. Keys whose rows share none are left as they are."""
        clash = " or ".join(
            f"sum(cast(b{word} as decimal(38, 0))) <> cast(bit_or(b{word}) as decimal(38, 0))"
            for word in self.dates.words
        )
        self.out.step(f"{name}_clash", f"select {key} from {bits} b group by {key} having {clash}")
        before = ", ".join(
            f"bit_or(b{word}) over (partition by {key} order by {CLAIM}"
            f" rows between unbounded preceding and 1 preceding) as before{word}"
            for word in self.dates.words
        )
        listed = ", ".join(columns)
        left = ", ".join(f"b{word} & ~coalesce(before{word}, 0) as b{word}" for word in self.dates.words)
        some = " or ".join(f"(b{word} & ~coalesce(before{word}, 0)) <> 0" for word in self.dates.words)
        return self.out.step(
            name,
            f"""select {listed}, {", ".join(self._b())} from {bits} b
where not exists (select 1 from {name}_clash c where c.{key} = b.{key})
union all
select {listed}, {left} from (
    select b.*, {before} from {bits} b where exists (select 1 from {name}_clash c where c.{key} = b.{key})
) w where {some}""",
        )

    def _merge(self, name: str, bits: str, keys: Sequence[str], where: str = "") -> str:
        """The bits of all rows that share the keys."""
        listed = ", ".join(keys)
        ored = ", ".join(f"bit_or(b{word}) as b{word}" for word in self.dates.words)
        among = f" where {where}" if where else ""
        return self.out.step(name, f"select {listed}, {ored} from {bits} b{among} group by {listed}")

    def _grouped(self, bits: str, columns: Sequence[str]) -> tuple[str, list[str]]:
        """Part the bits of each row by the groups that hold on those days."""
        carried = list(columns)
        if self.definition.grouped is Grouped.THE_EVENT:
            named = [name for name in self.group_names_without_band if name not in carried]
            return bits, [*carried, *named]
        linked: dict[str, str] = {}
        for place, chain in enumerate(self.chains):
            if chain.link is not None and chain.key not in linked:
                relation = self._claims(f"link_{chain.key}", chain.link.sql, chain.link.claims)
                bits = self._part(f"via_{chain.key}", bits, chain.link.of.column, relation, carried, chain.key, None)
                carried.append(chain.key)
                linked[chain.key] = bits
            relation = self._claims(f"group_{place}", chain.group.sql, chain.group.claims)
            bits = self._part(
                f"parted_{place}", bits, chain.key, relation, carried, f"by_{place}", chain.group.otherwise
            )
            carried.append(f"by_{place}")
        return bits, carried

    def _claims(self, name: str, sql: str, claims: bool) -> str:
        """A link's or a group's rows on the dates."""
        self.out.step(f"{name}_spans", sql)
        near = "from_on <= %(last)s and (to_on is null or (to_on > %(first)s and to_on > from_on)) and key is not null"
        self.out.step(f"{name}_near", f"select * from {name}_spans s where {near}")
        columns = ["key", "value", *(["rank", "since_on", "order_id"] if claims else [])]
        found = self._on_dates(f"{name}_bits", f"{name}_near", [f"s.{column}" for column in columns])
        return self._first_claim(f"{name}_first", found, "key", ["key", "value"]) if claims else found

    def _part(
        self, name: str, bits: str, key: str, relation: str, columns: Sequence[str], called: str, otherwise: str | None
    ) -> str:
        listed = ", ".join(f"i.{column}" for column in columns)
        both = ", ".join(f"i.b{word} & g.b{word} as b{word}" for word in self.dates.words)
        some = " or ".join(f"(i.b{word} & g.b{word}) <> 0" for word in self.dates.words)
        rest = ", ".join(f"i.b{word} & ~coalesce(a.b{word}, 0) as b{word}" for word in self.dates.words)
        left = " or ".join(f"(i.b{word} & ~coalesce(a.b{word}, 0)) <> 0" for word in self.dates.words)
        ored = ", ".join(f"bit_or(b{word}) as b{word}" for word in self.dates.words)
        self.out.step(f"{name}_any", f"select key, {ored} from {relation} r group by key")
        unknown = f"cast({_otherwise(otherwise, 'i.' + key)} as varchar(200))"
        return self.out.step(
            name,
            f"""select {listed}, g.value as {called}, {both}
from {bits} i join {relation} g on g.key = i.{key} where {some}
union all
select {listed}, {unknown} as {called}, {rest}
from {bits} i left join {name}_any a on a.key = i.{key} where {left}""",
        )

    def _grouped_on_the_event(self, spans: str) -> str:
        """Look up each span's groups on its own first day."""
        linked: set[str] = set()
        for place, chain in enumerate(self.chains):
            if chain.link is not None and chain.key not in linked:
                spans = self._on_its_day(
                    f"on_day_{chain.key}",
                    spans,
                    chain.link.of.column,
                    chain.link.sql,
                    chain.link.claims,
                    chain.key,
                    None,
                )
                linked.add(chain.key)
            spans = self._on_its_day(
                f"on_day_{place}", spans, chain.key, chain.group.sql, chain.group.claims, f"by_{place}",
                chain.group.otherwise,
            )  # fmt: skip
        return spans

    def _on_its_day(
        self, name: str, spans: str, key: str, sql: str, claims: bool, called: str, otherwise: str | None
    ) -> str:
        order = CLAIM if claims else "value"
        self.out.step(f"{name}_spans", sql)
        self.out.step(f"{name}_asked", f"select distinct {key} as key, from_on as day from {spans} s")
        self.out.step(
            f"{name}_found",
            f"""select key, day, value from (
    select a.key, a.day, g.value, row_number() over (partition by a.key, a.day order by {order}) as place
    from {name}_asked a join {name}_spans g on g.key = a.key
        and g.from_on <= a.day and (g.to_on is null or g.to_on > a.day)
) w where place = 1""",
        )
        return self.out.step(
            name,
            f"""select s.*, coalesce(g.value, {_otherwise(otherwise, "s." + key)}) as {called}
from {spans} s left join {name}_found g on g.key = s.{key} and g.day = s.from_on""",
        )

    # -- small pieces of text

    def _keys(self) -> list[str]:
        """Whatever of a row must be kept apart until it is counted."""
        names = ["subject_id"]
        if self.definition.belongs_to is not Belongs.NOBODY:
            names.append(self.definition.belongs_to.column)
        if self.definition.bands:
            names.append("band")
        if self.definition.grouped is Grouped.THE_EVENT:
            names += self.group_names_without_band
        return names

    def _b(self) -> list[str]:
        return [f"b{word}" for word in self.dates.words]

    def _each(self, letter: str) -> list[str]:
        return [f"{letter}{place}" for place in range(len(self.dates.days))]

    def _tally(self, part: str, bits: str, names: Sequence[str], shown: Sequence[str] | None = None) -> str:
        counts = ", ".join(
            f"sum((b{word} >> {bit}) & 1) as c{place}" for place, (word, bit, _) in enumerate(self.dates.places)
        )
        chosen = ", ".join([f"'{part}' as part", *(names if shown is None else shown), counts])
        return f"select {chosen} from {bits} t" + (f" group by {', '.join(names)}" if names else "")

    def _wide(self, how: str, what: str, letter: str) -> str:
        return ", ".join(
            f"{how}(case when {_bit(word, bit)} then {what} end) as {letter}{place}"
            for place, (word, bit, _) in enumerate(self.dates.places)
        )


def _bit(word: int, bit: int) -> str:
    return f"(b{word} >> {bit}) & 1 = 1"


def _otherwise(said: str | None, key: str) -> str:
    """What stands for the group of a key that no row covers."""
    if said is None:
        return "null"
    return key if said == THE_KEY else f"case when {key} is not null then '{said}' end"
