"""Many made-up councils in one folder: a few are made, each by its own seed, the others are links to their files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import polars as pl
from benchmarks.indicators_data import make

from keyworker.measures.sources.folder import PREFIX

MADE = 9
RECORD, PLAIN = "record", "plain"


def councils(home: Path, count: int, scale: float) -> list[str]:
    """See that so many councils are there; gives their codes.

    A council's tables lie in `record/council=XXX`, as a snapshot holds them; the same in a few plain columns, for
    whoever writes by hand, in `plain/council=XXX`.
    """
    codes = [f"M{number:03d}" for number in range(count)]
    for number, code in enumerate(codes):
        if number < MADE:
            _made(home, code, scale, seed=number + 1)
        else:
            _repeated(home, codes[number % MADE], code)
    return codes


def size(home: Path) -> dict[str, int]:
    """The rows of the tables asked about, and the bytes of disk, of the councils that were made."""
    made = [f"{PREFIX}M{number:03d}" for number in range(MADE)]
    files = [file for form in (RECORD, PLAIN) for one in made for file in (home / form / one).iterdir()]
    names = ("children", "allocations", "visits")
    rows = {
        name: sum(
            pl.scan_parquet(home / PLAIN / one / f"{name}.parquet").select(pl.len()).collect().item() for one in made
        )
        for name in names
    }
    return {**rows, "mib": sum(file.stat().st_size for file in files) >> 20}


def _made(home: Path, code: str, scale: float, seed: int) -> None:
    record, plain = (home / form / f"{PREFIX}{code}" for form in (RECORD, PLAIN))
    if record.exists():
        return
    scratch = home / "scratch"
    make(scratch, scale=scale, seed=seed)
    whole = scratch / "plain" / "children.parquet"  # the opponents part by district: a council is one
    pl.read_parquet(whole).with_columns(district=pl.lit(0, pl.Int16)).write_parquet(whole)
    record.parent.mkdir(exist_ok=True)
    plain.parent.mkdir(exist_ok=True)
    (scratch / "plain").rename(plain)
    (scratch / "record_text").rename(record)
    shutil.rmtree(scratch)


def _repeated(home: Path, code: str, again: str) -> None:
    for form in (RECORD, PLAIN):
        place = home / form / f"{PREFIX}{again}"
        if not place.exists():
            place.mkdir()
            for file in (home / form / f"{PREFIX}{code}").iterdir():
                os.link(file, place / file.name)
