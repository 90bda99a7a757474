"""The record from Python: the same figures as the pages and the commands, as data frames."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb
import polars as pl

from keyworker.access import Asker, Door
from keyworker.actions import story_tables, tables
from keyworker.actions.duty_tables import NAMED, due_record, reading_record
from keyworker.actions.folders import measure_of_folder
from keyworker.actions.keyworker import Keyworker
from keyworker.actions.measures import MeasureEngine
from keyworker.actions.missed import share_records
from keyworker.actions.nothing_recent import unheard_records
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import Engine, render
from keyworker.facts.snapshot import Manifest, open_snapshot
from keyworker.facts.snapshot.manifest import FILE
from keyworker.measures.estimated import estimated
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.behind import behind_record
from keyworker.measures.passes.run import measured
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow, record
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.folder import councils_of
from keyworker.measures.told_from import told_by, with_reach
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError

Days = date | Sequence[date]
Words = str | Sequence[str]


def _days(said: Days) -> tuple[date, ...]:
    return (said,) if isinstance(said, date) else tuple(said)


def _words(said: Words) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def measure_frame(rows: Iterable[MeasureRow]) -> pl.DataFrame:
    """Rows of a measure as a data frame."""
    return pl.DataFrame([record(row) for row in rows], infer_schema_length=None)


class Known(Protocol):
    """What is known at a moment, from the record or from a snapshot."""

    def table(self, name: str) -> pl.DataFrame:
        """One described table."""


@dataclass(frozen=True)
class RecordKnown:
    """The record at a moment."""

    keyworker: Keyworker
    moment: Moment

    def children(self, *, names: bool = False, **of: Any) -> pl.DataFrame:
        """Every open child, or those of one `worker_id`, `team_id` or `district`; without names unless asked."""
        rows = self.keyworker.children(self.moment, **of)
        return tables.frame((tables.child_record(row) for row in rows), names=names)

    def child(self, named: str, *, names: bool = False) -> pl.DataFrame:
        """One child's chronology."""
        return tables.frame(
            tables.story_records(self.keyworker.child(named, self.moment)), names=names, named=tables.SAID
        )

    def team(self, named: str, *, names: bool = False) -> pl.DataFrame:
        """A team's workers and whoever supervises them: what each holds, how many they supervise, since when."""
        return tables.frame(tables.team_records(self.keyworker.team(named, self.moment)), names=names)

    def worker(self, named: str, *, names: bool = False) -> pl.DataFrame:
        """One worker's months: children held, agreed capacity, days above it, supervisions held."""
        return tables.frame(story_tables.worker_months(self.keyworker.worker(named, self.moment)), names=names)

    def post(self, named: str, *, names: bool = False) -> pl.DataFrame:
        """One post's time as dated rows: how it was, who was in it, when it was empty, steps to fill it."""
        return tables.frame(story_tables.post_rows(self.keyworker.post(named, self.moment)), names=names)

    def posts(self, **of: Any) -> pl.DataFrame:
        """Every post, or those of one `team` or `district`: how much of it is empty, since when."""
        rows, _ = self.keyworker.posts(self.moment, **of)
        return tables.frame((story_tables.post_record(row) for row in rows), names=False)

    def team_over_time(self, named: str) -> pl.DataFrame:
        """A team's months through each reorganisation, and those of its forebears and heirs."""
        return tables.frame(story_tables.team_months(self.keyworker.team_story(named, self.moment)), names=False)

    def clocks(self, *, child: str | None = None, worker: str | None = None) -> pl.DataFrame:
        """Where every duty to a child, or of a worker, stands."""
        rows = [reading_record(one) for one in self.keyworker.clocks(self.moment, child=child, worker=worker)]
        return pl.DataFrame(rows, infer_schema_length=None)

    def due(self, *, names: bool = False, **of: Any) -> pl.DataFrame:
        """What is past its date and what comes next, for the children of one `worker`, `team` or `district`."""
        found = self.keyworker.due(self.moment, **of)
        rows = [due_record(one, self.moment.at) for one in found if one.worker is None]
        return pl.DataFrame(rows, infer_schema_length=None).drop([] if names or not rows else NAMED)

    def nothing_recent(self, *, names: bool = False, **of: Any) -> pl.DataFrame:
        """Open children with neither a recent record nor recent case supervision, of one `worker`, `team` or so."""
        found = self.keyworker.nothing_recent(self.moment, **of).children
        return tables.frame(unheard_records(found), names=names)

    def missed(self, *, by: str = "district", since: date | None = None) -> pl.DataFrame:
        """By district or team, with how many visits that were not made in time each thing coincided."""
        return pl.DataFrame(share_records(self.keyworker.missed_shares(self.moment, since, by=by)))

    def service(self, by: str = "district") -> pl.DataFrame:
        """The service by district or team, with the whole as its last row."""
        picture = self.keyworker.service(self.moment, by=by)
        return tables.frame((tables.group_record(row) for row in (*picture.groups, picture.total)), names=False)

    def table(self, name: str) -> pl.DataFrame:
        """One described table, with names; the purpose that is logged must warrant it."""
        return self.keyworker.frames(self.moment)[name]


