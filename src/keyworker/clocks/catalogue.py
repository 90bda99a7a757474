"""The rulebook as it is shipped: the catalogue of timescales and what binds each rule to the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keyworker.clocks.counting import Method, Unit
from keyworker.clocks.places import Place, place
from keyworker.clocks.rules import Binding, Edition, Rule, Rulebook, RuleKind, Source, Subject

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - a build of the library without its C part reads the same, more slowly
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

DAY = timedelta(days=1)
_COUNTED = frozenset(unit.value for unit in Unit)


@cache
def rulebook() -> Rulebook:
    """Every rule of the catalogue, bound to the record.

    Raises  UnknownPlace or KeyError when a binding names what the vocabulary does not have, or a rule has none.
    """
    return read_rulebook(_shipped("timescales.yaml")["timescales"], _shipped("bindings.yaml"))


def read_rulebook(timescales: list[dict[str, Any]], bindings: Mapping[str, dict[str, Any]]) -> Rulebook:
    """A rulebook from a catalogue of timescales and their bindings, as data."""
    return Rulebook({one["id"]: _rule(one, bindings[one["id"]]) for one in timescales})


def _shipped(name: str) -> Any:
    text = (files("keyworker.clocks") / "data" / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader)


def _rule(one: dict[str, Any], bound: dict[str, Any]) -> Rule:
    return Rule(
        id=one["id"],
        title=one["title"],
        basis=one["basis"],
        applies_to=tuple(one.get("applies_to") or ()),
        trigger=one["trigger"],
        completes_when=one["completes_when"],
        editions=_editions(one),
        binding=_binding(bound),
        notes=tuple(one.get("notes") or ()),
        published_as=one.get("published_as") or "",
        local_options=tuple(
            method
            for option in one.get("local_options") or ()
            if (method := _method(option["n"], option["unit"], "after", day_one=False))
        ),
    )


def _editions(one: dict[str, Any]) -> tuple[Edition, ...]:
    """The editions of a rule; a rule written with one limit alone has one edition."""
    editions = one.get("editions") or [_single(one)]
    read = [_edition({**_single(one), **edition}) for edition in editions]
    return tuple(sorted(read, key=lambda edition: edition.from_on or date.min))


def _single(one: dict[str, Any]) -> dict[str, Any]:
    until = _day(one.get("in_force_until"))
    return {
        **(one.get("due") or {}),
        "recurring": one.get("recurring") or {},
        "source": one.get("source") or {},
        "from_on": one.get("in_force_from"),
        "to_on": until + DAY if until else None,
        "unconfirmed": one.get("unconfirmed", False),
        "unconfirmed_scope": one.get("unconfirmed_scope"),
        "unconfirmed_detail": one.get("unconfirmed_detail"),
    }


def _edition(one: dict[str, Any]) -> Edition:
    again = one.get("recurring") or {}
    direction, day_one = one.get("direction") or "after", bool(one.get("trigger_day_counts"))
    source = one["source"]
    return Edition(
        source=Source(source.get("document") or "", source.get("section") or "", source.get("url") or ""),
        first=_method(one.get("n"), one.get("unit"), direction, day_one=day_one),
        again=_method(again.get("n"), again.get("unit"), "after", day_one=False),
        from_on=_day(one.get("from_on")),
        to_on=_day(one.get("to_on")),
        unit=one.get("unit") or "",
        n=one.get("n"),
        unconfirmed=_unconfirmed(one),
    )


def _unconfirmed(one: dict[str, Any]) -> str:
    if not one.get("unconfirmed"):
        return ""
    return one.get("unconfirmed_detail") or one.get("unconfirmed_scope") or "not read in a source"


def _method(n: int | None, unit: str | None, direction: str, *, day_one: bool) -> Method | None:
    if direction == "before" and n is None:
        return Method(0, Unit.CALENDAR_DAYS, before=True)
    if n is None or unit not in _COUNTED:
        return None
    return Method(n, Unit(unit), before=direction == "before", day_one=day_one)


def _binding(bound: dict[str, Any]) -> Binding:
    return Binding(
        kind=RuleKind(bound["kind"]),
        subject=Subject(bound["subject"]),
        belongs_to=bound["belongs_to"],
        starts=_places(bound["starts"]),
        meets=_places(bound["meets"]),
        stops=_places(bound.get("stops")),
        may_meet=_places(bound.get("may_meet")),
        due_at=_places(bound.get("due_at")),
        while_in=bound.get("while") or "",
        by_row=bound.get("by") == "row",
        since_ever=bound.get("since") == "ever",
        needs=_words(bound.get("needs")),
        counts=bound.get("counts") or {},
        says=bound.get("says") or "",
        starts_says=bound.get("starts_says") or "",
        meets_says=bound.get("meets_says") or "",
        stops_says=bound.get("stops_says") or "",
    )


def _places(written: list[str] | None) -> tuple[Place, ...]:
    return tuple(place(one) for one in written or ())


def _words(said: list[str] | str | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def _day(said: object) -> date | None:
    if said is None or isinstance(said, date):
        return said
    return date.fromisoformat(str(said))
