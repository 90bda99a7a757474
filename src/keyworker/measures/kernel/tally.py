"""Rows added up for every group and date. Each function looks at each row once; a subject's rows stand together.

What is the same for every row (a weight of one, no band) is told once, and not looked up row by row.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import Bits, Ints, Ordinals, lowest, run_end, without

By = tuple[Ints, Ordinals, Bits, int]  # where the places of each key start, the group and the dates of each; how many
Counts = Any  # whole numbers, or floats where weights are, by cell and date


@compiled
def distinct(
    starts: Ints, key: Ordinals, band: Ordinals, bands: int, bits: Bits,
    by: By, dates: int,
) -> Ints:  # fmt: skip
    """How many different subjects there are in each cell: a group and a band. Takes starts, of each subject's rows."""
    ways, group, of, groups = by
    counts = np.zeros((groups * bands, dates), np.int64)
    own = np.zeros((groups * bands, bits.shape[1]), np.uint64)
    touched = np.empty(groups * bands, np.int64)
    is_touched = np.zeros(groups * bands, np.bool_)
    for subject in range(len(starts) - 1):
        some = 0
        for row in range(starts[subject], starts[subject + 1]):
            for way in range(ways[key[row]], ways[key[row] + 1]):
                cell = group[way] * bands + (band[row] if bands > 1 else 0)
                if not is_touched[cell]:
                    is_touched[cell] = True
                    touched[some] = cell
                    some += 1
                for word in range(bits.shape[1]):
                    own[cell, word] |= bits[row, word] & of[way, word]
        for at in range(some):
            cell = touched[at]
            is_touched[cell] = False
            for word in range(bits.shape[1]):
                _add(counts, cell, own[cell, word], word, 1)
                own[cell, word] = 0
    return counts


@compiled
def summed(
    key: Ordinals, band: Ordinals, bands: int, bits: Bits, weight: Any, empty: Any,
    by: By, dates: int,
) -> tuple[Counts, Ints]:  # fmt: skip
    """The sum of weights in each cell, and whether any row is there. Takes empty, whether a weight is not said."""
    ways, group, of, groups = by
    many = 1 if len(weight) == len(key) else 0
    sums = np.zeros((groups * bands, dates), weight.dtype)
    there = np.zeros((groups * bands, dates), np.int64)
    for row in range(len(key)):
        for way in range(ways[key[row]], ways[key[row] + 1]):
            cell = group[way] * bands + (band[row] if bands > 1 else 0)
            for word in range(bits.shape[1]):
                both = bits[row, word] & of[way, word]
                _add(there, cell, both, word, 1)
                if not empty[row * many]:
                    _add(sums, cell, both, word, weight[row * many])
    return sums, there


@compiled
def of_dates(
    starts: Ints, key: Ordinals, bits: Bits, met: Bits, by: By, dates: int
) -> tuple[Ints, Ints]:  # fmt: skip
    """The subjects of the denominator in each group, and those of them that have a numerator.

    Takes   met, by subject the dates on which it has any.
    """
    ways, group, of, groups = by
    below = np.zeros((groups, dates), np.int64)
    above = np.zeros((groups, dates), np.int64)
    own = np.zeros((groups, bits.shape[1]), np.uint64)
    touched = np.empty(groups, np.int64)
    is_touched = np.zeros(groups, np.bool_)
    for subject in range(len(starts) - 1):
        some = 0
        for row in range(starts[subject], starts[subject + 1]):
            for way in range(ways[key[row]], ways[key[row] + 1]):
                cell = group[way]
                if not is_touched[cell]:
                    is_touched[cell] = True
                    touched[some] = cell
                    some += 1
                for word in range(bits.shape[1]):
                    own[cell, word] |= bits[row, word] & of[way, word]
        for at in range(some):
            cell = touched[at]
            is_touched[cell] = False
            for word in range(bits.shape[1]):
                _add(below, cell, own[cell, word], word, 1)
                if subject < len(met):
                    _add(above, cell, own[cell, word] & met[subject, word], word, 1)
                own[cell, word] = 0
    return below, above


