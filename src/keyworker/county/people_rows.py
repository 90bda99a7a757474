"""Children as a case system holds them: names, families, addresses, disabilities, school numbers."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life

BLOCK = 10_000_000
ETHNICITIES = (
    "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "CHNE", "AOTH",
    "BCRB", "BAFR", "BOTH", "OOTH", "REFU", "NOBT",
)  # fmt: skip
ETHNICITY_SHARES = (
    0.66, 0.004, 0.085, 0.004, 0.012, 0.014, 0.01, 0.014, 0.022, 0.008, 0.012, 0.012, 0.003, 0.012,
    0.006, 0.022, 0.01, 0.02, 0.005, 0.065,
)  # fmt: skip
NATIONALITIES = ("GBR", "POL", "LTU", "ROU", "AFG", None)
NATIONALITY_SHARES = (0.6, 0.02, 0.02, 0.015, 0.005, 0.34)
ASKED_AND_NONE = 0.72
"""The share of children assessed of whom it is written that they have no disability; of the rest nobody has asked."""
DISABILITIES = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA")
DISABILITY_SHARES = (0.13, 0.01, 0.06, 0.03, 0.19, 0.4, 0.03, 0.06, 0.2, 0.01, 0.4, 0.24)


def child_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of children by number."""
    return words.numbered("KC", numbers + life.chance.block * BLOCK)


