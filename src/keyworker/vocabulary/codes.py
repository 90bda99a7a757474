"""Code lists: what each code of a column means, by collection and year where lists differ.

In: package data. Out: `codes`, `list_names`. Published lists keep the codes that the returns use; our own lists
have words for codes, because people read and write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from keyworker.vocabulary.shipped import rows

OWN = ""
# Where two returns word one code differently, the first of these is heard. Annex A's letters mean something only there.
RETURNS = ("SSD", "CIN", "SSDA903", "CSWW")
COLLECTIONS = (OWN, *RETURNS, "Annex A")


@dataclass(frozen=True)
class Code:
    """One code of one list.

    Takes   collection, the return that uses it (empty: our own); first_year and last_year, the collection years
            in which it may be used (None: as far back, or as long, as anybody knows).
    """

    collection: str
    code: str
    label: str
    first_year: int | None = None
    last_year: int | None = None

    def used_in(self, year: int) -> bool:
        """Whether the code may be used in that collection year."""
        return (self.first_year or year) <= year <= (self.last_year or year)


def codes(list_name: str, collection: str | None = None, year: int | None = None) -> Mapping[str, str]:
    """The codes of a list with their labels, in the order in which the list gives them.

    Takes   collection, such as CIN or CSWW (None: our own list, or where there is none every code that a return
            uses, because a column keeps each source's code as written);
            year, the year in which the collection ends (None: every code that was ever used).
    Raises  KeyError for a list that does not exist, or that the collection does not have.
    """
    if list_name not in _lists():
        raise KeyError(f"no code list named {list_name}")
    if collection is not None and collection not in collections_of(list_name):
        raise KeyError(f"{collection} has no code list named {list_name}")
    return _chosen(list_name, collection, year)


def list_names() -> tuple[str, ...]:
    """The names of all code lists, in alphabetical order."""
    return tuple(sorted(_lists()))


def collections_of(list_name: str) -> tuple[str, ...]:
    """The collections that have a list of that name; an empty name is our own list."""
    has = {code.collection for code in _lists()[list_name]}
    return tuple(one for one in COLLECTIONS if one in has)


def codes_in_full(list_name: str, collection: str) -> tuple[Code, ...]:
    """The codes of one collection's list with the years of each."""
    return tuple(code for code in _lists()[list_name] if code.collection == collection)


@cache
def _chosen(list_name: str, collection: str | None, year: int | None) -> Mapping[str, str]:
    chosen: dict[str, str] = {}
    for one in [collection] if collection is not None else _heard(list_name):
        for code in codes_in_full(list_name, one):
            if year is None or code.used_in(year):
                chosen.setdefault(code.code, code.label)
    return MappingProxyType(chosen)


def _heard(list_name: str) -> tuple[str, ...]:
    has = collections_of(list_name)
    if OWN in has:
        return (OWN,)
    return tuple(one for one in has if one in RETURNS) or has


@cache
def _lists() -> dict[str, tuple[Code, ...]]:
    lists: dict[str, list[Code]] = {}
    for row in rows("code_lists.csv"):
        years = [int(row[name]) if row[name] else None for name in ("first_year", "last_year")]
        lists.setdefault(row["list"], []).append(Code(row["collection"], row["code"], row["label"], *years))
    for row in rows("own_lists.csv"):
        lists.setdefault(row["list"], []).append(Code(OWN, row["code"], row["label"]))
    for row in rows("step_kinds.csv"):
        lists.setdefault("step_kind", []).append(Code(OWN, row["kind"], row["says"]))
    return {name: tuple(found) for name, found in lists.items()}