@compiled
def of_subjects(
    starts: Ints, key: Ordinals, bits: Bits,
    met_starts: Ints, met_band: Ordinals, bands: int, met_bits: Bits, weight: Any, empty: Any,
    once: bool, by: By, dates: int,
) -> tuple[Ints, Counts, Ints]:  # fmt: skip
    """The subjects of the denominator in each group, what their numerators come to, and in which cells any are.

    Takes   once, whether a subject's numerators count as one, whatever they weigh.
    """
    ways, group, of, groups = by
    many = 1 if len(weight) == len(met_bits) else 0
    wide = bits.shape[1]
    below = np.zeros((groups, dates), np.int64)
    above = np.zeros((groups * bands, dates), weight.dtype)
    there = np.zeros((groups * bands, dates), np.int64)
    own = np.zeros((bands, dates), weight.dtype)
    own_bits = np.zeros((bands, wide), np.uint64)
    base = np.zeros((groups, wide), np.uint64)
    touched = np.empty(groups, np.int64)
    is_touched = np.zeros(groups, np.bool_)
    one = np.ones(1, weight.dtype)[0]
    for subject in range(len(starts) - 1):
        if starts[subject] == starts[subject + 1]:
            continue
        some = 0
        for row in range(starts[subject], starts[subject + 1]):
            for way in range(ways[key[row]], ways[key[row] + 1]):
                cell = group[way]
                if not is_touched[cell]:
                    is_touched[cell] = True
                    touched[some] = cell
                    some += 1
                for word in range(wide):
                    base[cell, word] |= bits[row, word] & of[way, word]
        any_met = met_starts[subject] < met_starts[subject + 1]
        if any_met:
            own_bits[:] = 0
            own[:] = 0
            for row in range(met_starts[subject], met_starts[subject + 1]):
                cell = met_band[row] if bands > 1 else 0
                for word in range(wide):
                    own_bits[cell, word] |= met_bits[row, word]
                    if not once and not empty[row * many]:
                        _add(own, cell, met_bits[row, word], word, weight[row * many])
        for at in range(some):
            cell = touched[at]
            is_touched[cell] = False
            for word in range(wide):
                held = base[cell, word]
                base[cell, word] = 0
                _add(below, cell, held, word, 1)
                if not any_met:
                    continue
                for band in range(bands):
                    both = held & own_bits[band, word]
                    _add(there, cell * bands + band, both, word, 1)
                    if once:
                        _add(above, cell * bands + band, both, word, one)
                    else:
                        _add_each(above, cell * bands + band, both, word, own, band)
    return below, above, there


@compiled
def each(
    starts: Ints, key: Ordinals, band: Ordinals, bands: int, bits: Bits, weight: Any, empty: Any,
    latest: bool, by: By, dates: int,
) -> tuple[Ints, Ints, Counts]:  # fmt: skip
    """What each subject comes to in each cell on each date, one after another: the subject, the place, the number.

    Takes   latest, whether the greatest counts and not the sum.
    Gives   places as cell * dates + date; a subject all of whose weights are empty there is left out.
    """
    ways, group, of, groups = by
    many = 1 if len(weight) == len(key) else 0
    wide = bits.shape[1]
    own = np.zeros((groups * bands, dates), weight.dtype)
    held = np.zeros((groups * bands, wide), np.uint64)
    touched = np.empty(groups * bands, np.int64)
    is_touched = np.zeros(groups * bands, np.bool_)
    who = np.empty(1024, np.int64)
    where = np.empty(1024, np.int64)
    what = np.empty(1024, weight.dtype)
    count = 0
    for subject in range(len(starts) - 1):
        some = 0
        for row in range(starts[subject], starts[subject + 1]):
            if empty[row * many]:
                continue
            for way in range(ways[key[row]], ways[key[row] + 1]):
                cell = group[way] * bands + (band[row] if bands > 1 else 0)
                if not is_touched[cell]:
                    is_touched[cell] = True
                    touched[some] = cell
                    some += 1
                for word in range(wide):
                    both = bits[row, word] & of[way, word]
                    if latest:
                        _add_greater(own, cell, both, held[cell, word], word, weight[row * many])
                    else:
                        _add(own, cell, both, word, weight[row * many])
                    held[cell, word] |= both
        if count + some * dates > len(who):
            room = 2 * (count + some * dates)
            who, where, what = _longer(who, room), _longer(where, room), _longer(what, room)
        for at in range(some):
            cell = touched[at]
            is_touched[cell] = False
            for word in range(wide):
                left = held[cell, word]
                held[cell, word] = 0
                while left != 0:
                    date = (word << 6) + lowest(left)
                    left &= left - np.uint64(1)
                    who[count] = subject
                    where[count] = cell * dates + date
                    what[count] = own[cell, date]
                    own[cell, date] = 0
                    count += 1
    return who[:count], where[:count], what[:count]


