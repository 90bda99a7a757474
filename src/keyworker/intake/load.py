"""Take files into the record: recognise, read, type, compare, write; each source all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import psycopg

from keyworker.intake import set_aside
from keyworker.intake.contract import Opened
from keyworker.intake.first import load_first
from keyworker.intake.gathering import Gathering
from keyworker.intake.joining import join_identifiers
from keyworker.intake.later import load_later
from keyworker.intake.recognise import Recognised, recognised
from keyworker.intake.refusing import Refusing, Told
from keyworker.intake.report import LoadReport
from keyworker.intake.wanted import Ask, Progress, Wanted, as_wanted
from keyworker.intake.workspace import workspace
from keyworker.record.writer import ActResult, watermark
from keyworker.vocabulary.errors import KeyworkerError

IDENTIFYING = ("person", "send", "linked_identifiers")  # the tables whose numbers can name one child twice


def load_paths(
    paths: Sequence[Path],
    *,
    connection: psycopg.Connection,
    home: Path | None = None,
    now: datetime,
    author: str,
    purpose: str = "load an extract",
    cut_at: datetime | None = None,
    source: str | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    allow_ending: bool = False,
    ask: Ask | None = None,
    mends: int | None = None,
    progress: Progress | None = None,
    refused: Told | None = None,
) -> list[LoadReport]:
    """Load files, folders and zips. Every source among them is one act of its own, all or nothing.

    Takes   connection, as the loader, outside any transaction; home, the data folder; now, the clock;
            cut_at, when the extract was cut, where the file does not say; source, another name to keep it under;
            from_on and to_on (exclusive), the period that the extract covers (everything, when not given);
            allow_ending, whether more than one row in a hundred of a table may end; ask, who decides it otherwise;
            mends, the load whose set-aside rows these files mend; refused, who is told of a load that was not made.
    Gives   a report for each source, in the order of the paths.
    Raises  FileRefused, WouldEnd, and lists them. Sources loaded before the one that raised stay loaded.
    """
    if not author.strip() or not purpose.strip():
        raise KeyworkerError("A load needs an author and a purpose.", remedy="Give both in words.")
    wanted = Wanted(now, author, purpose, cut_at, source, from_on, to_on, allow_ending, ask, mends, progress)
    if mends is not None:
        wanted = replace(wanted, source=set_aside.source_of(connection, mends))
    refusing = Refusing(connection, now, author, purpose, refused)
    with workspace(home) as folder:
        found: list[Recognised] = []
        for path in paths:
            with refusing.of(path):
                found += recognised(path, folder)
        reports: list[LoadReport] = []
        for number, one in enumerate(found):
            with refusing.of(one.said, reports):
                reports.append(_load_source(connection, one, wanted, folder / f"source-{number}"))
    if any(report.wrote_any_of(IDENTIFYING) for report in reports):
        join_identifiers(connection, now)
        connection.commit()
    return reports


def _load_source(connection: psycopg.Connection, found: Recognised, wanted: Wanted, folder: Path) -> LoadReport:
    opened = as_wanted(found.open(), wanted)
    folder.mkdir(mode=0o700)
    gathering = Gathering(folder, wanted.today, wanted.told("read"))
    result = None
    if opened.by_table and wanted.mends is None and _is_first(connection, opened.source):
        result = load_first(connection, found, opened, wanted, gathering)
    if result is None:
        result = load_later(connection, found, opened, wanted, gathering)
    return _report(connection, opened, result)


def _is_first(connection: psycopg.Connection, source: str) -> bool:
    mark = watermark(connection, source)
    connection.commit()
    return not mark


def _report(connection: psycopg.Connection, opened: Opened, result: ActResult) -> LoadReport:
    known_after, notes = connection.execute(
        "select known_after, notes from record.act where act_id = %s", (result.act_id,)
    ).fetchone() or (None, [])
    connection.commit()
    return LoadReport(
        format=opened.format,
        source=opened.source,
        act_id=result.act_id,
        recorded_at=result.recorded_at,
        cut_at=opened.cut_at,
        known_after=known_after,
        known_by=opened.cut_at or result.recorded_at,
        files=tuple(path.name for path in opened.paths),
        notes=tuple(notes),
        tables=result.counts,
    )