class OpenRecord:
    """The record, opened from Python for a purpose. Close it, or use it in a `with`."""

    def __init__(self, keyworker: Keyworker) -> None:
        self.keyworker = keyworker

    def best_known(self, at: date) -> RecordKnown:
        """The end of a day, with all that is known now."""
        return RecordKnown(self.keyworker, Moment(at))

    def known_then(self, at: date, known_at: datetime) -> RecordKnown:
        """The end of a day, with only what was known at an instant."""
        return RecordKnown(self.keyworker, Moment(at, known_at))

    def measure(
        self,
        name: str,
        *,
        at: Days,
        by: Words = (),
        known_at: datetime | None = None,
        engine: str = "postgres",
        as_public: bool = False,
    ) -> pl.DataFrame:
        """A measure for each date and group, as `keyworker measure` gives it."""
        asked = Asked(_days(at), _words(by), known_at)
        return measure_frame(self.keyworker.measure(name, asked, engine=MeasureEngine(engine), as_public=as_public))

    def behind(
        self,
        name: str,
        *,
        at: Days,
        by: Words = (),
        part: str | None = None,
        of: Mapping[str, str | None] | None = None,
    ) -> pl.DataFrame:
        """The rows behind a measure's numbers, of one part or group or of all; each child shown is logged."""
        found = self.keyworker.behind(name, Asked(_days(at), _words(by)), part=part, group=of)
        return pl.DataFrame([behind_record(one) for one in found], infer_schema_length=None)

    def close(self) -> None:
        """Close the connections, and end the keeper's session."""
        self.keyworker.__exit__()

    def __enter__(self) -> OpenRecord:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class SnapshotKnown:
    """A snapshot at a moment."""

    connection: duckdb.DuckDBPyConnection
    moment: Moment
    identifying: bool = False

    def table(self, name: str) -> pl.DataFrame:
        """One described table, nameless, under the snapshot's own random keys."""
        left = [column.name for column in TABLES[name].columns if column.identifying and not self.identifying]
        return self.sql(f"select * from {{{name}}} t").drop(left)

    def sql(self, query: str, **parameters: Any) -> pl.DataFrame:
        """Rows of a query over the named tables, such as `select count(*) from {involvements} i`."""
        ready = render(query, Lens(self.moment), Engine.DUCKDB, parameters)
        answer = pl.from_arrow(self.connection.sql(ready.sql, params=ready.parameters).to_arrow_table())
        if not isinstance(answer, pl.DataFrame):
            raise TypeError("a query over tables is answered by rows")
        return answer


class OpenSnapshot:
    """A snapshot, opened from Python."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
        self.connection = connection
        self._source = DuckSource(connection, warm=True)  # a snapshot does not change
        self.manifest = manifest

    def best_known(self, at: date) -> SnapshotKnown:
        """The end of a day, with all that was known when the snapshot was made."""
        return SnapshotKnown(self.connection, Moment(at), self.manifest.identifying)

    def known_then(self, at: date, known_at: datetime) -> SnapshotKnown:
        """The end of a day, with only what was known at an instant."""
        return SnapshotKnown(self.connection, Moment(at, known_at), self.manifest.identifying)

    def measure(self, name: str, *, at: Days, by: Words = (), known_at: datetime | None = None) -> pl.DataFrame:
        """A measure for each date and group, as `keyworker measure` gives it."""
        source, asked = self._source, Asked(_days(at), _words(by), known_at)
        definition = shipped().definition(name)
        rows = with_reach(definition, asked.by, measured(source, name, asked), told_by(source))
        return measure_frame(estimated(definition, rows))

    def close(self) -> None:
        """Close it."""
        self.connection.close()

    def __enter__(self) -> OpenSnapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class OpenCouncils:
    """A folder of many councils, each a folder of Parquet called `council=` and its code, opened from Python."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder = folder
        self._now = now

    @property
    def councils(self) -> list[str]:
        """The codes of the councils."""
        return councils_of(self.folder, self._now)

    def measure(
        self, name: str, *, at: Days, by: Words = (), known_at: datetime | None = None, engine: str = "duckdb"
    ) -> pl.DataFrame:
        """A measure for each date and group, of which `council` may be one, as `keyworker measure` gives it."""
        asked, how = Asked(_days(at), _words(by), known_at), MeasureEngine(engine)
        return measure_frame(measure_of_folder(self.folder, name, asked, now=self._now, engine=how))

    def close(self) -> None:
        """Nothing is held open between questions."""

    def __enter__(self) -> OpenCouncils:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_record(folder: str | Path | None = None, *, purpose: str) -> OpenRecord | OpenSnapshot | OpenCouncils:
    """Open the record of a data folder, a snapshot, or a folder of many councils, whichever the folder holds.

    Takes   folder, a data folder, a snapshot or a folder of councils (KEYWORKER_HOME when absent); purpose, kept in the
            access log.
    Raises  KeyworkerError when there is no such folder: a path that was mistyped must not make a new, empty record.
    """
    now = datetime.now(UTC)  # noqa: TID251  Python is an entry point
    place = Path(folder) if folder else None
    if place and not place.is_dir():
        raise KeyworkerError("There is no such folder.", where=str(place), remedy="See `keyworker snapshots`.")
    if place and (place / FILE).exists():
        return OpenSnapshot(*open_snapshot(place, now=now))
    if place and councils_of(place, now):
        return OpenCouncils(place, now)
    asker = Asker(getpass.getuser(), purpose, Door.PYTHON)
    return OpenRecord(Keyworker.open(asker, now=now, home=place, reason=purpose))
