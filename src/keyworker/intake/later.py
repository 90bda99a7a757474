"""A load of a source that the record may know already: compared outside the writer lock, then written within it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import psycopg

from keyworker.clocks.stored import renew
from keyworker.intake import set_aside
from keyworker.intake.compare import Compared, compared
from keyworker.intake.contract import Opened
from keyworker.intake.ending import WouldEnd, too_much
from keyworker.intake.gathering import Gathering
from keyworker.intake.recognise import Recognised
from keyworker.intake.staging import drop_stages, staged
from keyworker.intake.waiting import Waiting
from keyworker.intake.wanted import Wanted, act_of
from keyworker.record.writer import ActResult, Staged, StaleComparison, commit_load, is_outdone, watermark

ATTEMPTS = 5


@dataclass
class _Later:
    """One such load: each table with its outcome and the name of its stage."""

    connection: psycopg.Connection
    opened: Opened
    wanted: Wanted
    outcome: dict[str, tuple[Compared, str]]

    def look(self, waiting: Waiting) -> None:
        """Compare one table, and stage what is new or changed in it."""
        older = is_outdone(self.connection, self.opened.source, waiting.name, self.opened.cut_at)
        one = compared(self.connection, self.opened.source, waiting, self.opened.scope, older=older)
        stage = staged(self.connection, waiting, one.staged, self.wanted.told("write"))
        self.outcome[waiting.name] = (one, stage)


def load_later(
    connection: psycopg.Connection, found: Recognised, opened: Opened, wanted: Wanted, gathering: Gathering
) -> ActResult:
    """Load one source, all or nothing. Raises WouldEnd."""
    loading = _Later(connection, opened, wanted, {})
    mark = _marked(connection, opened.source)
    try:
        tables = gathering.gather(opened, loading.look)
        for attempt in itertools.count(1):
            _guard_endings(loading)
            try:
                return _write(loading, found, tables, mark)
            except StaleComparison:
                if attempt == ATTEMPTS:
                    raise
            mark = _marked(connection, opened.source)
            for waiting in tables.values():
                loading.look(waiting)
        raise AssertionError  # the loop above ends by returning or raising
    finally:
        with suppress(psycopg.Error):  # a connection that is lost has lost its stages too
            drop_stages(connection, loading.outcome)


def _marked(connection: psycopg.Connection, source: str) -> int:
    mark = watermark(connection, source)
    connection.commit()
    return mark


def _guard_endings(loading: _Later) -> None:
    opened, wanted = loading.opened, loading.wanted
    if wanted.allow_ending:
        return
    ended = too_much({name: (len(one.vanished), one.reported) for name, (one, _) in loading.outcome.items()})
    if ended:
        names = ", ".join(path.name for path in opened.paths[:3])
        more = f" and {len(opened.paths) - 3} more files" if len(opened.paths) > 3 else ""
        stop = WouldEnd(names + more, ended)
        if not wanted.ask or not wanted.ask(stop):
            raise stop


def _write(loading: _Later, found: Recognised, tables: Mapping[str, Waiting], mark: int) -> ActResult:
    connection, wanted = loading.connection, loading.wanted
    stages, clashes = [], set_aside.Clashes()
    for name, waiting in tables.items():
        one, stage = loading.outcome[name]
        aside = waiting.set_aside + clashes.add(waiting, one.clashing)
        stages.append(
            Staged(
                table=name,
                stage=stage,
                added=one.added,
                changed=one.changed,
                unchanged=one.unchanged,
                read=one.added + one.changed + one.unchanged + aside,
                vanished=one.vanished,
            )
        )
    connection.commit()
    loading.opened.notes.extend(
        f"{name}: {one.outdone:,} rows say otherwise than an extract cut later, whose word stands."
        for name, (one, _) in loading.outcome.items()
        if one.outdone
    )
    return commit_load(
        connection,
        act_of(loading.opened, wanted),
        wanted.now,
        stages,
        set_aside.all_of(found, wanted, tables, clashes),
        mark,
        mended=set_aside.mended(connection, wanted.mends, tables) if wanted.mends is not None else (),
        progress=wanted.told("keep"),
        beside=lambda writing, act: renew(writing, act.act_id),
    )
