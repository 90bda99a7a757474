"""One measure for a run of dates, from its spans in columns: the same rows as the SQL passes' statement gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from keyworker.measures.kernel import tally
from keyworker.measures.kernel.compiled import NOTHING, Ints, Ordinals, in_order, only_within
from keyworker.measures.kernel.keys import starts_of, unlike
from keyworker.measures.kernel.ordered import those_at
from keyworker.measures.kernel.rows import NEVER, Rows, speaking
from keyworker.measures.kernel.run import Run
from keyworker.measures.kernel.ways import Ways, combined, on_its_day
from keyworker.measures.passes.assemble import Each, Key, whole
from keyworker.measures.passes.steps import Chain
from keyworker.measures.registry.definition import Belongs, Counts, Definition, Grouped
from keyworker.measures.rows import Number

FEW = 1 << 21
"""So many numbers of subjects are held at once rather than that their rows are laid side by side."""
Limits = tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
"""Whether each value is above its subject's own limit, and whether there is one."""


@dataclass(frozen=True)
class Placed:
    """A part's rows with the groups that they are in: `ways` from each row's `key`."""

    rows: Rows
    key: Ordinals
    ways: Ways

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.ways.groups)

    @property
    def by(self) -> tally.By:
        """What every tally takes of the groups."""
        return self.ways.starts, self.ways.group, self.ways.bits, self.groups


