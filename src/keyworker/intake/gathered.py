"""Turn a return's nested records into flat ones: a frame of text for each kind, each row knowing its parent."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from keyworker.intake.contract import ROW
from keyworker.intake.hostile_xml import Element, local_name
from keyworker.vocabulary.errors import FileRefused

INDEX = "_index"  # this row's place among its kind
PARENT = "_parent"  # its parent's place among the parent's kind
MAX_FIELDS = 200
_CHUNK = 50_000


@dataclass(frozen=True)
class Shape:
    """How one element becomes a record.

    Takes   wrappers, elements whose values belong to this record; lists, values that may repeat (kept as JSON);
            groups, elements that become records of their own kind.
    """

    wrappers: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    groups: Mapping[str, Shape] = field(default_factory=dict)


class Leftovers:
    """What a file held that the record has no place for, counted by name."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, where: str, what: str, count: int = 1) -> None:
        """Count some values of one name."""
        if count:
            key = (where[:160], what[:160])
            if key not in self._counts and len(self._counts) >= MAX_FIELDS:
                key = ("elsewhere", "names beyond the first 200")
            self._counts[key] += count

    @property
    def total(self) -> int:
        """How many values were left out in all."""
        return self._counts.total()

    def notes(self) -> list[str]:
        """One sentence for each name."""
        return [
            f"{where}: {what} has no place in the record; {count:,} {'value' if count == 1 else 'values'} left out."
            for (where, what), count in sorted(self._counts.items())
        ]


class Gathered:
    """Records by kind, kept as frames of text."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.files: dict[str, str] = {}  # the file or sheet that holds each kind, where it is not the whole
        self.left = Leftovers()
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._frames: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self._fields: dict[str, dict[str, None]] = defaultdict(dict)
        self._counts: Counter[str] = Counter()

    def file_of(self, kind: str) -> str:
        """The file that a kind of record came from, as people see it."""
        return self.files.get(kind, self.file)

    def add(self, kind: str, values: Mapping[str, str | None], row: int, parent: int | None = None) -> int:
        """Keep one record; give its place among its kind."""
        index = self._counts[kind]
        self._counts[kind] += 1
        fields = self._fields[kind]
        for name in values:
            if name not in fields:
                if len(fields) >= MAX_FIELDS:
                    raise FileRefused(
                        f"A {kind} record has more than {MAX_FIELDS} different names in it, so this is no return.",
                        where=self.file,
                        remedy="Check that it is the right file.",
                    )
                fields[name] = None
        self._rows[kind].append({**values, ROW: row, INDEX: index, PARENT: parent})
        if len(self._rows[kind]) >= _CHUNK:
            self._settle(kind)
        return index

    def expect(self, kind: str, names: Iterable[str]) -> None:
        """Say that a kind of record is present, even if the file holds none of it."""
        fields = self._fields[kind]
        fields.update(dict.fromkeys(name for name in names if name not in fields))
        self._frames.setdefault(kind, [])

    def add_element(self, kind: str, element: Element, shape: Shape, row: int, parent: int | None = None) -> int:
        """Keep an element and all below it as records of their kinds."""
        values: dict[str, str | None] = {}
        lists: dict[str, list[str]] = {}
        groups: list[Element] = []
        self._spread(kind, element, shape, values, lists, groups)
        values.update({name: json.dumps(sorted(found)) for name, found in lists.items()})
        index = self.add(kind, values, row, parent)
        for group in groups:
            name = local_name(group)
            self.add_element(name, group, shape.groups[name], row, index)
        return index

    def _spread(
        self,
        kind: str,
        element: Element,
        shape: Shape,
        values: dict[str, str | None],
        lists: dict[str, list[str]],
        groups: list[Element],
    ) -> None:
        self.add_stray(kind, element)
        for part in element:
            name = local_name(part)
            if name in shape.groups:
                groups.append(part)
            elif name in shape.wrappers:
                self._spread(kind, part, shape, values, lists, groups)
            elif len(part):
                self.add_unknown(f"{kind}/{name}", part)
            else:
                self._leaf(kind, name, part, shape, values, lists)

    def _leaf(
        self,
        kind: str,
        name: str,
        part: Element,
        shape: Shape,
        values: dict[str, str | None],
        lists: dict[str, list[str]],
    ) -> None:
        self.left.add(kind, f"attributes of {name}", len(part.attrib))
        text = (part.text or "").strip()
        if not text:
            values.setdefault(name, None)
        elif name in shape.lists:
            lists.setdefault(name, []).append(text)
        elif values.get(name) is not None:
            self.left.add(kind, f"{name} given more than once")
        else:
            values[name] = text

    def add_stray(self, kind: str, element: Element) -> None:
        """Count an element's attributes and any text that stands between the elements in it."""
        self.left.add(kind, f"attributes of {local_name(element)}", len(element.attrib))
        texts = [element.text, *(part.tail for part in element)]
        self.left.add(kind, "text between elements", sum(1 for text in texts if text and text.strip()))

    def add_unknown(self, where: str, element: Element) -> None:
        """Count every value of an element that nobody knows, and of all below it."""
        for part in element.iter():
            text = [part.text, *(below.tail for below in part)] if len(part) else [part.text]
            found = sum(1 for said in text if said and said.strip()) + len(part.attrib)
            self.left.add(where, local_name(part), found)

    def _settle(self, kind: str) -> None:
        rows = self._rows.pop(kind, [])
        if rows:
            self._frames[kind].append(self._frame(kind, rows))

    def _frame(self, kind: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
        plumbing = {name: [row.get(name) for row in rows] for name in (ROW, INDEX, PARENT)}
        text = {name: [row.get(name) for row in rows] for name in self._fields[kind]}
        schema = {name: pl.Int64() for name in plumbing} | {name: pl.String() for name in text}
        return pl.DataFrame({**plumbing, **text}, schema=schema)

    def frames(self) -> dict[str, pl.DataFrame]:
        """Each kind of record, one frame."""
        for kind in list(self._rows):
            self._settle(kind)
        return {
            kind: pl.concat([self._frame(kind, []), *parts], how="diagonal") for kind, parts in self._frames.items()
        }