@compiled
def spread(
    subject: Ordinals, place: Ordinals, subjects: int,
    key: Ordinals, band: Ordinals, bands: int, bits: Bits, weight: Any, empty: Any,
    latest: bool, by: By, dates: int,
) -> tuple[Ints, Ints, Counts]:  # fmt: skip
    """The same as `each` of rows in whatever order, for subjects so few that all their numbers are held at once.

    Takes   place, for each subject its place among those that there are; what comes out tells subjects by it.
    """
    ways, group, of, _ = by
    many = 1 if len(weight) == len(key) else 0
    wide = bits.shape[1]
    first = np.full(subjects, -1, np.int64)
    room, count = 1024, 0
    cells, others = np.empty(room, np.int64), np.empty(room, np.int64)
    sums, held = np.zeros((room, dates), weight.dtype), np.zeros((room, wide), np.uint64)
    for row in range(len(key)):
        if empty[row * many] or subject[row] < 0:
            continue
        own = place[subject[row]]
        for way in range(ways[key[row]], ways[key[row] + 1]):
            some = np.uint64(0)
            for word in range(wide):
                some |= bits[row, word] & of[way, word]
            if some == 0:
                continue
            cell = group[way] * bands + (band[row] if bands > 1 else 0)
            at = first[own]
            while at >= 0 and cells[at] != cell:
                at = others[at]
            if at < 0:
                if count == room:
                    room *= 2
                    cells, others = _longer(cells, room), _longer(others, room)
                    sums, held = _more(sums, room), _more(held, room)
                at = count
                cells[at], others[at] = cell, first[own]
                first[own] = at
                count += 1
            for word in range(wide):
                both = bits[row, word] & of[way, word]
                if latest:
                    _add_greater(sums, at, both, held[at, word], word, weight[row * many])
                else:
                    _add(sums, at, both, word, weight[row * many])
                held[at, word] |= both
    return _told(first, cells, others, sums, held, dates)


@compiled
def _told(first: Ints, cells: Ints, others: Ints, sums: Any, held: Bits, dates: int) -> tuple[Ints, Ints, Counts]:
    every = 0
    for subject in range(len(first)):
        at = first[subject]
        while at >= 0:
            for date in range(dates):
                every += (held[at, date >> 6] >> np.uint64(date & 63)) & np.uint64(1) != 0
            at = others[at]
    who, where, what = np.empty(every, np.int64), np.empty(every, np.int64), np.empty(every, sums.dtype)
    count = 0
    for subject in range(len(first)):
        at = first[subject]
        while at >= 0:
            for date in range(dates):
                if (held[at, date >> 6] >> np.uint64(date & 63)) & np.uint64(1) != 0:
                    who[count], where[count], what[count] = subject, cells[at] * dates + date, sums[at, date]
                    count += 1
            at = others[at]
    return who, where, what


@compiled
def _more(rows: Any, room: int) -> Any:
    more = np.zeros((room, rows.shape[1]), rows.dtype)
    more[: len(rows)] = rows
    return more


@compiled
def _longer(column: Any, room: int) -> Any:
    longer = np.empty(room, column.dtype)
    longer[: len(column)] = column
    return longer


# A cell is told by its place and not as a part of the array: to take a part costs as much as to add.


@compiled
def _add(counts: Any, cell: int, bits: np.uint64, word: int, weight: Any) -> None:
    """Add a weight to a cell on every date of one word of bits. Dates that follow one another are added to together."""
    while bits != 0:
        start = lowest(bits)
        end = run_end(bits, start)
        for date in range((word << 6) + start, (word << 6) + end):
            counts[cell, date] += weight
        bits = without(bits, end)


@compiled
def _add_each(counts: Any, cell: int, bits: np.uint64, word: int, weights: Any, band: int) -> None:
    """Add to a cell each date's own weight of a band on every date of one word of bits."""
    while bits != 0:
        start = lowest(bits)
        end = run_end(bits, start)
        for date in range((word << 6) + start, (word << 6) + end):
            counts[cell, date] += weights[band, date]
        bits = without(bits, end)


@compiled
def _add_greater(counts: Any, cell: int, bits: np.uint64, held: np.uint64, word: int, weight: Any) -> None:
    """Keep in a cell the greatest weight on every date of one word of bits. Takes held, the dates that have one."""
    while bits != 0:
        place = lowest(bits)
        bits &= bits - np.uint64(1)
        date = (word << 6) + place
        if not (held >> np.uint64(place)) & np.uint64(1) or weight > counts[cell, date]:
            counts[cell, date] = weight


@compiled
def limits(who: Ints, where: Ints, dates: int, starts: Ints, bits: Bits, weight: Any, empty: Any) -> Any:
    """For each of those, the subject's own limit on the date, and whether it has one."""
    limit = np.zeros(len(who), weight.dtype)
    has = np.zeros(len(who), np.bool_)
    for one in range(len(who)):
        date = where[one] % dates
        for row in range(starts[who[one]], starts[who[one] + 1]):
            if (bits[row, date >> 6] >> np.uint64(date & 63)) & np.uint64(1) and not empty[row]:
                limit[one] += weight[row]
                has[one] = True
    return limit, has
