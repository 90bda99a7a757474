"""The catalogue of measures, and any of them at any date, known at any instant, by any group."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import polars.selectors as cs
import typer

from keyworker.actions.folders import measure_of_folder
from keyworker.actions.measures import MeasureEngine
from keyworker.cli.options import As, Format, Json, Out, Reason, moment_of, opened
from keyworker.cli.showing import Leaving, beside, content, printed, written
from keyworker.measures.catalogue import listed
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.behind import behind_record
from keyworker.measures.passes.councils import COUNCIL
from keyworker.measures.rows import record
from keyworker.measures.told_from import days_before, in_words
from keyworker.vocabulary.errors import KeyworkerError

EACH = "at"
LISTED = ("id", "title", "state", "definition", "engines", "reason")
SHOWN = (
    *("at", "numerator", "denominator", "value", "low", "high", "median", "p90", "most", "above", "limited"),
    *("suppressed", "reason"),
)
BEHIND = ("at", "part", "subject_id", "child_id", "worker_id", "team_id", "weight", "band")


class State(StrEnum):
    """Which entries of the catalogue are listed."""

    ALL = "all"
    COMPUTED = "computed"
    GAP = "gap"


def measures(
    state: Annotated[State, typer.Option("--state", help="all, computed or gap.")] = State.ALL,
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Every measure of the catalogue: which definition answers it, on which engines, or why the record cannot tell."""
    rows = [row for row in listed() if state is State.ALL or row["state"] == state]
    _show(rows, LISTED, Format.JSON if as_json else form, out, Leaving("measures", "see what is measured"))


def measure(
    name: Annotated[str, typer.Argument(help="The definition's name; see `keyworker measures`.")],
    at: Annotated[
        str | None, typer.Option("--at", help="A day, or several with commas between. Today, if none.")
    ] = None,
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", help="Only what was known at this instant; `at`: at the end of each day."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Groups, with commas between, such as district.")] = "",
    engine: Annotated[
        MeasureEngine | None, typer.Option("--engine", help="What works it out; postgres, of a folder duckdb.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="A snapshot, or a folder of many councils, in place of the record.")
    ] = None,
    as_public: Annotated[
        bool, typer.Option("--as-public", help="As whoever is not responsible sees it: small numbers suppressed.")
    ] = False,
    rows: Annotated[bool, typer.Option("--rows", help="Whom or what each number counts, a row each.")] = False,
    part: Annotated[
        str | None, typer.Option("--part", help="With --rows: only numerator, denominator or value.")
    ] = None,
    of: Annotated[str, typer.Option("--of", help="With --rows: only this group, such as district=North.")] = "",
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Out = None,
    reason: Reason = "see a measure",
) -> None:
    """One measure: numerator, denominator and value for each date and group, or whom or what each number counts."""
    asked = asked_of(at, known_at, by)
    shape = Format.JSON if as_json else form
    if folder is not None:
        if rows:
            raise KeyworkerError("A folder shows no rows.", where="--rows", remedy="Ask the record, without --from.")
        how, now = engine or MeasureEngine.DUCKDB, datetime.now(UTC)
        told = measure_of_folder(folder, name, asked, now=now, engine=how, as_public=as_public)
        if days_before(told) and COUNCIL not in asked.by:
            beside(in_words(told))
        shown = (*asked.by, *SHOWN, *(["whole_from"] if COUNCIL in asked.by else []))
        _show([record(row) for row in told], shown, shape, out, Leaving("measure", reason))
        return
    on = engine or MeasureEngine.POSTGRES
    with opened(reason) as keyworker:
        if rows:
            found = keyworker.behind(name, asked, part=part, group=_group(of), engine=on)
            _show([behind_record(one) for one in found], BEHIND, shape, out, Leaving("measure", reason))
            return
        told = keyworker.measure(name, asked, engine=on, as_public=as_public)
    if days_before(told):
        beside(in_words(told))
    _show([record(row) for row in told], (*asked.by, *SHOWN), shape, out, Leaving("measure", reason))


def _group(said: str) -> dict[str, str | None]:
    """The group that words such as `district=North, sex=` name. Raises KeyworkerError for words that name none."""
    found: dict[str, str | None] = {}
    for one in _words(said):
        name, sign, value = one.partition("=")
        if not sign:
            raise KeyworkerError("This names no group.", where="--of", remedy="Write it as district=North.")
        found[name.strip()] = value.strip() or None
    return found


def asked_of(at: str | None, known_at: str | None, by: str) -> Asked:
    """The question that the words on the command line ask. Raises KeyworkerError for words that name no moment."""
    each = known_at == EACH
    moments = [moment_of(day, None if each else known_at) for day in _words(at or "")] or [
        moment_of(None, None if each else known_at)
    ]
    days: tuple[date, ...] = tuple(moment.at for moment in moments)
    return replace(Asked(days, tuple(_words(by)), moments[0].known_at), on_each_day=each)


def _words(said: str) -> list[str]:
    return [word.strip() for word in said.split(",") if word.strip()]


def _show(
    rows: list[dict[str, Any]], columns: tuple[str, ...], form: Format, out: Path | None, leaving: Leaving
) -> None:
    if not rows:
        raise KeyworkerError("There is nothing to show.", remedy="Ask for other dates, or without --by or --state.")
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if form is Format.TABLE and out is None:
        held = [name for name in columns if name in frame.columns and frame[name].null_count() < frame.height]
        printed(frame.select(held).with_columns(cs.float().round(2)))
    else:
        written(content(frame, form), form, out, leaving)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command()(measures)
    app.command()(measure)
