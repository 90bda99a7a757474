"""Write one return, all of it or nothing, readable by its owner only."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from keyworker.returns import annex_a, cin_census, extract, ssda903, workforce_census
from keyworker.returns.reconciliation import Reconciliation
from keyworker.returns.seen import seen_at
from keyworker.vocabulary.errors import KeyworkerError

Frames = Mapping[str, pl.DataFrame]
Writer = Callable[[Frames, date, Path, str], Reconciliation]

WHOLE = ("ssd", "pack")  # an extract holds what is known, whatever day it speaks of

FORMATS: dict[str, Writer] = {
    "ssd": extract.write_ssd,
    "pack": extract.write_pack,
    "cin": cin_census.write,
    "annex-a": annex_a.write,
    "903": ssda903.write,
    "workforce": workforce_census.write,
}

# What each form is for, where nobody gives a reason of their own.
PURPOSES: dict[str, str] = {
    "ssd": "an extract in the form of the Standard Safeguarding Dataset",
    "pack": "a pack of our own tables",
    "cin": "the children in need census for the Department for Education",
    "annex-a": "Annex A, the lists that Ofsted asks for at an inspection",
    "903": "the return on looked after children (SSDA903) for the Department for Education",
    "workforce": "the children's social work workforce census for the Department for Education",
}


# To whom the law sends a form. The two extracts are for nobody outside.
RECEIVERS: dict[str, str] = {
    "cin": "the Department for Education",
    "annex-a": "Ofsted",
    "903": "the Department for Education",
    "workforce": "the Department for Education",
}


@dataclass(frozen=True)
class Written:
    """The files of a return and the sheet that reconciles them."""

    paths: tuple[Path, ...]
    reconciliation: Reconciliation


def write(form: str, frames: Frames, at: date, out: Path, *, authority: str = "999") -> Written:
    """Write a return as at a day into a folder that must be empty or new.

    Takes   frames, one for each described table, `to_on` exclusive; authority, the council's three-digit number.
    Raises  KeyworkerError for an unknown format or a folder with something in it.
    """
    if form not in FORMATS:
        raise KeyworkerError(
            f"No return is called {form}.", where="the return's name", remedy=f"Choose one of {', '.join(FORMATS)}."
        )
    if out.exists() and any(out.iterdir()):
        raise KeyworkerError("The folder is not empty.", where=str(out), remedy="Name a new folder with --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    shown = frames if form in WHOLE else seen_at(frames, at)
    # Written beside its place and moved there whole, so that half a return is never taken for one.
    work = Path(tempfile.mkdtemp(prefix=".writing-", dir=out.parent))
    try:
        sheet = FORMATS[form](shown, at, work, authority)
        sheet.write(work / "reconciliation.csv")
        _private(work)
        if out.exists():
            out.rmdir()
        work.replace(out)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return Written(tuple(sorted(path for path in out.rglob("*") if path.is_file())), sheet)


def _private(folder: Path) -> None:
    folder.chmod(0o700)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
