"""A query's branches that only take columns of one shared relation: such a branch is read from columns in memory.

A definition, a link or a group is one SQL text. Where a part of its `union all` is no more than columns and constants
of a relation, with at most one counting table joined and one column that must be there, no engine has to be asked.
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
_SHOWN = re.compile(r"(?:(?P<text>'[^']*')|(?P<number>\d+)|(?:(?P<of>\w+)\.)?(?P<column>\w+))(?: as (?P<name>\w+))?")

Shown = str | int | None


@dataclass(frozen=True)
class Branch:
    """One part of a union.

    Takes   sql, the text; names, what its columns are called. For a branch that is read from columns: relation; shown,
            for each name a column of the relation (it begins with a dot; `.until` is the window's end) or a constant;
            there, a column that must not be empty; window and day, a counting table and the column it is joined to.
    """

    sql: str
    names: tuple[str, ...]
    relation: str = ""
    shown: tuple[Shown, ...] = ()
    there: str = ""
    window: str = ""
    day: str = ""

    def of(self, name: str) -> Shown:
        """What a column of this name is."""
        return self.shown[self.names.index(name)]

    def over(self, relation: str) -> Branch:
        """The same branch of another relation that has the same columns."""
        return replace(self, sql=self.sql.replace(f"{{{self.relation}}}", f"{{{relation}}}"), relation=relation)

    def is_other_part(self, part: str) -> bool:
        """Whether it says itself that it is of another part than this one."""
        return bool(self.shown) and "part" in self.names and self.of("part") != part


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
    found = _BRANCH.fullmatch(part)
    shown = tuple(value for _, value in _shown(found)) if found else ()
    if found is None or len(shown) != len(names):
        return Branch(sql, names)
    return Branch(sql, names, found["relation"], shown, found["there"] or "", found["window"] or "", found["day"] or "")


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
