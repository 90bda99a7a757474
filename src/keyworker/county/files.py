"""The made-up county as files of any format that is read, at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from keyworker.county.county import County, block, blocks, generate
from keyworker.returns.write import write
from keyworker.vocabulary.errors import KeyworkerError

Progress = Callable[[str, int, int], None]
IN_PARTS = ("ssd", "pack")
"""The formats that may be spread over several folders: CSVs, of which each table may have more than one."""


@dataclass(frozen=True)
class Asked:
    """What county is wanted, and how it is to be written."""

    children: int
    years: int
    seed: int
    end: date
    form: str
    extracts: int = 1


def cut_instants(asked: Asked) -> list[datetime]:
    """When each extract is cut: evenly through the county's time, the last at the end of its last day."""
    step = asked.years * 365.25 / asked.extracts
    ends = [asked.end - timedelta(days=round(step * back)) for back in range(asked.extracts - 1, -1, -1)]
    return [datetime.combine(day, time(23, 59, 59), tzinfo=UTC) for day in ends]


def write_county(asked: Asked, out: Path, progress: Progress) -> int:
    """Write a made-up county; as CSVs, one part of it after another, so that no more than a part is ever in memory.

    Takes   out, a folder that is new or empty. With several extracts each has a folder named by the day of its cut;
            a county too large for memory is written in folders named part-001 and so on, which load as one.
    Gives   how many rows were written.
    Raises  KeyworkerError for a folder with something in it, or sizes that make no county.
    """
    if asked.extracts < 1:
        raise KeyworkerError("At least one extract is needed.", where="--extracts", remedy="Ask for 1 or more.")
    if out.exists() and any(out.iterdir()):
        raise KeyworkerError("The folder is not empty.", where=str(out), remedy="Name a new folder with --out.")
    made = list(_parts(asked))
    instants = cut_instants(asked)
    rows = 0
    for number, make in enumerate(made):
        progress("Making up children", number * len(instants), len(made) * len(instants))
        county = make()
        for place, cut in enumerate(instants):
            progress("Writing", number * len(instants) + place, len(made) * len(instants))
            frames = county.extract(cut)
            rows += sum(frame.height for frame in frames.values())
            write(asked.form, frames, cut.date(), _folder(asked, out, cut, number, len(made)))
    progress("Written", len(made) * len(instants), len(made) * len(instants))
    return rows


def _parts(asked: Asked) -> Iterator[Callable[[], County]]:
    """What makes each part of the county. A return is one file, so its county is made whole."""
    if asked.form not in IN_PARTS:
        yield partial(generate, asked.children, asked.years, asked.seed, asked.end)
        return
    for chance, children, first in blocks(asked.children, asked.years, asked.seed, asked.end):
        yield partial(block, chance, children, first, asked.end)


def _folder(asked: Asked, out: Path, cut: datetime, number: int, parts: int) -> Path:
    folder = out / f"extract-{cut:%Y-%m-%d}" if asked.extracts > 1 else out
    return folder / f"part-{number + 1:03d}" if parts > 1 else folder
