"""What is asked of a measure: the dates, the knowledge, the groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from keyworker.facts.days import end_of
from keyworker.facts.moment import Moment
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.steps import Chain
from keyworker.measures.registry.definition import Belongs, Definition
from keyworker.measures.registry.loaded import Registry
from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class Asked:
    """A question about one measure.

    Takes   at, one date or a series; by, names of groups; known_at, None for all that is known now;
            on_each_day, whether each date is looked at with what was known at its own end.
    """

    at: tuple[date, ...]
    by: tuple[str, ...] = ()
    known_at: datetime | None = None
    on_each_day: bool = False


def chains(registry: Registry, definition: Definition, by: Sequence[str]) -> list[Chain]:
    """How each group is reached from the definition's spans. Raises KeyworkerError for one that cannot be."""
    found = []
    for name in by:
        group = registry.group(name)
        if definition.belongs_to is Belongs.NOBODY:
            raise _unreachable(definition, name)
        if group.of is definition.belongs_to:
            found.append(Chain(group, None, group.of.column))
            continue
        link = registry.links.get((definition.belongs_to, group.of))
        if link is None:
            raise _unreachable(definition, name)
        found.append(Chain(group, link, group.of.column))
    return found


def stretches(source: Source, asked: Asked, rules: Collection[str] = ()) -> Iterator[tuple[Moment, tuple[date, ...]]]:
    """The dates in runs that may be looked at together, each with the moment from which all of a run is seen.

    Between two days on which no word's meaning, joined identifier or precedence changes, what lies after a date does
    not change what covers it; so the last date of the run sees the same as each date by itself.

    Takes   rules, time limits whose readings are asked about: exceptions from them part runs too.
    """
    days = sorted(set(asked.at))
    if asked.on_each_day:
        for day in days:
            yield Moment(day, end_of(day)), (day,)
        return
    turns = source.turns(asked.known_at, rules)
    run: list[date] = days[:1]
    for before, after in pairwise(days):
        if any(before < turn <= after for turn in turns):
            yield Moment(run[-1], asked.known_at), tuple(run)
            run = []
        run.append(after)
    if run:
        yield Moment(run[-1], asked.known_at), tuple(run)


def _unreachable(definition: Definition, name: str) -> KeyworkerError:
    return KeyworkerError(
        f"{definition.title} belongs to {definition.belongs_to}, so it cannot be parted by {name}.",
        where=f"--by {name}",
        remedy="See `keyworker measures` for the groups of each measure.",
    )
