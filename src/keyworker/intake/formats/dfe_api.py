"""The payload that a council sends to the Department for Education's daily data collection: children as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keyworker.intake.carry import batches, left_over
from keyworker.intake.contract import Opened, Scope
from keyworker.intake.formats.dfe_api_map import CARRIES, GROUPS, LISTS, NEEDED, linked
from keyworker.intake.gathered import Gathered
from keyworker.intake.hostile_json import beginning, loaded, whole_text
from keyworker.vocabulary.errors import FileRefused

FORMAT = "dfe-api"
CHILD = "la_child_id"
_TYPE_WORDS = frozenset({"string", "YYYY-MM-DD"})


class DfeApi:
    """Reads a day's payload."""

    format = FORMAT

    def recognises(self, path: Path) -> bool:
        """Whether the file begins as JSON and names children as the payload does."""
        if not path.is_file():
            return False
        text = beginning(path).lstrip()
        return text[:1] in ("[", "{") and f'"{CHILD}"' in text

    def open(self, path: Path) -> Opened:
        """Read the payload whole. Raises FileRefused when it is a structure and not data, or is not sound."""
        children = _children(loaded(path), path)
        gathered = Gathered(path.name)
        payload = _Payload(gathered)
        for number, child in enumerate(children, 1):
            payload.add(child, number)
        frames = linked(gathered.frames())
        left_over(frames, CARRIES, gathered.left)
        return Opened(
            format=FORMAT,
            source=FORMAT,
            paths=(path,),
            scope=Scope(frozenset(carry.table for carry in CARRIES), whole=False),
            cut_at=None,
            notes=payload.notes() + gathered.left.notes(),
            batches=batches(frames, CARRIES, gathered),
        )


def _children(said: Any, path: Path) -> list[dict[str, Any]]:
    children = said if isinstance(said, list) else [said]
    if not children or not all(isinstance(child, dict) for child in children):
        raise FileRefused(
            "The payload is not a list of children.", where=path.name, remedy="Choose the payload that was sent."
        )
    if any(_scalar(child.get(CHILD)) in _TYPE_WORDS for child in children):
        raise FileRefused(
            "This is the structure of the payload and not data: it holds words such as 'string' in place of values.",
            where=path.name,
            remedy="Choose a payload that was made from children's records.",
        )
    return children


class _Payload:
    """Gathers one child after another, and what is asked to be purged."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._purges: Counter[str] = Counter()
        self._partial = 0

    def add(self, child: dict[str, Any], number: int) -> None:
        """Gather one child's parts."""
        if _purged(child):
            self._purge("child", {name: value for name, value in child.items() if name not in (CHILD, "mis_child_id")})
            return
        for name in (CHILD, "mis_child_id"):
            if isinstance(child.get(name), (dict, list)):
                self._unknown(f"child/{name}", child[name])
        above = {"@child": _scalar(child.get(CHILD)), "@legacy": _scalar(child.get("mis_child_id"))}
        parts = {name: value for name, value in child.items() if name not in (CHILD, "mis_child_id")}
        if not isinstance(child.get("child_details"), dict):
            self._partial += 1
            self._gathered.left.add("child", "mis_child_id without child_details", int(above["@legacy"] is not None))
        self._part("child", parts, above, number)

    def notes(self) -> list[str]:
        """What a person should know of purges and of partial children."""
        notes = [
            f"{count:,} {'request' if count == 1 else 'requests'} to purge {kind}: nothing was taken from "
            "them and nothing was deleted. An erasure is a person's decision."
            for kind, count in sorted(self._purges.items())
        ]
        if self._partial:
            notes.append(f"{self._partial:,} children come without details: what is known of them stays as it is.")
        return notes

    def _part(self, kind: str, part: Mapping[str, Any], above: dict[str, str | None], number: int) -> None:
        values: dict[str, str | None] = {}
        below: list[tuple[str, dict[str, Any]]] = []
        for name, value in part.items():
            if name == "purge":
                continue
            if name in GROUPS.get(kind, ()) and isinstance(value, (dict, list)):
                below += [(name, one) for one in (value if isinstance(value, list) else [value])]
            elif name in LISTS.get(kind, ()) and not isinstance(value, dict):
                each = value if isinstance(value, list) else [value]
                texts = [text for one in each if (text := _scalar(one)) is not None]
                values[name] = json.dumps(sorted(texts)) if texts else None
                self._unknown(f"{kind}/{name}", [one for one in each if isinstance(one, (dict, list))])
            elif isinstance(value, (dict, list)):
                self._unknown(f"{kind}/{name}", value)
            else:
                values[name] = _scalar(value)
        if kind not in ("child", "health_and_wellbeing") or any(values.values()):
            self._gathered.add(kind, {**above, **values}, number)
        inherited = above | {f"@{name}": values.get(name) for name in NEEDED.get(kind, ())}
        for name, one in below:
            if not isinstance(one, dict):
                self._unknown(f"{kind}/{name}", one)
            elif _purged(one):
                self._purge(name, one)
            else:
                self._part(name, one, inherited, number)

    def _purge(self, kind: str, part: Mapping[str, Any]) -> None:
        self._purges[kind] += 1
        self._unknown(f"{kind} to purge", {name: value for name, value in part.items() if name != "purge"})

    def _unknown(self, where: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                if name != "purge":
                    self._unknown(f"{where}/{name}" if isinstance(one, (dict, list)) else where, one)
        elif isinstance(value, list):
            for one in value:
                self._unknown(where, one)
        elif _scalar(value) is not None:
            self._gathered.left.add(where, "a value")


def _purged(part: Mapping[str, Any]) -> bool:
    return str(part.get("purge", "")).lower() in ("true", "1")


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return whole_text(str(value)).strip() or None if value is not None and not isinstance(value, (dict, list)) else None


READERS = (DfeApi(),)
