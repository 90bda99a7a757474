"""Whoever asks for one grouping after another, and subtracts, comes to no small number."""

from __future__ import annotations

import itertools
import os
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pytest
from scipy.optimize import linprog

from keyworker.measures.guarding import NOBODYS, Reader, guarded
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import Definition, shipped
from keyworker.measures.rows import MeasureRow

AT = date(2025, 3, 31)
COUNT = shipped().definition("open-children")
SHARE = shipped().definition("cp-seen-20-working-days")
PLACES = ("district", "team", "team type", "district today", "team today")
QUESTIONS = [
    *((), *((one,) for one in (*PLACES, "sex")), *itertools.combinations(PLACES, 2)),
    *((place, "sex") for place in PLACES),
]
STRUCTURES = int(os.environ.get("KEYWORKER_STRUCTURES", "5"))
Key = tuple[tuple[tuple[str, str], ...], str]
Cell = frozenset[Key]
People = Mapping[Key, int]
"""How many there are of each place and sex, and of each part: `with` and `without`."""


def structure(chance: random.Random) -> People:
    """Teams in districts, of types, some merged or moved since, and how many girls and boys each has."""
    sizes = [0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 35]
    found: dict[Key, int] = {}
    for team in range(chance.randint(3, 8)):
        district = chance.choice("NSWE")
        moved = chance.random() < 0.3
        place = {
            "district": district,
            "team": f"T{team}",
            "team type": chance.choice(("assessment", "care", "disability")),
            "district today": chance.choice("NSWE") if moved else district,
            "team today": f"T{team - 1}" if team and chance.random() < 0.3 else f"T{team}",
        }
        for sex in ("female", "male", "unknown"):
            for part in ("with", "without"):
                few = sizes[:5] if sex == "unknown" else sizes
                found[(*place.items(), ("sex", sex)), part] = chance.choice(few)
    return found


def counting(people: People, definition: Definition) -> Callable[[Asked], list[MeasureRow]]:
    """What a measure of these people says, with a row for whatever group there is anybody in, as engines give it."""

    def count(asked: Asked) -> list[MeasureRow]:
        held: dict[tuple[str, ...], Counter[str]] = {}
        for (place, part), number in people.items():
            if number:
                held.setdefault(tuple(dict(place)[name] for name in asked.by), Counter())[part] += number
        return [row(definition, dict(zip(asked.by, key, strict=True)), some) for key, some in sorted(held.items())]

    return count


def row(definition: Definition, group: Mapping[str, str | None], some: Counter[str]) -> MeasureRow:
    whole = some["with"] + some["without"]
    if definition is COUNT:
        return MeasureRow(COUNT.name, group, AT, None, whole, None, float(whole))
    return MeasureRow(SHARE.name, group, AT, None, some["with"], whole, some["with"] / whole)


class Attacker:
    """Somebody who asks every question, knows who is in which place, and solves for everything else."""

    def __init__(self, people: People, definition: Definition, reader: Reader = NOBODYS) -> None:
        self._keys = list(people)
        self.people = people
        self.equations: list[tuple[Cell, int]] = []
        self.asked: dict[Cell, None] = {}
        count = counting(people, definition)
        for by in QUESTIONS:
            asked = Asked((AT,), by)
            rows = guarded(definition, asked, count(asked), reader, count)
            self._hears(definition, by, rows)
        if reader is not NOBODYS:
            own = [key for key in self._keys if reader.answers_for(dict(key[0]))]
            self.equations += [(frozenset({key}), people[key]) for key in own]

    def _hears(self, definition: Definition, by: Sequence[str], rows: Sequence[MeasureRow]) -> None:
        groups = {tuple(dict(key[0])[name] for name in by) for key in self._keys}
        held = {tuple(str(one) for one in some.group.values()): some for some in rows}
        for group in groups:
            within = [key for key in self._keys if tuple(dict(key[0])[name] for name in by) == group]
            some = held.get(group)
            parts = (("with", "without"), ("with",), ("without",))
            for part in parts[:1] if definition is COUNT else parts:
                cell = frozenset(key for key in within if key[1] in part)
                said = _said(definition, part, some)
                self.asked[cell] = None
                if said is not None:
                    self.equations.append((cell, said))

    def small(self) -> list[Cell]:
        """What was asked about that is of one to five, but for what nobody is told."""
        return [cell for cell in self.asked if 1 <= self.of(cell) <= 5]

    def of(self, cell: Cell) -> int:
        return sum(self.people[key] for key in cell)

    def could_be(self, cell: Cell) -> tuple[float, float]:
        """Between which numbers a count must lie."""
        rows = {self._row(one): float(said) for one, said in self.equations}
        matrix, aim = np.array(list(rows)), np.array(self._row(cell), dtype=float)
        ends = [
            linprog(sign * aim, A_eq=matrix, b_eq=list(rows.values()), bounds=(0, None), method="highs")
            for sign in (1, -1)
        ]
        assert ends[0].status == 0
        return float(ends[0].fun or 0), -float(ends[1].fun or 0) if ends[1].status == 0 else float("inf")

    def _row(self, cell: Cell) -> tuple[int, ...]:
        return tuple(int(key in cell) for key in self._keys)


def _said(definition: Definition, part: tuple[str, ...], some: MeasureRow | None) -> int | None:
    """What a row says of a part: that there is none where there is no row."""
    if some is None:
        return 0
    if definition is COUNT:
        return None if some.suppressed else int(some.numerator or 0)
    if part == ("with", "without"):
        return None if some.denominator is None else int(some.denominator)
    if some.numerator is None or some.denominator is None:
        return None
    return int(some.numerator) if part == ("with",) else int(some.denominator - some.numerator)


READERS = (NOBODYS, Reader(districts=frozenset("N")), Reader(teams=frozenset({"T1"})))


@pytest.mark.parametrize("definition", [COUNT, SHARE], ids=["count", "share"])
@pytest.mark.parametrize("seed", range(STRUCTURES))
def test_nobody_comes_to_a_small_number_by_asking_for_one_grouping_after_another(
    seed: int, definition: Definition
) -> None:
    """By places it could be anything from 0 to 5; crossed with another group six counts or more stay possible, and
    where two large groups nearly fill the whole anybody knows that they overlap."""
    people = structure(random.Random(seed))
    reader = READERS[seed % 3]
    attacker = Attacker(people, definition, reader)
    for cell in attacker.small():
        own = {key for key in cell if reader.answers_for(dict(key[0]))}
        known = attacker.of(frozenset(own))
        if not 1 <= attacker.of(cell) - known <= 5:
            continue
        low, high = attacker.could_be(cell)
        assert high - low > 4.5, (dict(people), cell, low, high)
        if definition is COUNT and len({dict(key[0])["sex"] for key in cell}) == 3:
            assert low - known < 0.5, (dict(people), cell, low, high)
