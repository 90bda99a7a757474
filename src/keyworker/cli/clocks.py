"""Timescales: the rulebook, one child's or worker's duties, and what is due."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console

from keyworker.actions import tables
from keyworker.actions.clocks import due_record, missed_record, reading_record
from keyworker.cli.read import (
    SEEING,
    At,
    District,
    Format,
    KnownAt,
    Leaving,
    Names,
    content,
    moment_of,
    opened,
    printed,
    written,
)
from keyworker.clocks.checked import checked, compared
from keyworker.clocks.counting import Method, Unit
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

As = Annotated[Format, typer.Option("--format", help="table, csv, json or parquet.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write here, readable by you only, not to the screen.")]
Reason = Annotated[str, typer.Option("--reason", help="What this is for; kept in the access log.")]

_RULES = ("rule", "title", "about", "n", "unit", "basis", "from_on", "to_on", "unconfirmed")
_CLOCKS = ("rule", "started_on", "due_on", "met_on", "stopped_on", "said", "reason")
_MISSED = ("rule", "due_on", "met_on", "coincided", "chain")
_DUE = ("child", "worker", "name", "lead", "rule", "due_on", "days", "state")


def rules(
    rule: Annotated[str | None, typer.Argument(help="One rule, by its name; all, if none.")] = None,
    at: At = None,
    known_at: KnownAt = None,
    check: Annotated[bool, typer.Option("--check", help="Say what is wrong with the council's own settings.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="The council's own beside the published ones.")] = False,
    simulate: Annotated[
        str | None, typer.Option("--simulate", help='Who would be late under another limit: "10 working_days".')
    ] = None,
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Out = None,
    reason: Reason = "see the rulebook",
) -> None:
    """Every timescale in every edition, with its source; what is unconfirmed says so."""
    moment = moment_of(at, known_at)
    if simulate is not None:
        _simulate(rule, simulate, moment, Format.JSON if as_json else form, out, reason)
        return
    with opened(reason) as keyworker:
        rows = keyworker.rules(moment)
    if rule is not None:
        rows = [row for row in rows if row["rule"] == rule]
        if not rows:
            raise KeyworkerError("No rule is called so.", where=rule, remedy="See `keyworker rules` for the names.")
    if check:
        rows = checked(rows)
    elif compare:
        rows = compared(rows, moment.at)
    shown = tuple(rows[0]) if rows and (check or compare) else _RULES
    _show(
        rows,
        shown,
        Format.JSON if as_json else form,
        out,
        "Nothing is wrong with them." if check else "",
        Leaving("rules", reason),
    )


def _simulate(rule: str | None, said: str, moment: Moment, form: Format, out: Path | None, reason: str) -> None:
    if rule is None:
        raise KeyworkerError(
            "Which rule?", where="--simulate", remedy='Name it: rules cp-visit --simulate "10 working_days".'
        )
    with opened(reason) as keyworker:
        found = keyworker.tried(moment, rule, limit_of(said))
    rows = [
        {
            "subject": one.subject,
            "district": one.district,
            "team": one.team,
            "started_on": one.started_on,
            "due_on": one.due_on,
            "tried_due_on": one.tried_due_on,
            "state": one.state,
            "tried_state": one.tried_state,
            "newly_late": one.is_newly_late,
        }
        for one in found
    ]
    if form is Format.TABLE and out is None:
        late = sum(one.is_newly_late for one in found)
        no_more = sum(one.is_late_no_more for one in found)
        Console(stderr=True).print(
            f"Of {len(found):,} duties of {rule} that run at the end of {moment.at}, {late:,} more would be late under "
            f"{said}, and {no_more:,} would be late no more.",
            highlight=False,
            markup=False,
        )
    _show(
        rows,
        tuple(rows[0]) if rows else (),
        form,
        out,
        "No duty of this rule runs at that moment.",
        Leaving("rules", reason),
    )


def limit_of(said: str) -> Method:
    """A limit as it is typed, such as 10 working_days. Raises KeyworkerError for words that are none."""
    n, _, unit = said.strip().partition(" ")
    word = unit.strip().replace(" ", "_")
    if not n.isdecimal() or int(n) < 1 or word not in {one.value for one in Unit}:
        raise KeyworkerError(
            f"'{said}' is no limit.", where="--simulate", remedy='Write a number and a unit, such as "10 working_days".'
        )
    return Method(int(n), Unit(word))


def clocks(
    child: Annotated[str | None, typer.Option("--child", help="A child's identifier or handle.")] = None,
    worker: Annotated[str | None, typer.Option("--worker", help="A worker's identifier or handle.")] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Only this rule; may be said again.")] = None,
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Out = None,
    reason: Reason = SEEING,
) -> None:
    """Where every duty to a child, or of a worker, stands: when it began, when it is due, and why."""
    with opened(reason) as keyworker:
        found = keyworker.clocks(moment_of(at, known_at), child=child, worker=worker, rules=rule)
    none = "No duty is known to have begun by that moment."
    _show(
        [reading_record(one) for one in found],
        _CLOCKS,
        Format.JSON if as_json else form,
        out,
        none,
        Leaving("clocks", reason),
    )


def due(
    team: Annotated[str | None, typer.Option("--team", help="Only this team's.")] = None,
    worker: Annotated[str | None, typer.Option("--worker", help="Only those whom this worker works with.")] = None,
    district: District = None,
    days: Annotated[int, typer.Option("--days", min=0, help="How many days ahead to look.")] = 14,
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Out = None,
    names: Names = False,
    reason: Reason = SEEING,
) -> None:
    """What is overdue and what is due soon, by how long it is overdue, then by when it is due."""
    if names and reason == SEEING:
        raise KeyworkerError("Names need a reason.", where="--names", remedy="Say what they are for with --reason.")
    moment = moment_of(at, known_at)
    with opened(reason) as keyworker:
        found = keyworker.due(moment, worker=worker, team=team, district=district, within=timedelta(days=days))
    rows = [due_record(one, moment.at) for one in found]
    kept = [
        {name: value for name, value in row.items() if names or name not in tables.NAMES - {"worker"}} for row in rows
    ]
    _show(
        kept,
        _DUE,
        Format.JSON if as_json else form,
        out,
        f"Nothing is due by {_until(moment.at, days)}.",
        Leaving("due", reason),
    )


def missed(
    child: Annotated[str | None, typer.Option("--child", help="One child's; by district, if none.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="The first due day; a year before, if none.")] = None,
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Out = None,
    reason: Reason = SEEING,
) -> None:
    """Why children were not seen in time: what the record shows of each interval that was missed."""
    moment = moment_of(at, known_at)
    first = moment_of(since, None).at if since else None
    with opened(reason) as keyworker:
        if child is None:
            rows = keyworker.missed_shares(moment, first)
        else:
            rows = [missed_record(one) for one in keyworker.missed(moment, child=child)]
    shown = tuple(rows[0]) if rows and child is None else _MISSED
    none = "No visit is known to have been missed."
    _show(rows, shown, Format.JSON if as_json else form, out, none, Leaving("missed visits", reason))


def _until(at: date, days: int) -> str:
    return (at + timedelta(days=days)).isoformat()


def _show(
    rows: list[dict[str, Any]], columns: tuple[str, ...], form: Format, out: Path | None, none: str, leaving: Leaving
) -> None:
    if not rows and form is Format.TABLE:
        Console(stderr=True).print(none, highlight=False, markup=False)
        return
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if form is Format.TABLE and out is None:
        printed(frame.select([name for name in columns if name in frame.columns]))
    else:
        written(content(frame, form), form, out, leaving)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (rules, clocks, due, missed):
        app.command()(command)
