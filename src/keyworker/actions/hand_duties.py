"""What an entry recorded by hand has begun, met or stopped: the duties of its child that turn on its day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keyworker.actions.hand_answers import DAY
from keyworker.clocks.engine import Reading, every_rule
from keyworker.clocks.events import reads
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.readings import State
from keyworker.clocks.rules import RuleKind, Subject
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.relations import tables_named


@dataclass(frozen=True)
class Turned:
    """What an entry did to the duties of its child. Takes began, those that run or are overdue; met; stopped, unmet."""

    began: tuple[Reading, ...] = ()
    met: tuple[Reading, ...] = ()
    stopped: tuple[Reading, ...] = ()


def rules_of(entry: HandEntry) -> frozenset[str]:
    """The timescales that such an entry may start, meet or stop."""
    return frozenset(
        rule.id
        for rule in every_rule().of(Subject.CHILD)
        if rule.binding.kind is not RuleKind.WINDOW and any(_tells(place, entry) for place in rule.binding.places)
    )


def turned_by(entry: HandEntry, readings: Iterable[Reading]) -> Turned:
    """What an entry did, of the readings of its child."""
    rules, listed = every_rule(), list(readings)
    days = {entry.on} | ({entry.until - DAY} if entry.until else set())

    def by(places: Iterable[Place]) -> bool:
        return any(_tells(place, entry) for place in places)

    began, met, stopped = [], [], []
    for one in listed:
        binding = rules[one.rule].binding
        if one.met_on in days and by(binding.meets):
            met.append(one)
        elif one.stopped_on in days and by(binding.stops):
            stopped.append(one)
        elif one.started_on in days and by(binding.starts) and _is_open(one):
            began.append(one)
    return Turned(tuple(began), tuple(met), tuple(stopped))


def _is_open(one: Reading) -> bool:
    """Whether it still asks for something: also where nothing that would meet it was ever recorded, so that it cannot
    be told of those before, for of this one it will be."""
    return one.state in (State.RUNNING, State.OVERDUE) or (one.state is State.CANNOT_TELL and one.met_on is None)


def _tells(place: Place, entry: HandEntry) -> bool:
    """Whether a place may hold what an entry tells."""
    if place.kind is PlaceKind.STEP:
        return entry.table == "step" and place.what == entry.values["kind"]
    if place.kind is PlaceKind.COLUMN:
        return place.what == entry.table and (not place.is_ending or entry.until is not None)
    if place.kind in (PlaceKind.EVENT, PlaceKind.SPAN, PlaceKind.SPAN_END):
        return entry.table != "step" and entry.table in tables_named(reads(place, Subject.CHILD))
    return False
