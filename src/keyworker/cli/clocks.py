"""Timescales: the rulebook, one child's or worker's duties, and what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from keyworker.actions import Keyworker
from keyworker.actions.due import Due
from keyworker.actions.duty_tables import NAMED, due_record, missed_record, reading_record
from keyworker.actions.missed import share_records
from keyworker.actions.nothing_recent import unheard_records
from keyworker.cli.options import District, moment_of
from keyworker.cli.seeing import NOBODY, Answer, seeing
from keyworker.clocks.checked import checked, compared
from keyworker.clocks.counting import Method, Unit
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_RULES = ("rule", "title", "about", "n", "unit", "basis", "from_on", "to_on", "unconfirmed")
_CLOCKS = ("rule", "started_on", "due_on", "met_on", "stopped_on", "said", "reason")
_MISSED = ("rule", "due_on", "met_on", "coincided", "chain")
_UNHEARD = (
    "child_id",
    "name",
    "team",
    "last_recorded_on",
    "last_case_supervision_on",
    "last_seen_on",
)
_DUE = ("child", "worker", "name", "team", "rule", "due_on", "days", "state")


@seeing("rules", reason="see the rulebook")
def rules(
    keyworker: Keyworker,
    moment: Moment,
    rule: Annotated[str | None, typer.Argument(help="One rule, by its name; all, if none.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Say what is wrong with the council's own settings.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="The council's own beside the published ones.")] = False,
    simulate: Annotated[
        str | None, typer.Option("--simulate", help='Who would be late under another limit: "10 working_days".')
    ] = None,
) -> Answer:
    """Every timescale in every edition, with its source; what is unconfirmed says so."""
    if simulate is not None:
        return _simulated(keyworker, moment, rule, simulate)
    rows = keyworker.rules(moment)
    if rule is not None:
        rows = [row for row in rows if row["rule"] == rule]
        if not rows:
            raise KeyworkerError("No rule is called so.", where=rule, remedy="See `keyworker rules` for the names.")
    if check:
        found = checked(rows)
        return Answer(found, _every(found), NOBODY, none="Nothing is wrong with them.")
    if compare:
        found = compared(rows, moment.at)
        return Answer(found, _every(found), NOBODY)
    return Answer(rows, _RULES, NOBODY)


def _every(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(rows[0]) if rows else ()


def _simulated(keyworker: Keyworker, moment: Moment, rule: str | None, said: str) -> Answer:
    if rule is None:
        raise KeyworkerError(
            "Which rule?", where="--simulate", remedy='Name it: rules cp-visit --simulate "10 working_days".'
        )
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
    late = sum(one.is_newly_late for one in found)
    no_more = sum(one.is_late_no_more for one in found)
    return Answer(
        rows,
        _every(rows),
        NOBODY,
        none="No duty of this rule runs at that moment.",
        note=f"Of {len(found):,} duties of {rule} that run at the end of {moment.at}, {late:,} more would be late "
        f"under {said}, and {no_more:,} would be late no more.",
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


@seeing("clocks")
def clocks(
    keyworker: Keyworker,
    moment: Moment,
    child: Annotated[str | None, typer.Option("--child", help="A child's identifier or handle.")] = None,
    worker: Annotated[str | None, typer.Option("--worker", help="A worker's identifier or handle.")] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Only this rule; may be said again.")] = None,
) -> Answer:
    """Where every duty to a child, or of a worker, stands: when it began, when it is due, and why."""
    found = keyworker.clocks(moment, child=child, worker=worker, rules=rule)
    is_own = bool(found) and not any(_is_anothers(keyworker, one.subject) for one in found)
    is_anothers = worker is not None and not is_own
    rows = [reading_record(one) for one in found]
    none = "No duty is known to have begun by that moment."
    return Answer(_without_lag(rows) if is_anothers else rows, _CLOCKS, NOBODY, none=none, stays=is_anothers)


@seeing("due", names=True)
def due(
    keyworker: Keyworker,
    moment: Moment,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's.")] = None,
    worker: Annotated[
        str | None, typer.Option("--worker", help="Only those with whom you work: your own identifier or handle.")
    ] = None,
    district: District = None,
    days: Annotated[int, typer.Option("--days", min=0, help="How many days ahead to look.")] = 14,
) -> Answer:
    """What is overdue and what is due soon, by how long it is overdue, then by when it is due.

    For a worker or a team the duties of workers, such as supervision, come after those to children. Those of anybody
    but yourself go into no file, and as JSON to a terminal alone.
    """
    within = timedelta(days=days)
    found = keyworker.due(moment, worker=worker, team=team, district=district, within=within)
    # Of a district or the whole service what is late of named workers is laid out beside nobody else's, and of a team
    # in the order of their identifiers: nobody is ranked.
    is_theirs = worker is not None or team is not None
    shown = [one for one in found if one.worker is None or is_theirs]
    rows = [due_record(one, moment.at) for one in shown if not _is_of_another_worker(keyworker, one)]
    of_others = [due_record(one, moment.at) for one in shown if _is_of_another_worker(keyworker, one)]
    staying = sorted(_without_lag(of_others), key=lambda row: str(row["worker"]))
    return Answer(rows, _DUE, NAMED, none=f"Nothing is due by {moment.at + within}.", staying=staying)


def _is_of_another_worker(keyworker: Keyworker, one: Due) -> bool:
    return one.worker is not None and _is_anothers(keyworker, one.worker.worker.worker_id)


def _is_anothers(keyworker: Keyworker, worker_id: str) -> bool:
    """Whether a duty is of somebody else than whoever asks: one's own figures one may keep."""
    return worker_id != keyworker.asker.worker_id


