"""The plain twins of every derived event and span of `sql/events` and `sql/spans`, sharing no SQL with them."""

from __future__ import annotations

from collections.abc import Iterator

from keyworker.clocks.plain.derived import adoption, after_care, care, front_door, placements, protection, work
from keyworker.clocks.plain.events import Derived, Span
from keyworker.clocks.plain.told import periods
from keyworker.facts.reference import Reference


def _own_plan(facts: Reference) -> Iterator[Span]:
    return periods(facts.rows("child_plan"))


_PARTS = (front_door, protection, care, placements, adoption, after_care, work)
DERIVED = Derived(
    events={name: twin for part in _PARTS for name, twin in part.EVENTS.items()},
    spans={name: twin for part in _PARTS for name, twin in part.SPANS.items()} | {"own_plan": _own_plan},
)
