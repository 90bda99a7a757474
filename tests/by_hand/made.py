"""Entries as somebody means to write them with a form, and what stands of a child."""

from __future__ import annotations

from collections.abc import Mapping

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry
from keyworker.facts.by_hand import HandEntry
from keyworker.vocabulary.forms import form


def wanted(kind: str, number: str, said: Mapping[str, str], of: int | None = None) -> WantedEntry:
    found = form(kind)
    assert found is not None
    return WantedEntry(number * 32, found, said, of)


def standing(door: Keyworker, child: str, table: str) -> HandEntry:
    return next(one for one in door.on_record(child).entries if one.table == table)
