"""A query's branches that only take columns of one shared relation: such a branch is read from columns in memory.

A definition, a link or a group is one SQL text. Where a part of its `union all` is no more than columns and constants
of a relation, with at most one counting table joined and one column that must be there, no engine has to be asked.
Where a part is more than that and joins a counting table only for the end of its span, the engine is asked for the day
of each row, without the join: the table is looked up in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

_COMMENT = re.compile(r"--[^\n]*")
_UNION = re.compile(r"\bunion all\b")
_BRANCH = re.compile(
    r"select (?P<shown>[^{}()]+) from \{(?P<relation>\w+)\} (?P<alias>\w+)"
    r"(?: join \{(?P<window>(?:within|past) [^{}]+)\} (?P<other>\w+) on (?P=other)\.day = (?P=alias)\.(?P<day>\w+))?"
    r"(?: where (?:(?P=alias)\.)?(?P<there>\w+) is not null)?"
)
_WINDOWED = re.compile(
    r"select (?P<shown>.+?) from \{(?P<relation>\w+)\} (?P<alias>\w+)"
    r" join \{(?P<window>(?:within|past) [^{}]+)\} (?P<other>\w+) on (?P=other)\.day = (?P=alias)\.(?P<day>\w+)"
    r"(?: where (?P<where>.+))?"
)
_MORE = re.compile(r"^distinct |\b(?:over|join|group by|order by|having|limit|union|qualify)\b")
"""What would come out differently if the rows were fewer, or shown with another end."""
_TEXT = re.compile(r"'[^']*'")
_SHOWN = re.compile(r"(?:(?P<text>'[^']*')|(?P<number>\d+)|(?:(?P<of>\w+)\.)?(?P<column>\w+))(?: as (?P<name>\w+))?")

Shown = str | int | None


@dataclass(frozen=True)
class Branch:
    """One part of a union.

    Takes   sql, the text; names, what its columns are called; part, of a definition, where it says so.
            For a branch that is read from columns: relation; shown, for each name a column of the relation (it begins
            with a dot; `.until` is the window's end) or a constant; there, a column that must not be empty; window and
            day, a counting table and the column it is joined to.
            by_day, for one that joins a counting table for the end of its span alone: the text without the join, which
            gives the day in place of the end, of rows from `%(window_from)s` to `%(window_to)s`.
    """

    sql: str
    names: tuple[str, ...]
    part: str = ""
    relation: str = ""
    shown: tuple[Shown, ...] = ()
    there: str = ""
    window: str = ""
    day: str = ""
    by_day: str = ""

    def of(self, name: str) -> Shown:
        """What a column of this name is."""
        return self.shown[self.names.index(name)]

    def over(self, relation: str) -> Branch:
        """The same branch of another relation that has the same columns."""
        old, new = f"{{{self.relation}}}", f"{{{relation}}}"
        sql, by_day = self.sql.replace(old, new), self.by_day.replace(old, new)
        return replace(self, sql=sql, by_day=by_day, relation=relation)

    def is_other_part(self, part: str) -> bool:
        """Whether it says itself that it is of another part than this one."""
        return self.part not in ("", part)


@cache
def branches(sql: str) -> tuple[Branch, ...]:
    """The branches of a query's outermost union; none where it is no plain union of selects that name their columns."""
    texts = _UNION.split(sql)
    parts = [" ".join(part.split()) for part in _UNION.split(_COMMENT.sub("", sql))]
    plain = all(part.startswith("select ") and part.count("(") == part.count(")") for part in parts)
    first = _names(parts[0]) if plain and len(texts) == len(parts) else ()
    return tuple(_branch(text, part, first) for text, part in zip(texts, parts, strict=True)) if first else ()


def _names(part: str) -> tuple[str, ...]:
    found = _BRANCH.fullmatch(part)
    return tuple(name for name, _ in _shown(found)) if found else ()


def _branch(sql: str, part: str, names: tuple[str, ...]) -> Branch:
    plain = Branch(sql, names, _part(part, names))
    if all(" ".join(text.split()) == text for text in _TEXT.findall(sql)):
        plain = _windowed(plain, part)
    found = _BRANCH.fullmatch(part)
    shown = tuple(value for _, value in _shown(found)) if found else ()
    if found is None or len(shown) != len(names):
        return plain
    window, day = found["window"] or "", found["day"] or ""
    return replace(plain, relation=found["relation"], shown=shown, there=found["there"] or "", window=window, day=day)


def _part(text: str, names: tuple[str, ...]) -> str:
    """Of which part of a definition a branch says it is; empty where it does not say."""
    shown = list(_items(text.removeprefix("select ").partition(" from ")[0]))
    place = names.index("part") if "part" in names else len(shown)
    said = _SHOWN.fullmatch(shown[place]) if place < len(shown) else None
    return said["text"][1:-1] if said and said["text"] else ""


def _windowed(branch: Branch, text: str) -> Branch:
    """A branch with the text that asks for days, where it joins a counting table only for the end of its span."""
    found = _WINDOWED.fullmatch(text)
    if found is None or _MORE.search(found["shown"]) or _MORE.search(found["where"] or ""):
        return branch
    shown, end = list(_items(found["shown"])), f"{found['other']}.until"
    place = branch.names.index("to_on") if "to_on" in branch.names else -1
    if len(shown) != len(branch.names) or shown[place].removesuffix(" as to_on") != end:
        return branch
    day = f"{found['alias']}.{found['day']}"
    shown[place] = day
    listed, where = ", ".join(shown), f"{day} between %(window_from)s and %(window_to)s"
    where += f" and ({found['where']})" if found["where"] else ""
    if re.search(rf"\b{found['other']}\.|(?<![.\w])(?:day|until)\b", f"{listed} {where}"):
        return branch
    by_day = f"select {listed} from {{{found['relation']}}} {found['alias']} where {where}"
    return replace(branch, window=found["window"], day=found["day"], by_day=by_day)


def _items(shown: str) -> Iterator[str]:
    """What a select shows, one by one."""
    item, depth = "", 0
    for letter in f"{shown},":
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield item.strip()
            item = ""
        else:
            item += letter


def _shown(found: re.Match[str]) -> Iterator[tuple[str, Shown]]:
    """The name and the value of each column that is shown; nothing where one of them is more than that."""
    each = [_SHOWN.fullmatch(one.strip()) for one in found["shown"].split(",")]
    told = [one for one in each if one is not None and one["of"] in (None, found["alias"], found["other"])]
    if len(told) < len(each):
        return
    for one in told:
        column = one["column"]
        if one["text"] is not None:
            value: Shown = one["text"][1:-1]
        elif one["number"] is not None:
            value = int(one["number"])
        elif column == "null":
            value = None
        elif found["other"] and one["of"] is None:
            return  # which of the two it belongs to is for the engine to say
        else:
            value = ".until" if found["other"] and one["of"] == found["other"] else f".{column}"
        yield one["name"] or column or "", value
