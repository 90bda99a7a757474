"""File layouts of returns by year: which records a file has, which fields each has, in which order.

In: package data. Out: `annex_a`, `cin_census`, `ssda903`, `workforce_census`. Names, order and types are facts of
the returns; what could not be read in a specification is marked `unconfirmed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from keyworker.vocabulary.codes import codes, collections_of
from keyworker.vocabulary.shape import Type
from keyworker.vocabulary.shipped import rows

ANNEX_A_EDITIONS = {"2024": "heading", "sample": "heading_sample", "2022-06": "heading_2022_06"}
GROUP = "group"


@dataclass(frozen=True)
class Field:
    """One field or column of a return.

    Takes   name, as the return writes it, with the element around it where there is one; type, None for an element
            that holds a record of its own; codes, the code list that applies (see `Layout.allowed`);
            required, whether the layout itself asks for it; repeats, whether it may stand more than once.
    """

    name: str
    type: Type | None
    codes: str = ""
    required: bool = False
    repeats: bool = False
    unconfirmed: bool = False


@dataclass(frozen=True)
class Record:
    """One kind of row or element, with its fields in the order in which they stand.

    Takes   name, a table, a list's number or the path of an element; title, as people say it.
    """

    name: str
    fields: tuple[Field, ...]
    title: str = ""
    look_back_months: int | None = None

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError when the record has none."""
        return {field.name: field for field in self.fields}[name]


@dataclass(frozen=True)
class Layout:
    """One edition of a return's layout."""

    collection: str
    edition: str
    records: tuple[Record, ...]

    def record(self, name: str) -> Record:
        """The record of that name. Raises KeyError when the layout has none."""
        return {record.name: record for record in self.records}[name]

    def has(self, name: str) -> bool:
        """Whether the layout has a record of that name."""
        return any(record.name == name for record in self.records)

    def allowed(self, field: Field) -> Mapping[str, str]:
        """The codes that a field may hold in this edition, with their labels; empty when it has no list."""
        if not field.codes:
            return {}
        own = self.collection if self.collection in collections_of(field.codes) else None
        year = int(self.edition) if own and self.edition.isdigit() else None
        return codes(field.codes, own, year)


@cache
def cin_census(year: int) -> Layout:
    """The children in need census of the year that ends on 31 March of `year`."""
    return _by_year("CIN", "layouts/cin_census.csv", year)


@cache
def workforce_census(year: int) -> Layout:
    """The children's social work workforce census of 30 September of `year`."""
    return _by_year("CSWW", "layouts/workforce_census.csv", year)


@cache
def ssda903(year: int) -> Layout:
    """The looked after children return of the year that ends on 31 March of `year`, a record for each of its tables.

    Changes of fields after 2017 are known only for the social worker table; the other tables are as in 2017.
    """
    return _by_year("SSDA903", "layouts/ssda903.csv", year)


@cache
def annex_a(edition: str = "2024") -> Layout:
    """Ofsted's Annex A: eleven lists, named by number, columns in order.

    Takes   edition: 2024, the newest known; 2022-06 or sample, the headings of two workbooks seen in use, which
            differ in wording and have fewer columns in list 9. None was confirmed against Ofsted's own template.
    Raises  KeyError for an edition that is not known.
    """
    heading = ANNEX_A_EDITIONS[edition]
    found: dict[str, list[Field]] = {}
    for row in rows("layouts/annex_a.csv"):
        if row[heading]:
            field = Field(row[heading], Type(row["type"]), row["codes"], bool(row["required"]), unconfirmed=True)
            found.setdefault(row["list"], []).append(field)
    records = tuple(
        Record(row["list"], tuple(found[row["list"]]), row["title"], int(row["look_back_months"] or 0) or None)
        for row in rows("layouts/annex_a_lists.csv")
    )
    return Layout("Annex A", edition, records)


def _by_year(collection: str, file: str, year: int) -> Layout:
    found: dict[str, list[Field]] = {}
    for row in rows(file):
        if int(row["first_year"] or year) <= year <= int(row["last_year"] or year):
            found.setdefault(row["record"], []).append(_field(row))
    return Layout(collection, str(year), tuple(Record(name, tuple(fields)) for name, fields in found.items()))


def _field(row: dict[str, str]) -> Field:
    kind = None if row["type"] == GROUP else Type(row["type"])
    return Field(
        row["field"], kind, row["codes"], bool(row["required"]), bool(row["repeats"]), bool(row["unconfirmed"])
    )
