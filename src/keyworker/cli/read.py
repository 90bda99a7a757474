"""See: the same figures as the pages, from the command line."""

from __future__ import annotations

import getpass
import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import polars as pl
import typer
from rich.console import Console
from rich.table import Column, Table

from keyworker.access import Asker, Door
from keyworker.actions import Keyworker, tables
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


At = Annotated[str | None, typer.Option("--at", help="A day; its end is meant. Today, if not given.")]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="An instant, such as 2026-03-01T09:00Z: only what was known then.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Write here, readable by you only, not to the screen.")]
As = Annotated[Format, typer.Option("--format", help="table, csv, json or parquet.")]
Names = Annotated[bool, typer.Option("--names", help="With names and birth dates; needs --reason.")]
Reason = Annotated[str, typer.Option("--reason", help="What this is for; kept in the access log.")]
District = Annotated[str | None, typer.Option("--district", help="Only this district.")]


LONDON = ZoneInfo("Europe/London")


def moment_of(at: str | None, known_at: str | None) -> Moment:
    """The moment that the words on the command line name. Raises KeyworkerError for words that name none.

    An instant without a zone is London's; a day given as one means its end.
    """
    try:
        day = date.fromisoformat(at) if at else datetime.now(LONDON).date()
        return Moment(day, _instant(known_at) if known_at else None)
    except ValueError as error:
        raise KeyworkerError(
            "This is not a date or an instant.",
            where="--at or --known-at",
            remedy="Write a day as 2026-03-01 and an instant as 2026-03-01T09:00.",
        ) from error


def _instant(said: str) -> datetime:
    if len(said) == len("2026-03-01"):
        return datetime.combine(date.fromisoformat(said) + timedelta(days=1), time(), LONDON)
    instant = datetime.fromisoformat(said)
    return instant if instant.tzinfo else instant.replace(tzinfo=LONDON)


def opened(reason: str) -> Keyworker:
    """The record, opened by whoever types, for a purpose that is logged."""
    return Keyworker.open(Asker(getpass.getuser(), reason, Door.COMMAND), now=datetime.now(UTC))


# What fits a screen; every other format holds every column.
ON_SCREEN = {
    "children": "child_id name age_years statuses lead_id lead team last_seen_on due_on standing",
    "child": "from_on to_on what worker_id worker detail",
    "team": "worker_id worker children families past_interval longest_since_seen_days days_since_supervised away_until",
    "service": "group children workers_holding past_interval past_interval_of unallocated changes_12_months"
    " changes_12_months_of vacancies vacancies_of",
    "worker": "on worker children most_children agreed_capacity days_above_capacity days_away protected_hours_a_week"
    " supervisions_held",
    "post": "from_on to_on what worker_id worker fte vacant_fte uncovered_fte detail",
    "posts": "post_id title team fte vacant_fte uncovered_fte empty_since held_by_ids last_step last_step_on",
    "team over time": "on team children unallocated workers_holding workers_appointed",
}
WIDE = 200  # for a file or another program, which have no edge
WHOLE = {
    "on",
    "post_id",
    "empty_since",
    "last_step_on",
    "child_id",
    "worker_id",
    "lead_id",
    "from_on",
    "to_on",
    "last_seen_on",
    "due_on",
}  # of no use cut or folded
SHORT = {
    "workers_holding": "workers",
    "past_interval_of": "of",
    "changes_12_months": "changes in 12 months",
    "changes_12_months_of": "per child-months",
    "vacancies_of": "of posts",
    "most_children": "most",
    "days_above_capacity": "days above it",
    "protected_hours_a_week": "protected hours a week",
    "workers_appointed": "appointed",
}


@dataclass(frozen=True)
class Leaving:
    """What leaves the record when it is written to a file: what, what for, and whether it holds names."""

    what: str
    reason: str
    names: bool = False


def show(rows: list[dict[str, Any]], form: Format, out: Path | None, leaving: Leaving) -> None:
    """Print rows, or write them to a file that only its owner can read."""
    frame = tables.frame(rows, names=leaving.names)
    if form is Format.TABLE and out is None:
        printed(frame.select([name for name in ON_SCREEN[leaving.what].split() if name in frame.columns]))
        return
    written(content(frame, form), form, out, leaving)


def written(said: bytes, form: Format, out: Path | None, leaving: Leaving) -> None:
    """Write bytes to the screen, or to a file that only its owner can read and that is listed among the exports."""
    if form is Format.PARQUET and out is None and sys.stdout.isatty():
        raise KeyworkerError("Parquet is not for a screen.", where="--format", remedy="Name a file with --out.")
    if out is None:
        sys.stdout.buffer.write(said)
        return
    with (
        opened(leaving.reason) as keyworker,
        keyworker.exporting(leaving.what, identifying=leaving.names) as export,
    ):
        _write(out, said)
        export.add([out])