def family_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of families by number."""
    return words.numbered("KF", numbers + life.chance.block * BLOCK)


def nationality(life: Life) -> Ints:
    """The nationality recorded of each child, as a position in NATIONALITIES; of many none is."""
    return life.chance.stream("nationalities").choice(len(NATIONALITIES), life.children, p=NATIONALITY_SHARES)


def first_known(life: Life) -> Ints:
    """The first day on which each child was referred."""
    known = np.full(life.children, days.STILL_OPEN, dtype=np.int64)
    np.minimum.at(known, life.stays.child, life.stays.start)
    return known


def people(life: Life) -> list[Kept]:
    """The tables about children themselves."""
    known = first_known(life)
    typed_in = lags.entered(life.chance, "person", known, lags.AT_ONCE)
    return [
        _person(life, known, typed_in),
        _family(life, typed_in),
        _address(life, known),
        _disability(life, known),
        _school_numbers(life, known),
    ]


def _person(life: Life, known: Ints, typed_in: Ints) -> Kept:
    rng = life.chance.stream("person")
    many = life.children
    birth = life.families.birth
    unborn = birth > known
    never_born = birth >= life.horizon
    surname = rng.integers(0, len(words.SURNAMES), len(life.families.size))[life.families.of_child]
    own = rng.random(many) < 0.12
    surname = np.where(own, rng.integers(0, len(words.SURNAMES), many), surname)
    sex = rng.choice(3, many, p=[0.475, 0.52, 0.005])
    ethnicity = rng.choice(
        len(ETHNICITIES), len(life.families.size), p=np.array(ETHNICITY_SHARES) / sum(ETHNICITY_SHARES)
    )
    ethnicity = ethnicity[life.families.of_child]
    frame = typed(
        "person",
        {
            "child_id": child_ids(life, np.arange(many)),
            "forename": words.where(
                ~never_born, words.pick(words.FORENAMES, rng.integers(0, len(words.FORENAMES), many))
            ),
            "surname": words.pick(words.SURNAMES, surname),
            "sex": words.pick(("F", "M", "U"), np.where(never_born, 2, sex)),
            "gender": words.pick(("02", "01", "00"), np.where(never_born, 2, sex)),
            "ethnicity": words.where(~never_born, words.pick(ETHNICITIES, ethnicity)),
            "birth_on": words.where(~never_born, words.dates(birth)),
            "upn_unknown": words.where(life.horizon - birth < 5 * 365, pl.Series(["UN1"]).new_from_index(0, many)),
            "send_flag": words.flags(has_education_plan(life)),
            "expected_birth_on": words.where(never_born, words.dates(birth + rng.integers(-12, 13, many))),
            "is_mother": words.flags(np.zeros(many, dtype=bool)),
            "nationality": words.pick(NATIONALITIES, nationality(life)),
        },
        many,
    )
    edits = _before_birth(life, np.flatnonzero(unborn & ~never_born), birth)
    late = np.flatnonzero((rng.random(many) < 0.2) & ~unborn)
    until = lags.entered(life.chance, "ethnicity", known[late] + rng.integers(5, 60, len(late)), lags.SLOW)
    edits.append(Edit("ethnicity", late, pl.Series(["NOBT"]).new_from_index(0, len(late)), until))
    wrong = np.flatnonzero((rng.random(many) < 0.008) & ~unborn & ~never_born)
    until = lags.entered(
        life.chance, "birth date put right", known[wrong] + rng.integers(20, 300, len(wrong)), lags.SLOW
    )
    edits.append(Edit("birth_on", wrong, words.dates(birth[wrong] - rng.integers(1, 28, len(wrong))), until))
    return Kept("person", frame, typed_in, edits=edits)


def has_education_plan(life: Life) -> np.ndarray:
    """Whether each child has an education, health and care plan: many disabled children of school age, few others."""
    drawn = life.chance.stream("education plans of children").random(life.children)
    of_age = life.families.birth < life.horizon - 5 * 365
    return of_age & (drawn < np.where(_disabled(life), 0.55, 0.03))


def _before_birth(life: Life, unborn: Ints, birth: Ints) -> list[Edit]:
    """Until a birth is entered the child has an expected birth date and no other."""
    many = len(unborn)
    until = lags.entered(life.chance, "births", birth[unborn], lags.PROMPT)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, many)
    expected = words.dates(birth[unborn] + life.chance.stream("expected births").integers(-12, 13, many))
    return [
        Edit("birth_on", unborn, nothing.cast(pl.Date), until),
        Edit("expected_birth_on", unborn, expected, until),
        Edit("forename", unborn, nothing, until),
        Edit("sex", unborn, pl.Series(["U"]).new_from_index(0, many), until),
        Edit("gender", unborn, pl.Series(["00"]).new_from_index(0, many), until),
        Edit("ethnicity", unborn, nothing, until),
    ]


def _family(life: Life, typed_in: Ints) -> Kept:
    numbers = np.arange(life.children)
    frame = typed(
        "family",
        {
            "family_row_id": words.numbered("FR", numbers + life.chance.block * BLOCK),
            "family_id": family_ids(life, life.families.of_child),
            "child_id": child_ids(life, numbers),
        },
        life.children,
    )
    return Kept("family", frame, typed_in)


def _address(life: Life, known: Ints) -> Kept:
    rng = life.chance.stream("addresses")
    moved = np.flatnonzero(rng.random(len(life.families.size))[life.families.of_child] < 0.16)
    when = (
        known[moved] + 60 + (rng.random(len(life.families.size)) * 1500).astype(np.int64)[life.families.of_child[moved]]
    )
    moved, when = moved[when < life.horizon], when[when < life.horizon]
    since = np.maximum(known - 400, life.families.birth)
    since = np.minimum(since, known)
    until = np.full(life.children, days.STILL_OPEN, dtype=np.int64)
    until[moved] = when
    child = np.concatenate([np.arange(life.children), moved])
    start = np.concatenate([since, when])
    end = np.concatenate([until, np.full(len(moved), days.STILL_OPEN)])
    second = np.arange(len(child)) >= life.children
    place = life.families.of_child[child] * 2 + second
    numbers = place * 37 % 9973
    frame = typed(
        "address",
        {
            "address_id": words.numbered("AD", np.arange(len(child)) + life.chance.block * BLOCK * 2, 9),
            "child_id": child_ids(life, child),
            "type": "Home",
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "postcode": words.postcodes(numbers),
            "json": '{"HOUSE": "' + pl.Series(numbers % 200 + 1).cast(pl.String) + '", "STREET": "'
            + words.pick(words.STREETS, numbers % len(words.STREETS)) + '", "TOWN": "Nowhere"}',
        },
        len(child),
    )  # fmt: skip
    typed_in = lags.entered(life.chance, "address", np.where(second, start, known[child]), lags.USUAL)
    return Kept(
        "address",
        frame,
        typed_in,
        lags.entered(life.chance, "address left", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL),
        ("to_on",),
    )


def _disabled(life: Life) -> np.ndarray:
    rng = life.chance.stream("disabled")
    needs = np.zeros(life.children, dtype=bool)
    needs[life.stays.child[life.need_code[life.stays.spell] == 2]] = True
    return (needs & (rng.random(life.children) < 0.8)) | (rng.random(life.children) < 0.035)


def _disability(life: Life, known: Ints) -> Kept:
    """The disabilities of those who have any; "none" for most others who were assessed; nothing where nobody asked."""
    rng = life.chance.stream("disabilities")
    disabled = np.flatnonzero(_disabled(life) & (life.families.birth < life.horizon))
    has = rng.random((len(disabled), len(DISABILITIES))) < np.array(DISABILITY_SHARES)
    has[~has.any(axis=1), DISABILITIES.index("LD")] = True
    row, code = np.nonzero(has)
    told = np.maximum(known[disabled[row]], life.families.birth[disabled[row]] + 200) + rng.integers(0, 90, len(row))
    without, since = _asked_and_none(life)
    child = np.concatenate([disabled[row], without])
    code = np.append(code, np.full(len(without), len(DISABILITIES)))
    frame = typed(
        "disability",
        {
            "child_id": child_ids(life, child),
            "disability_id": words.numbered("DS", np.arange(len(child)) + life.chance.block * BLOCK),
            "disability_code": words.pick((*DISABILITIES, "NONE"), code),
        },
        len(child),
    )
    return Kept("disability", frame, lags.entered(life.chance, "disability", np.append(told, since), lags.SLOW))


def _asked_and_none(life: Life) -> tuple[Ints, Ints]:
    """Children of whom an assessment wrote that they have no disability, and when it was finished."""
    assessed = np.full(life.children, days.STILL_OPEN, dtype=np.int64)
    np.minimum.at(assessed, life.stays.child, life.spells.assessed[life.stays.spell])
    drawn = life.chance.stream("no disability").random(life.children) < ASKED_AND_NONE
    born = life.families.birth + 100 < np.minimum(assessed, life.horizon)
    child = np.flatnonzero(~_disabled(life) & drawn & born & (assessed < life.horizon))
    return child, assessed[child]


def _school_numbers(life: Life, known: Ints) -> Kept:
    """The pupil numbers of children of school age; a few are not known."""
    since = np.maximum(known, days.birthday(life.families.birth, 4) + 250)
    child = np.flatnonzero((since < life.horizon) & _has_number(life))
    frame = typed(
        "linked_identifiers",
        {
            "linked_identifier_id": words.numbered("LI", child + life.chance.block * BLOCK),
            "child_id": child_ids(life, child),
            "identifier_type": "Unique Pupil Number",
            "identifier_value": school_numbers(life, child),
            "from_on": words.dates(since[child]),
        },
        len(child),
    )
    return Kept("linked_identifiers", frame, lags.entered(life.chance, "school numbers", since[child], lags.SLOW))


def _has_number(life: Life) -> np.ndarray:
    return life.chance.stream("school numbers").random(life.children) < 0.94


def school_numbers(life: Life, child: Ints) -> pl.Series:
    """Unique pupil numbers of a local authority numbered 000, which is none; empty for a few children."""
    serial = (child + life.chance.block * BLOCK) % 10**9
    numbers = _check_letter(serial) + "000" + pl.Series(serial).cast(pl.String).str.zfill(9)
    return words.where(_has_number(life)[child], numbers)


def _check_letter(serial: Ints) -> pl.Series:
    total = np.zeros(len(serial), dtype=np.int64)
    for place in range(9):
        total += (serial // 10 ** (8 - place) % 10) * (place + 5)
    return words.pick(tuple("ABCDEFGHJKLMNPQRTUVWXYZ"), total % 23)