class Counted:
    """Counts one definition from a run's spans."""

    def __init__(self, run: Run, definition: Definition, chains: Sequence[Chain]) -> None:
        self.run = run
        self.definition = definition
        self.chains = chains
        self.dates = len(run.grid.days)

    @property
    def is_spread(self) -> bool:
        """Whether it tells what each subject comes to and not a number for a group."""
        return self.definition.counts in (Counts.DISTRIBUTION, Counts.DAYS)

    @property
    def reads_aside(self) -> bool:
        """Whether an engine may be asked for some of its rows while others are counted."""
        return self._is_of_dates and self.run.can_read_aside(self.definition)

    def told(self) -> list[Any]:
        """All that it comes to: `each` of a distribution, else `rows`."""
        return list(self.each() if self.is_spread else self.rows())

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the part, the groups, the band where there is one, and a number for each date."""
        counts = self.definition.counts
        if counts is Counts.DISTINCT:
            yield from self._distinct()
        elif counts in (Counts.SHARE, Counts.EACH):
            yield from self._of_subjects()
        else:
            yield from self._sum("numerator")
            if counts is Counts.RATIO:
                yield from self._sum("denominator")

    # the ways to add up

    def _distinct(self) -> Iterator[tuple[Any, ...]]:
        part = self._placed("numerator")
        band, bands = self._bands(part.rows)
        starts, key, band, bits = self._together(part.rows, part.key, band, part.rows.bits)
        counts = tally.distinct(starts, key, band, len(bands), bits, part.by, self.dates)
        yield from self._said("numerator", part.ways, bands, counts, counts)

    def _of_subjects(self) -> Iterator[tuple[Any, ...]]:
        if self._is_of_dates:
            yield from self._of_dates()
            return
        base = self._placed("denominator")
        met = self._rows("numerator", among=base.rows.columns["subject_id"], grouped=False)
        band, bands = self._bands(met)
        weight, empty = self._weights(met)
        once = self.definition.counts is Counts.SHARE
        starts, key, bits = self._together(base.rows, base.key, base.rows.bits)
        met_starts, band, met_bits, weight, empty = self._together(met, band, met.bits, weight, empty)
        below, above, there = tally.of_subjects(
            starts, key, bits, met_starts, band, len(bands), met_bits, weight, empty, once, base.by, self.dates
        )
        yield from self._said("denominator", base.ways, None, below, below)
        yield from self._said("numerator", base.ways, bands, above, there, met.scale)

    @property
    def _is_of_dates(self) -> bool:
        """Whether it matters of a numerator only on which dates its subject has any."""
        asked = self.definition
        return asked.counts is Counts.SHARE and not asked.bands and asked.within is None and asked.one_per is None

    def _of_dates(self) -> Iterator[tuple[Any, ...]]:
        rows, met = self.run.with_dates_of(self.definition, "numerator", partial(self._rows, "denominator"))
        # The groups come after it: an engine asked aside reads while somebody else looks them up.
        base = self._in_groups(rows)
        starts, key, bits = self._together(base.rows, base.key, base.rows.bits)
        below, above = tally.of_dates(starts, key, bits, met, base.by, self.dates)
        yield from self._said("denominator", base.ways, None, below, below)
        yield from self._said("numerator", base.ways, [NOTHING], above, above)

    def _sum(self, name: str) -> Iterator[tuple[Any, ...]]:
        part = self._placed(name)
        banded = name == "numerator"
        band, bands = self._bands(part.rows) if banded else (np.zeros(1, np.int32), [NOTHING])
        weight, empty = self._weights(part.rows)
        sums, there = tally.summed(part.key, band, len(bands), part.rows.bits, weight, empty, part.by, self.dates)
        yield from self._said(name, part.ways, bands if banded else None, sums, there, part.rows.scale)

    def each(self) -> Iterator[Each]:
        """For a distribution: what each subject comes to, by group and date."""
        part = self._placed("value")
        band, bands = self._bands(part.rows)
        latest = self.definition.counts is Counts.DAYS
        weight, empty = self._since(part.rows) if latest else self._weights(part.rows)
        who, where, what = self._each_of(part, band, len(bands), weight, empty, latest)
        limits = None if latest else self._limits(who, where, what, part.rows.scale)
        if latest:
            what = self.run.grid.days[where % self.dates] - what
        if not len(where):
            return
        order = np.argsort(where, kind="stable")
        where = where[order]
        starts = np.flatnonzero(np.diff(where, prepend=-1))
        values = exactly(what[order], part.rows.scale)
        limited = [np.add.reduceat(one[order], starts, dtype=np.int64).tolist() for one in limits or ()]
        keys = {cell: self._key(part.ways, cell, bands) for cell in np.unique(where[starts] // self.dates).tolist()}
        for at, (low, high) in enumerate(pairwise([*starts.tolist(), len(where)])):
            cell, date = divmod(int(where[low]), self.dates)
            yield keys[cell], date, values[low:high], (limited[0][at], limited[1][at]) if limited else (0, 0)

    def _each_of(
        self, part: Placed, band: Ordinals, bands: int, weight: Any, empty: npt.NDArray[np.bool_], latest: bool
    ) -> tuple[Ints, Ints, npt.NDArray[Any]]:
        """What each subject comes to: who, in which place, what."""
        rows, asked = part.rows, (part.by, self.dates)
        subject = rows.columns["subject_id"]
        some = unlike(subject)
        some = some[some >= 0]
        if len(some) * self.dates <= FEW and (subject[1:] < subject[:-1]).any():
            place = np.zeros(self.run.known.count, np.int32)
            place[some] = np.arange(len(some))
            told = tally.spread(
                subject, place, len(some), part.key, band, bands, rows.bits, weight, empty, latest, *asked
            )
            return some[told[0]].astype(np.int64), told[1], told[2]
        starts, key, band, bits, weight, empty = self._together(rows, part.key, band, rows.bits, weight, empty)
        return tally.each(starts, key, band, bands, bits, weight, empty, latest, *asked)

    def _limits(self, who: Ints, where: Ints, what: npt.NDArray[Any], scale: int) -> Limits | None:
        rows = self._rows("limit")
        if not len(rows):
            return None
        weight, empty = rows.columns["weight"], _unsaid(rows.columns["weight"])
        limit, has = tally.limits(who, where, self.dates, *self._together(rows, rows.bits, weight, empty))
        return (what * (rows.scale // scale) > limit) & has, has

    # what every way begins with

    def _placed(self, name: str) -> Placed:
        return self._in_groups(self._rows(name))

    def _in_groups(self, rows: Rows) -> Placed:
        column = self.definition.belongs_to.column
        if not self.chains or self.definition.belongs_to is Belongs.NOBODY:
            one = Ways(np.array([0, 1]), np.zeros(1, np.int32), self.run.grid.full[None, :], [()])
            return Placed(rows, np.zeros(len(rows), np.int32), one)
        if self.definition.grouped is Grouped.THE_EVENT:
            return self._on_the_event(rows)
        key = rows.columns[column]
        found = self.run.ways(self.chains, unlike(key))
        return Placed(rows, found.keyed(key), found)

    def _on_the_event(self, rows: Rows) -> Placed:
        """Each row in the groups of its own first day."""
        links, steps = self.run.steps(self.chains, on_the_event=True)
        led_to: list[Ordinals] = []
        for link, one in zip(links, steps, strict=True):
            key = rows.columns[self.definition.belongs_to.column] if link is None else led_to[link]
            led_to.append(on_its_day(key, rows.columns["from_on"], one.rows, one.starts, one.order, one.otherwise))
        ends = [led for place, led in enumerate(led_to) if place not in links]
        groups, group = combined(ends, len(rows))
        full = np.tile(self.run.grid.full, (len(rows), 1))
        starts = np.arange(len(rows) + 1)
        found = Ways(starts, group, full, groups)
        return Placed(rows, np.arange(len(rows), dtype=np.int32), found)

    def _rows(self, name: str, *, among: Ordinals | None = None, grouped: bool = True) -> Rows:
        """A part's spans on the dates, cut by whom they must lie within and by who speaks first."""
        rows = self.run.spans(self.definition, name, among, grouped=grouped and bool(self.chains))
        if name == "limit":
            return rows
        if self.definition.within is not None:
            key = self.definition.within.column
            inside = self.run.spans(self.definition, "within")
            only_within(rows.columns[key], rows.bits, inside.columns[key], inside.bits, self.run.known.count)
        if self.definition.one_per is not None:
            rows = speaking(rows, self.definition.one_per.column, self.run.known)
        return rows

    def _together(self, rows: Rows, *columns: npt.NDArray[Any]) -> tuple[Any, ...]:
        """Where each subject's rows start, and columns in which a subject's rows stand together.

        Columns that hold one value for all rows stay as they are.
        """
        starts, order = starts_of(rows.columns["subject_id"], self.run.known.count)
        as_they_are = len(order) == len(rows) and in_order(order)
        return starts, *(one if as_they_are or len(one) != len(rows) else those_at(one, order) for one in columns)

    def _bands(self, rows: Rows) -> tuple[Ordinals, list[int]]:
        if not self.definition.bands:
            return np.zeros(1, np.int32), [NOTHING]
        bands, band = np.unique(rows.columns["band"], return_inverse=True)
        return band.reshape(-1).astype(np.int32), bands.tolist() or [NOTHING]

    def _weights(self, rows: Rows) -> tuple[Any, npt.NDArray[np.bool_]]:
        if not self.definition.weighed:
            return np.ones(1, np.int64), np.zeros(1, np.bool_)
        return rows.columns["weight"], _unsaid(rows.columns["weight"])

    def _since(self, rows: Rows) -> tuple[Ints, npt.NDArray[np.bool_]]:
        return rows.columns["since_on"], rows.columns["since_on"] == NEVER

    # what is said

    def _said(
        self, name: str, found: Ways, bands: list[int] | None, counts: Any, there: Ints, scale: int = 1
    ) -> Iterator[tuple[Any, ...]]:
        for cell in np.flatnonzero(there.any(axis=1)).tolist():
            key = self._key(found, cell, [NOTHING] if bands is None else bands)
            yield (name, *key, *exactly(counts[cell], scale))

    def _key(self, found: Ways, cell: int, bands: list[int]) -> Key:
        word = self.run.known.word
        key = tuple(word(one) for one in found.groups[cell // len(bands)])
        return (*key, word(bands[cell % len(bands)])) if self.definition.bands else key


def exactly(numbers: npt.NDArray[Any], scale: int) -> list[Number]:
    """Counts as they are: whole numbers, or exact decimals."""
    if scale == 1:
        whole_ones = numbers.astype(np.int64) if numbers.dtype.kind == "f" else numbers
        if (whole_ones == numbers).all():
            return list(whole_ones.tolist())
        return [whole(one) for one in numbers.tolist()]
    return [whole(Decimal(one) / scale) for one in numbers.tolist()]


def _unsaid(weight: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    return np.isnan(weight) if weight.dtype == np.float64 else weight == NEVER
