"""Files in: load them, list the loads, give back the rows that were set aside."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from keyworker.access import INSIDE
from keyworker.cli.options import ForPrograms, Reason, day_of, opened
from keyworker.facts.days import LONDON
from keyworker.intake import listing
from keyworker.intake.ending import WouldEnd
from keyworker.intake.listing import ListedLoad
from keyworker.intake.load import load_paths
from keyworker.intake.refusing import Told
from keyworker.intake.report import LoadReport, together
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.refused import RefusedLoad, refused_loads
from keyworker.vocabulary.disk import in_words
from keyworker.vocabulary.errors import KeyworkerError

# Never wrapped: a path or a command that is broken over two lines cannot be copied.
PLAIN: dict[str, Any] = {"highlight": False, "markup": False, "soft_wrap": True}
COUNTS = ("read", "added", "changed", "ended", "unchanged", "set_aside")
MENDING = "mend the rows that a load set aside"
DOING = {"read": "Reading", "write": "Writing", "keep": "Keeping"}
NOTHING_ADDED = {  # by whether the record held anything of it, and whether rows were set aside
    (True, False): "The record held all of this already; nothing was added.",
    (True, True): "The record held the rest already; nothing was added.",
    (False, True): "Every row was set aside; nothing was added.",
    (False, False): "It holds no rows; nothing was added.",
}

Paths = Annotated[list[Path], typer.Argument(help="Files, folders or zips; each is recognised by what it holds.")]
Source = Annotated[str | None, typer.Option("--source", help="Keep it under this name instead of the format's.")]
CutAt = Annotated[
    str | None,
    typer.Option("--cut-at", help="When the extract was cut, such as 2026-03-01T18:00, if the file does not say."),
]
From = Annotated[str | None, typer.Option("--from", help="First day that the extract covers, if not everything.")]
To = Annotated[str | None, typer.Option("--to", help="Last day that the extract covers.")]
AllowEnding = Annotated[
    bool, typer.Option("--allow-ending", help="Let more than 1% of a table end as no longer reported.")
]
Author = Annotated[str | None, typer.Option("--author", help="Who loads; your sign-in on this machine, if not given.")]
Purpose = Annotated[str, typer.Option("--purpose", help="What for; kept with the load.")]
Mends = Annotated[
    int | None, typer.Option("--mends", help="These are mended rows of that load; nothing else has gone.")
]


def load(
    paths: Paths,
    as_json: ForPrograms = False,
    source: Source = None,
    cut_at: CutAt = None,
    from_on: From = None,
    to_on: To = None,
    allow_ending: AllowEnding = False,
    author: Author = None,
    purpose: Purpose = "load an extract",
    mends: Mends = None,
) -> None:
    """Take files into the record. Each source is taken whole or not at all; the same file twice adds nothing."""
    with _told_as_json() if as_json else nullcontext() as told:
        cut, since = _instant(cut_at, "--cut-at"), _day(from_on, "--from")
        until = _day(to_on, "--to")
        with _record() as connection, _progress() as bar:
            reports = load_paths(
                paths,
                connection=connection,
                now=datetime.now(UTC),
                author=author or getpass.getuser(),
                purpose=purpose,
                cut_at=cut,
                source=source,
                from_on=since,
                to_on=until + timedelta(days=1) if until else None,
                allow_ending=allow_ending,
                ask=bar.ask if sys.stdin.isatty() and sys.stderr.isatty() else None,
                mends=mends,
                progress=bar.told,
                refused=told,
            )
    if as_json:
        print(json.dumps({"status": "loaded", **_loaded(reports)}, indent=1))
        return
    for report in reports:
        _show(report)


def loads(as_json: ForPrograms = False) -> None:
    """Every load: what it brought, when it was cut, when it was taken in, what was set aside; and what was refused."""
    with _record() as connection:
        found, refused = listing.loads(connection), refused_loads(connection)
    if as_json:
        told = {"loads": [one.as_json() for one in found], "refused": [one.as_json() for one in refused]}
        print(json.dumps(told, indent=1))
        return
    console = Console()
    lines = [(one.recorded_at, _load_lines(one)) for one in found] + [(one.at, _refused_lines(one)) for one in refused]
    for _, said in sorted(lines):
        for line in said:
            console.print(line, **PLAIN)
    if not lines:
        console.print("Nothing has been loaded yet.")


def set_aside(
    out: Annotated[Path, typer.Option("--out", help="A CSV to write; one for each table, if there are several.")],
    of: Annotated[int | None, typer.Option("--load", help="Only this load; the last one, if not given.")] = None,
    reason: Reason = MENDING,
) -> None:
    """Write out the rows that a load set aside, each with its reason and remedy, to be mended and loaded again."""
    with (
        opened(reason) as keyworker,
        keyworker.exporting("rows set aside", identifying=True, for_whom=INSIDE) as export,
    ):
        load_number, written = keyworker.set_aside(of, out)
        export.add(path for path, _ in written)
    console = Console()
    for path, rows in written:
        console.print(f"{path}: {rows:,} rows", **PLAIN)
    first = written[0][0] if written else out
    console.print(
        f"Mend them, then: keyworker load {first} --mends {load_number}" if written else "No rows are set aside.",
        **PLAIN,
    )


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command()(load)
    app.command()(loads)
    app.command("set-aside")(set_aside)


@contextmanager
def _record() -> Iterator[psycopg.Connection]:
    """The record, made first if this is a new data folder."""
    upgrade.ready()
    with connect(DatabaseRole.LOADER) as connection:
        yield connection


class _Bar:
    """What is being done and how far, for anything that takes over a second."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Reading", total=None, rows=0, table="")
        self._rows: dict[str, int] = {}

    def told(self, what: str, table: str, rows: int) -> None:
        self._rows[what] = self._rows.get(what, 0) + rows
        self._progress.update(self._task, description=DOING[what], rows=self._rows[what], table=table)

    def ask(self, stop: WouldEnd) -> bool:
        self._progress.stop()
        Console(stderr=True).print(stop.what.replace("Nothing was written: this", "This"), **PLAIN)
        answer = typer.confirm("Have these rows truly gone?", default=False, err=True)
        self._progress.start()
        return answer


