"""The demonstration: a county of the real one's size, loaded as a council would have, extract after extract."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import psycopg

from keyworker.county.chairing import chair_some
from keyworker.county.county import County, generate
from keyworker.county.marking import mark_some
from keyworker.county.noting import note_some
from keyworker.county.restricting import restrict_some
from keyworker.intake import listing
from keyworker.intake.load import load_paths
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.returns.write import write
from keyworker.vocabulary.errors import KeyworkerError

AUTHOR = "made-up county"
CHILDREN, YEARS, SEED = 17_500, 3, 2018
REORGANISED_MONTHS_AGO = 18  # within the county's years, and not within the twelve months that most pages look back
SOURCES = 2  # each extract is the dataset's tables and the pack of the council's own
DAYS_AGO = (730, 365, 182, 91, 30, 7, 1)
"""How long before now each extract was cut."""

ACCOUNTS = (
    ("social.worker", "social worker"),
    ("family.practitioner", "social worker who is not registered"),
    ("senior.practitioner", "senior practitioner"),
    ("consultant.social.worker", "consultant social worker, who holds children and supervises"),
    ("team.manager", "team manager"),
    ("head.of.service", "head of service"),
    ("director", "director"),
    ("conference.chair", "conference chair"),
    ("quality.assurance", "quality assurance"),
    ("performance.analyst", "performance analyst"),
    ("workforce", "workforce and HR"),
    ("learning", "learning and development"),
    ("business.support", "business support of a team"),
    ("councillor", "councillor: figures with small numbers left out"),
    ("partner", "partner outside the council"),
    ("inspector", "inspector, until a day that is said"),
    ("administrator", "administrator"),
)
"""The sign-ins of the demonstration and what each may be; the record holds their roles."""

Progress = Callable[[str, int, int], None]
"""What is being done, how many parts of it are done, and of how many."""


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration loaded.

    Takes   rows, how many rows were read, extract by extract; fresh, whether it was loaded now or was there already.
    """

    rows: tuple[int, ...]
    fresh: bool


def cuts(now: datetime) -> list[datetime]:
    """When each extract was cut: late in the evening of each day, the last one yesterday."""
    today = now.astimezone(UTC).date()
    return [datetime.combine(today - timedelta(days=ago), time(22, 0), tzinfo=UTC) for ago in DAYS_AGO]


def make(now: datetime, children: int = CHILDREN, years: int = YEARS) -> County:
    """The demonstration's county, which ends on the day before now."""
    last = now.astimezone(UTC).date() - timedelta(days=1)
    return generate(children, years, SEED, last, reorganised(last))


def reorganised(last: date) -> date:
    """When the demonstration's units became district teams: the first of a month, before its last day."""
    year, month = divmod(last.year * 12 + last.month - 1 - REORGANISED_MONTHS_AGO, 12)
    return date(year, month + 1, 1)


def load_demo(home: Path | None, now: datetime, progress: Progress, children: int = CHILDREN) -> Demonstration:
    """Make the demonstration's county and load it, one extract after another, into an empty record.

    Takes   home, the data folder (KEYWORKER_HOME when absent); now, the clock: the last extract is taken in then.
    Gives   how many rows each extract held. A record that holds the demonstration already is left as it is.
    Raises  KeyworkerError when the record holds anything else.
    """
    upgrade.ready(home)
    with connect(DatabaseRole.LOADER, home=home) as connection:
        taken = _taken_in(connection, now)
        if len(taken) == len(DAYS_AGO):
            return Demonstration((), fresh=False)
        progress("Making up a county", 0, len(DAYS_AGO))
        county = make(now, children)
        read = []
        for number, cut in enumerate(cuts(now), start=1):
            if cut in taken:
                continue
            progress(f"Loading the extract of {cut:%-d %B %Y}", number - 1, len(DAYS_AGO))
            taken_in = now if number == len(DAYS_AGO) else cut + timedelta(hours=10)
            read.append(_load_extract(county, cut, taken_in, home, connection))
    restrict_some(home, now)
    mark_some(home, now)
    note_some(home, now)
    chair_some(home, now)
    return Demonstration(tuple(read), fresh=True)


def _taken_in(connection: psycopg.Connection, now: datetime) -> set[datetime]:
    """The cuts of the extracts that the record holds whole already.

    Raises  KeyworkerError when it holds anything else, or part of another day's demonstration.
    """
    earlier = listing.loads(connection)
    connection.commit()
    _refuse_real({one.author for one in earlier})
    found = [one.cut_at for one in earlier if one.cut_at]
    whole = {cut for cut in found if found.count(cut) == SOURCES}
    if len(whole) < len(DAYS_AGO) and not set(found) <= set(cuts(now)):
        raise KeyworkerError(
            "Loading the demonstration was broken off on another day.",
            where="KEYWORKER_HOME",
            remedy="Remove the demonstration's data folder, or set KEYWORKER_HOME to a new one.",
        )
    return whole


def _refuse_real(authors: set[str]) -> None:
    if authors - {AUTHOR}:
        raise KeyworkerError(
            "This data folder holds a record that is not the demonstration's.",
            where="KEYWORKER_HOME",
            remedy="Set KEYWORKER_HOME to a new folder for the demonstration.",
        )


def _load_extract(
    county: County, cut: datetime, now: datetime, home: Path | None, connection: psycopg.Connection
) -> int:
    folder = Path(tempfile.mkdtemp(prefix="keyworker-demonstration-"))
    try:
        out = folder / "extract"
        write("ssd", county.extract(cut), cut.date(), out)
        reports = load_paths(
            [out],
            connection=connection,
            home=home,
            now=now,
            author=AUTHOR,
            purpose="demonstration",
            cut_at=cut,
            allow_ending=True,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return sum(counts.read for report in reports for counts in report.tables.values())