def _write(out: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in the place of an older one of that name."""
    with os.fdopen(os.open(out, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)


def content(frame: pl.DataFrame, form: Format) -> bytes:
    """A frame as bytes in the form that was asked for; a table on the screen is CSV in a file."""
    if form is Format.PARQUET:
        target = io.BytesIO()
        frame.write_parquet(target)
        return target.getvalue()
    if form is Format.JSON:
        return (json.dumps(frame.to_dicts(), default=str, indent=1) + "\n").encode()
    return frame.write_csv().encode()


def printed(frame: pl.DataFrame) -> None:
    """Print a frame as a table, wide enough for whatever reads it."""
    shown = Table(
        *(
            Column(SHORT.get(name, name.replace("_", " ")), overflow="fold", no_wrap=name in WHOLE)
            for name in frame.columns
        )
    )
    for row in frame.iter_rows():
        shown.add_row(*("" if value is None else str(value) for value in row))
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(width=WIDE)
    console.print(shown)
    rows = "1 row" if frame.height == 1 else f"{frame.height:,} rows"
    console.print(f"{rows}. Every column: --format csv, json or parquet.")


def _say_none(asked: Mapping[str, str | None]) -> None:
    """Say that nobody was found beside an empty answer, for a name may have been mistyped."""
    named = " and ".join(f"{kind} {name}" for kind, name in asked.items() if name)
    words = f"No open child is found for {named} at that moment." if named else "No child is open at that moment."
    hint = " Names are as `keyworker service --by district` and `--by team` write them." if named else ""
    Console(stderr=True).print(words + hint, highlight=False, markup=False)


def guard(names: bool, reason: str, form: Format, out: Path | None) -> None:
    """Refuse names without a reason, and Parquet on a screen."""
    if names and reason == SEEING:
        raise KeyworkerError("Names need a reason.", where="--names", remedy="Say what they are for with --reason.")
    if form is Format.PARQUET and out is None and sys.stdout.isatty():
        raise KeyworkerError("Parquet is not for a screen.", where="--format", remedy="Name a file with --out.")


SEEING = "see how the service stands"


def children(
    at: At = None,
    known_at: KnownAt = None,
    district: District = None,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's children.")] = None,
    worker: Annotated[str | None, typer.Option("--worker", help="Only the children this worker holds.")] = None,
    form: As = Format.TABLE,
    out: Out = None,
    names: Names = False,
    reason: Reason = SEEING,
) -> None:
    """Every open child at a moment: who holds them, when they were last seen, where they stand."""
    guard(names, reason, form, out)
    moment = moment_of(at, known_at)
    with opened(reason) as keyworker:
        found = keyworker.children(moment, worker_id=worker, team_id=team, district=district)
    if not found:
        _say_none({"district": district, "team": team, "worker": worker})
    show([tables.child_record(child) for child in found], form, out, Leaving("children", reason, names))


def child(
    child_id: Annotated[str, typer.Argument(help="The child's identifier or handle.")],
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    out: Out = None,
    names: Names = False,
    reason: Reason = SEEING,
) -> None:
    """One child's whole time with the service, as a chronology."""
    guard(names, reason, form, out)
    with opened(reason) as keyworker:
        story = keyworker.child(child_id, moment_of(at, known_at))
    show(tables.story_records(story), form, out, Leaving("child", reason, names))


def team(
    team_id: Annotated[str, typer.Argument(help="The team's identifier or handle.")],
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    out: Out = None,
    names: Names = False,
    reason: Reason = SEEING,
) -> None:
    """A team's workers: what each holds, longest since seen, days since supervision."""
    guard(names, reason, form, out)
    with opened(reason) as keyworker:
        picture = keyworker.team(team_id, moment_of(at, known_at))
    show([tables.worker_record(row) for row in picture.workers], form, out, Leaving("team", reason, names))


def service(
    at: At = None,
    known_at: KnownAt = None,
    by: Annotated[str, typer.Option("--by", help="district or team.")] = "district",
    form: As = Format.TABLE,
    out: Out = None,
    reason: Reason = SEEING,
) -> None:
    """The whole service by district or team: loads, children past their interval, changes, supervision, vacancies."""
    guard(False, reason, form, out)
    with opened(reason) as keyworker:
        picture = keyworker.service(moment_of(at, known_at), by=by)
    rows = [tables.group_record(group) for group in (*picture.groups, picture.total)]
    show(rows, form, out, Leaving("service", reason))


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (children, child, team, service):
        app.command()(command)
