"""The published and usual measures of the field, and which of them the record can answer.

Each is bound to definitions by their header, or named here as a gap with its reason; none is left out in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keyworker.measures.plain.lives import SPANS
from keyworker.measures.registry import Definition, Registry, shipped

COMPUTED, GAP = "computed", "gap"
NOT_YET = "not yet defined"
BY_SQL = ("postgres", "duckdb", "spark")
"""The engines that work out every definition, by its one SQL text."""


@dataclass(frozen=True)
class Entry:
    """One measure of the catalogue.

    Takes   said, all that the catalogue says of it, sources included; definitions, the names of those that answer it.
    """

    id: str
    title: str
    domain: str
    said: dict[str, Any]
    definitions: tuple[str, ...]
    reason: str

    @property
    def state(self) -> str:
        """Whether it is computed or a gap."""
        return COMPUTED if self.definitions else GAP


@cache
def published() -> dict[str, dict[str, Any]]:
    """What the catalogue says of each measure, by its id, in the catalogue's order."""
    text = files("keyworker.measures").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    return {one["id"]: one for one in yaml.load(text, yaml.CSafeLoader)["measures"]}


@cache
def gaps() -> dict[str, str]:
    """Why the record cannot answer an entry of the catalogue, by its id."""
    found: dict[str, str] = {}
    for file in files("keyworker.measures").joinpath("gaps").iterdir():
        if file.name.endswith(".yaml"):
            found |= yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return found


def catalogue(registry: Registry | None = None) -> list[Entry]:
    """Every entry of the catalogue, with what answers it or why nothing does."""
    answers: dict[str, list[str]] = {}
    for definition in (registry or shipped()).definitions.values():
        for one in definition.catalogue:
            answers.setdefault(one, []).append(definition.name)
    return [
        Entry(
            id=name,
            title=said["title"],
            domain=said["domain"],
            said=said,
            definitions=tuple(answers.get(name, ())),
            reason="" if name in answers else gaps().get(name, NOT_YET),
        )
        for name, said in published().items()
    ]


def groups_of(registry: Registry, definition: Definition) -> list[str]:
    """The groups by which a measure can be parted: those of whom it belongs to, and those that a link leads to."""
    whose = definition.belongs_to
    return sorted(one.name for one in registry.groups.values() if one.of is whose or (whose, one.of) in registry.links)


def engines_of(definition: Definition) -> tuple[str, ...]:
    """What works a measure out: the plain reference, without SQL, where it was told plainly too."""
    return ("plain", *BY_SQL) if definition.name in SPANS else BY_SQL


def listed(registry: Registry | None = None) -> list[dict[str, Any]]:
    """Every entry of the catalogue and every definition beside it, as flat rows.

    Gives   an entry that several definitions answer once for each; our own definitions, which have no id, last.
    """
    held = registry or shipped()
    known = held.definitions
    rows = []
    for entry in catalogue(registry):
        for name in entry.definitions or (None,):
            rows.append(_row(held, entry, known[name] if name else None))
    return rows + [_row(held, None, one) for one in known.values() if not one.catalogue]


def _row(registry: Registry, entry: Entry | None, definition: Definition | None) -> dict[str, Any]:
    said = entry.said if entry else {}
    unconfirmed = definition.unconfirmed if definition else ""
    return {
        "id": entry.id if entry else None,
        "title": entry.title if entry else definition.title if definition else None,
        "domain": entry.domain if entry else definition.domain if definition else None,
        "state": entry.state if entry else COMPUTED,
        "reason": (entry.reason or None) if entry else None,
        "definition": definition.name if definition else None,
        "says": definition.says if definition else said.get("definition"),
        "groups": ", ".join(groups_of(registry, definition)) if definition else None,
        "engines": ", ".join(engines_of(definition)) if definition else None,
        "unit": definition.unit if definition else said.get("unit"),
        "period": definition.period if definition else said.get("period"),
        "better": definition.better if definition else said.get("polarity"),
        "source": definition.source if definition else (said.get("source") or {}).get("document"),
        "unconfirmed": unconfirmed or said.get("unconfirmed_detail") or None,
    }