@contextmanager
def _progress() -> Iterator[_Bar]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.fields[table]}"),
        TextColumn("{task.fields[rows]:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


def _show(report: LoadReport) -> None:
    console = Console()
    title = f"Load {report.act_id}: {report.format}" + (
        f" as {report.source}" if report.source != report.format else ""
    )
    shown = Table("Table", *(name.replace("_", " ") for name in COUNTS), title=title)
    for name, counts in report.tables.items():
        shown.add_row(name, *(f"{getattr(counts, one):,}" for one in COUNTS))
    console.print(shown)
    for note in report.notes:
        console.print(note, **PLAIN)
    cut = _spoken(report.cut_at) if report.cut_at else "not known: give --cut-at, if you know it"
    console.print(f"Cut: {cut}. Taken in: {_spoken(report.recorded_at)}.", **PLAIN)
    set_aside = sum(counts.set_aside for counts in report.tables.values())
    if report.changed_nothing:
        held = any(counts.unchanged for counts in report.tables.values())
        console.print(NOTHING_ADDED[held, set_aside > 0], **PLAIN)
    if set_aside:
        hint = f"Rows were set aside. See them with: keyworker set-aside --load {report.act_id} --out set-aside.csv"
        console.print(hint, **PLAIN)


def _load_lines(one: ListedLoad) -> tuple[str, ...]:
    cut = f"cut {_spoken(one.cut_at)}" if one.cut_at else "cut time not known"
    counts = ", ".join(f"{name.replace('_', ' ')} {one.total(name):,}" for name in COUNTS)
    return (
        f"Load {one.act_id}: {one.source}, {cut}, taken in {_spoken(one.recorded_at)} by {one.author}",
        f"  {counts}, to mend {one.to_mend:,}",
    )


def _refused_lines(one: RefusedLoad) -> tuple[str, ...]:
    where = f" Where: {one.place}." if one.place and one.place != one.file else ""
    return (
        f"{one.outcome.capitalize()}: {one.file}, {_spoken(one.at)}, by {one.author}",
        f"  {one.reason}{where} {one.remedy}",
    )


def _loaded(reports: Sequence[LoadReport]) -> dict[str, Any]:
    return {"loads": [report.as_json() for report in reports], "tables": together(reports)}


@contextmanager
def _told_as_json() -> Iterator[Told]:
    """Within it, whatever stops a load is printed as JSON too; the words still go where words go."""
    printed: list[bool] = []

    def tell(refused: RefusedLoad, loaded: Sequence[LoadReport] = ()) -> None:
        said = {name: getattr(refused, name) for name in ("file", "place", "reason", "remedy")}
        print(json.dumps({"status": refused.outcome, **said, **_loaded(loaded)}, indent=1))
        printed.append(True)

    try:
        yield tell
    except (KeyworkerError, OSError) as error:
        said = error if isinstance(error, KeyworkerError) else in_words(error)
        if said and not printed:
            tell(RefusedLoad(datetime.now(UTC), "refused", "", "", "", said.where, said.what, said.remedy))
        raise


def _spoken(at: datetime) -> str:
    return at.astimezone(LONDON).strftime("%d %b %Y %H:%M").lstrip("0")


def _instant(said: str | None, where: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said) if said else None
    except ValueError as error:
        raise KeyworkerError(
            "This is not a date and time.", where=where, remedy="Write it as 2026-03-01T18:00."
        ) from error
    return at.replace(tzinfo=LONDON) if at and at.tzinfo is None else at


def _day(said: str | None, where: str) -> date | None:
    return day_of(said, where) if said else None
