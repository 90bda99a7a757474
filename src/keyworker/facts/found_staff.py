"""Workers and teams found by their names, or a worker by a number. Their names are no secret in the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg

from keyworker.facts.belonging import teams_today
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.name_words import SAME, Words, number_of, sound_of, typed_numbers, typed_words, words_of
from keyworker.facts.pictures import TeamRef
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch

MOST_STAFF = 20
"""How many workers, and how many teams, are told."""

_WORKERS = "select worker_id, name, staff_id, registration_no from {professionals} p order by entry_id"


@dataclass(frozen=True)
class _Called:
    """What some workers or teams are called: the words of each, each word that is borne, the numbers of each."""

    words_of: Mapping[str, frozenset[str]]
    words: Words
    numbers: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, names: Mapping[str, str], numbers: Mapping[str, Iterable[str | None]]) -> _Called:
        words = {one: frozenset(words_of(name)) for one, name in names.items()}
        every = sorted(frozenset().union(*words.values()))
        by_number = {one: frozenset(filter(None, map(number_of, theirs))) for one, theirs in numbers.items()}
        return cls(words, Words.of((word, sound_of(word)) for word in every), by_number)

    def answering(self, typed: str) -> list[str]:
        """Those who answer what was typed, those who answer best first."""
        asked = set(typed_numbers(typed))
        numbered = [one for one, theirs in self.numbers.items() if not asked.isdisjoint(theirs)]
        wanted = [self.words.answering(one) for one in typed_words(typed)]
        if numbered or not wanted or not all(wanted):
            return sorted(numbered)
        scores: dict[str, float] = {}
        for one, words in self.words_of.items():
            best = [max((found.get(word, 0.0) for word in words), default=0.0) for found in wanted]
            if all(best):
                scores[one] = sum(best) / len(best)
        same = [one for one, score in scores.items() if score >= SAME]
        return same or sorted(scores, key=lambda one: (-scores[one], one))


def workers_found(connection: psycopg.Connection, today: Moment, typed: str) -> list[str]:
    """The workers who answer what was typed, also who has left: of the very name alone, where any are."""
    return remembered(connection, "worker names", today, lambda on: _workers(on, today)).answering(typed)


def teams_found(connection: psycopg.Connection, today: Moment, typed: str) -> list[TeamRef]:
    """The teams that answer what was typed, also those that are no more."""
    teams = teams_today(connection, today)
    called = remembered(
        connection, "team names", today, lambda _: _Called.of({one.team_id: one.name for one in teams}, {})
    )
    found = (teams.ref(one) for one in called.answering(typed))
    return [one for one in found if one is not None]


def _workers(connection: psycopg.Connection, today: Moment) -> _Called:
    names: dict[str, str] = {}
    numbers: dict[str, tuple[str | None, ...]] = {}
    for worker_id, name, *theirs in fetch(connection, lens_at(connection, today), _WORKERS):
        names[worker_id] = name or ""
        numbers[worker_id] = (worker_id, *theirs)
    return _Called.of(names, numbers)