def _without_lag(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same without how late what met each duty was written down: nobody lays that out by named worker."""
    return [{name: said for name, said in row.items() if name != "recorded_late"} for row in rows]


@seeing("nothing recent", names=True)
def nothing_recent(
    keyworker: Keyworker,
    moment: Moment,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's children.")] = None,
    worker: Annotated[
        str | None, typer.Option("--worker", help="Only those with whom you work: your own identifier or handle.")
    ] = None,
    district: District = None,
) -> Answer:
    """Open children of whom nothing was recorded in 28 days and who were in no case supervision in two months."""
    found = keyworker.nothing_recent(moment, worker=worker, team=team, district=district)
    none = f"None of {found.of:,} open children: each has a recent record or recent case supervision."
    note = f"{len(found.children):,} of {found.of:,} open children. Nothing recorded is not the same as not done."
    return Answer(unheard_records(found.children), _UNHEARD, none=none, note=note)


@seeing("missed visits")
def missed(
    keyworker: Keyworker,
    moment: Moment,
    child: Annotated[str | None, typer.Option("--child", help="One child's; by district or team, if none.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="The first due day; a year before, if none.")] = None,
    by: Annotated[str, typer.Option("--by", help="district or team.")] = "district",
    rows: Annotated[bool, typer.Option("--rows", help="The visits themselves, a row each.")] = False,
    team: Annotated[str | None, typer.Option("--team", help="With --rows: only this team's children.")] = None,
    district: District = None,
) -> Answer:
    """Why children were not seen in time: what the record shows of each interval that was missed."""
    first = moment_of(since, None).at if since else None
    none = "No visit is known to have been missed."
    if child is not None:
        return Answer([missed_record(one) for one in keyworker.missed(moment, child=child)], _MISSED, NOBODY, none)
    if rows:
        found = keyworker.missed_visits(moment, first, district=district, team=team)
        return Answer([missed_record(one.missed) for one in found], ("child", *_MISSED), NOBODY, none)
    shares = share_records(keyworker.missed_shares(moment, first, by=by))
    return Answer(shares, _every(shares), NOBODY, none)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (rules, clocks, due, missed, nothing_recent):
        app.command()(command)
