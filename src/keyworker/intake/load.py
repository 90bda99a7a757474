"""Take files into the record: recognise, read, type, compare, write; each source all or nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from keyworker.intake import set_aside
from keyworker.intake.ahead import ahead, side_by_side
from keyworker.intake.compare import Compared, compared
from keyworker.intake.contract import Batch, Opened, Scope, SetAside
from keyworker.intake.ending import WouldEnd, too_much
from keyworker.intake.identity import Hashing
from keyworker.intake.joining import join_identifiers
from keyworker.intake.recognise import Recognised, recognised
from keyworker.intake.refusing import Refusing, Told
from keyworker.intake.report import LoadReport
from keyworker.intake.staging import EarlyStages, drop_stages, staged
from keyworker.intake.typing import Typed, typed
from keyworker.intake.waiting import Waiting
from keyworker.intake.workspace import workspace
from keyworker.record.writer import Act, ActResult, SetAsideRow, Staged, StaleComparison, commit_load, watermark
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError

ATTEMPTS = 5
IDENTIFYING = ("person", "send", "linked_identifiers")  # the tables whose numbers can name one child twice
LONDON = ZoneInfo("Europe/London")
Progress = Callable[[str, str, int], None]  # what is being done, to which table, how many rows more
Ask = Callable[[WouldEnd], bool]


@dataclass(frozen=True)
class Wanted:
    """How a load is wanted.

    Takes   now, the clock; cut_at, when the extract was cut, where the user knows and the file does not;
            source, a name other than the format's; scope, the period that the user says the files cover;
            allow_ending, whether much may end; ask, who decides otherwise; mends, the load whose rows these mend.
    """

    now: datetime
    author: str
    purpose: str = "load an extract"
    cut_at: datetime | None = None
    source: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    allow_ending: bool = False
    ask: Ask | None = None
    mends: int | None = None
    progress: Progress | None = None


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
    opened = _as_wanted(found.open(), wanted)
    folder.mkdir(mode=0o700)
    tables, early = _gather(connection, opened, wanted, folder)
    for attempt in itertools.count(1):
        mark = watermark(connection, opened.source)
        connection.commit()
        outcome = {name: compared(connection, opened.source, waiting, opened.scope) for name, waiting in tables.items()}
        _guard_endings(outcome, opened, wanted)
        try:
            result = _write(connection, found, opened, wanted, tables, early, outcome, mark)
        except StaleComparison:
            if attempt == ATTEMPTS:
                raise
            continue
        drop_stages(connection, tables)
        return _report(connection, opened, result)
    raise AssertionError  # the loop above ends by returning or raising


def _as_wanted(opened: Opened, wanted: Wanted) -> Opened:
    """The source under the name, the cut time and the scope that the user gives."""
    scope = opened.scope
    if wanted.from_on or wanted.to_on:
        scope = replace(scope, from_on=wanted.from_on or scope.from_on, to_on=wanted.to_on or scope.to_on)
    if wanted.mends is not None:
        scope = replace(scope, whole=False)
    cut_at = opened.cut_at or wanted.cut_at
    if cut_at and cut_at.tzinfo is None:
        cut_at = cut_at.replace(tzinfo=LONDON)
    return replace(opened, source=wanted.source or opened.source, cut_at=cut_at, scope=scope)


def _gather(
    connection: psycopg.Connection, opened: Opened, wanted: Wanted, folder: Path
) -> tuple[dict[str, Waiting], dict[str, str]]:
    """Read, type and hash every row. Gives all tables, also those present without rows, and the stages made already."""
    tables = {name: Waiting(name, folder) for name in sorted(opened.scope.tables)}
    told = _told(wanted, "read")
    hashing = Hashing(opened.source)
    ready = partial(_ready, hashing, wanted.now.astimezone(LONDON).date())
    early = EarlyStages(connection, opened.source)
    with closing(hashing), closing(early), closing(ahead(opened.batches)) as items:
        for item, rows in side_by_side(ready, items):
            waiting = tables.setdefault(item.table, Waiting(item.table, folder))
            if isinstance(item, SetAside):
                waiting.put_aside(item)
            elif rows:
                waiting.take(item.file, rows.good, rows.bad)
                early.take(item.table, rows.good)
                told(item.table, item.frame.height)
    return tables, early.finish()


def _ready(hashing: Hashing, today: date, item: Batch | SetAside) -> tuple[Batch | SetAside, Typed | None]:
    """One item, typed and hashed where it holds rows."""
    if isinstance(item, SetAside):
        return item, None
    rows, table = typed(item, today), TABLES[item.table]
    return item, Typed(hashing.identified(table, rows.good), hashing.identified(table, rows.bad))


def _guard_endings(outcome: Mapping[str, Compared], opened: Opened, wanted: Wanted) -> None:
    if wanted.allow_ending:
        return
    ended = too_much({name: (len(one.vanished), one.reported) for name, one in outcome.items()})
    if ended:
        names = ", ".join(path.name for path in opened.paths[:3])
        more = f" and {len(opened.paths) - 3} more files" if len(opened.paths) > 3 else ""
        stop = WouldEnd(names + more, ended)
        if not wanted.ask or not wanted.ask(stop):
            raise stop


def _write(
    connection: psycopg.Connection,
    found: Recognised,
    opened: Opened,
    wanted: Wanted,
    tables: Mapping[str, Waiting],
    early: Mapping[str, str],
    outcome: Mapping[str, Compared],
    mark: int,
) -> ActResult:
    stages, clashes = [], {}
    for name, waiting in tables.items():
        one = outcome[name]
        places = set_aside.clashing(waiting, one.clashing)
        clashes.update(places)
        aside = waiting.set_aside({file: rows for (_, file), rows in places.items()})
        ready = early.get(name) if one.staged.all() else None
        stages.append(
            Staged(
                table=name,
                stage=ready or staged(connection, waiting, one.staged, _told(wanted, "write")),
                added=one.added,
                changed=one.changed,
                unchanged=one.unchanged,
                read=one.added + one.changed + one.unchanged + aside,
                vanished=one.vanished,
            )
        )
    connection.commit()
    return commit_load(
        connection,
        _act(opened, wanted),
        wanted.now,
        stages,
        _set_aside(found, tables, clashes),
        mark,
        mended=set_aside.mended(connection, wanted.mends, tables) if wanted.mends is not None else (),
        progress=_told(wanted, "keep"),
    )


def _told(wanted: Wanted, what: str) -> Callable[[str, int], None]:
    progress = wanted.progress
    return (lambda table, rows: progress(what, table, rows)) if progress else _silent


def _silent(table: str, rows: int) -> None:
    """Tell nobody."""


def _act(opened: Opened, wanted: Wanted) -> Act:
    return Act(
        "load",
        wanted.author,
        wanted.purpose,
        opened.source,
        opened.cut_at,
        tuple(opened.notes),
        _spoken_scope(opened.scope) | {"format": opened.format, "files": [path.name for path in opened.paths]},
    )


def _spoken_scope(scope: Scope) -> dict[str, object]:
    return {
        "tables": sorted(scope.tables),
        "from_on": scope.from_on.isoformat() if scope.from_on else None,
        "to_on": scope.to_on.isoformat() if scope.to_on else None,
        "whole": scope.whole,
    }


def _set_aside(found: Recognised, tables: Mapping[str, Waiting], clashes: set_aside.Places) -> Iterator[SetAsideRow]:
    given = {where: set(rows) for where, rows in clashes.items()}
    for waiting in tables.values():
        for row in set_aside.of_values(waiting):
            if row.row not in given.get((row.table, row.file), ()):
                yield row
    if clashes:
        yield from set_aside.of_clashes(found.open(), clashes)


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
