"""Rows added up for every group and date. Each function looks at each row once; the subjects' rows stand together."""

from __future__ import annotations

from typing import Any

import numpy as np

from keyworker.measures.kernel.compiled import Bits, Ints, Ordinals, compiled, lowest

Subjects = tuple[Ints, Ints]  # where the rows of each subject start, and the rows
By = tuple[Ints, Ordinals, Bits, int]  # where the places of each key start, the group and the dates of each; how many
Counts = Any  # whole numbers, or floats where weights are, by cell and date


@compiled
def distinct(
    subjects: Subjects, key: Ordinals, band: Ordinals, bands: int, bits: Bits,
    by: By, dates: int,
) -> Ints:  # fmt: skip
    """How many different subjects there are in each cell: a group and a band. Takes the rows of each subject."""
    starts, order = subjects
    ways, group, of, groups = by
    counts = np.zeros((groups * bands, dates), np.int64)
    last = np.full((groups * bands, dates), -1, np.int64)
    for subject in range(len(starts) - 1):
        for at in range(starts[subject], starts[subject + 1]):
            row = order[at]
            for way in range(ways[key[row]], ways[key[row] + 1]):
                cell = group[way] * bands + band[row]
                for word in range(bits.shape[1]):
                    both = bits[row, word] & of[way, word]
                    while both != 0:
                        date = (word << 6) + lowest(both)
                        both &= both - np.uint64(1)
                        if last[cell, date] != subject:
                            last[cell, date] = subject
                            counts[cell, date] += 1
    return counts


@compiled
def summed(
    key: Ordinals, band: Ordinals, bands: int, bits: Bits, weight: Any, empty: Any,
    by: By, dates: int,
) -> tuple[Counts, Ints]:  # fmt: skip
    """The sum of weights in each cell, and whether any row is there. Takes empty, whether a weight is not said."""
    ways, group, of, groups = by
    sums = np.zeros((groups * bands, dates), weight.dtype)
    there = np.zeros((groups * bands, dates), np.int64)
    for row in range(len(key)):
        for way in range(ways[key[row]], ways[key[row] + 1]):
            cell = group[way] * bands + band[row]
            for word in range(bits.shape[1]):
                both = bits[row, word] & of[way, word]
                while both != 0:
                    date = (word << 6) + lowest(both)
                    both &= both - np.uint64(1)
                    there[cell, date] = 1
                    if not empty[row]:
                        sums[cell, date] += weight[row]
    return sums, there


@compiled
def of_subjects(
    subjects: Subjects, key: Ordinals, bits: Bits,
    met: Subjects, met_band: Ordinals, bands: int, met_bits: Bits, weight: Any, empty: Any,
    once: bool, by: By, dates: int,
) -> tuple[Ints, Counts, Ints]:  # fmt: skip
    """The subjects of the denominator in each group, what their numerators come to, and in which cells any are.

    Takes   once, whether a subject's numerators count as one, whatever they weigh.
    """
    starts, order = subjects
    met_starts, met_order = met
    ways, group, of, groups = by
    below = np.zeros((groups, dates), np.int64)
    above = np.zeros((groups * bands, dates), weight.dtype)
    there = np.zeros((groups * bands, dates), np.int64)
    last = np.full((groups, dates), -1, np.int64)
    own = np.zeros((bands, dates), weight.dtype)
    own_last = np.full((bands, dates), -1, np.int64)
    for subject in range(len(starts) - 1):
        if starts[subject] == starts[subject + 1]:
            continue
        for at in range(met_starts[subject], met_starts[subject + 1]):
            row = met_order[at]
            for word in range(met_bits.shape[1]):
                left = met_bits[row, word]
                while left != 0:
                    date = (word << 6) + lowest(left)
                    left &= left - np.uint64(1)
                    cell = met_band[row]
                    if own_last[cell, date] != subject:
                        own_last[cell, date] = subject
                        own[cell, date] = 0
                    if once:
                        own[cell, date] = 1
                    elif not empty[row]:
                        own[cell, date] += weight[row]
        for at in range(starts[subject], starts[subject + 1]):
            row = order[at]
            for way in range(ways[key[row]], ways[key[row] + 1]):
                for word in range(bits.shape[1]):
                    both = bits[row, word] & of[way, word]
                    while both != 0:
                        date = (word << 6) + lowest(both)
                        both &= both - np.uint64(1)
                        if last[group[way], date] != subject:
                            last[group[way], date] = subject
                            below[group[way], date] += 1
                            for one in range(bands):
                                if own_last[one, date] == subject:
                                    above[group[way] * bands + one, date] += own[one, date]
                                    there[group[way] * bands + one, date] = 1
    return below, above, there


@compiled
def each(
    subjects: Subjects, key: Ordinals, band: Ordinals, bands: int, bits: Bits, weight: Any, empty: Any,
    latest: bool, room: int, by: By, dates: int,
) -> tuple[Ints, Ints, Counts]:  # fmt: skip
    """What each subject comes to in each cell on each date, one after another: the subject, the place, the number.

    Takes   latest, whether the greatest counts and not the sum; room, how many there are at most.
    Gives   places as cell * dates + date; a subject all of whose weights are empty there is left out.
    """
    starts, order = subjects
    ways, group, of, groups = by
    last = np.full((groups * bands, dates), -1, np.int64)
    own = np.zeros((groups * bands, dates), weight.dtype)
    touched = np.empty(groups * bands * dates, np.int64)
    who = np.empty(room, np.int64)
    where = np.empty(room, np.int64)
    what = np.empty(room, weight.dtype)
    count = 0
    for subject in range(len(starts) - 1):
        some = 0
        for at in range(starts[subject], starts[subject + 1]):
            row = order[at]
            if empty[row]:
                continue
            for way in range(ways[key[row]], ways[key[row] + 1]):
                cell = group[way] * bands + band[row]
                for word in range(bits.shape[1]):
                    both = bits[row, word] & of[way, word]
                    while both != 0:
                        date = (word << 6) + lowest(both)
                        both &= both - np.uint64(1)
                        if last[cell, date] != subject:
                            last[cell, date] = subject
                            own[cell, date] = weight[row]
                            touched[some] = cell * dates + date
                            some += 1
                        elif not latest:
                            own[cell, date] += weight[row]
                        elif weight[row] > own[cell, date]:
                            own[cell, date] = weight[row]
        for at in range(some):
            who[count] = subject
            where[count] = touched[at]
            what[count] = own[touched[at] // dates, touched[at] % dates]
            count += 1
    return who[:count], where[:count], what[:count]


@compiled
def limits(who: Ints, where: Ints, dates: int, subjects: Subjects, bits: Bits, weight: Any, empty: Any) -> Any:
    """For each of those, the subject's own limit on the date, and whether it has one."""
    starts, order = subjects
    limit = np.zeros(len(who), weight.dtype)
    has = np.zeros(len(who), np.bool_)
    for one in range(len(who)):
        date = where[one] % dates
        for at in range(starts[who[one]], starts[who[one] + 1]):
            row = order[at]
            if (bits[row, date >> 6] >> np.uint64(date & 63)) & np.uint64(1) and not empty[row]:
                limit[one] += weight[row]
                has[one] = True
    return limit, has
