"""Lateness, lag, sign-ins and hours are never sorted, added up or given as a file by named worker."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import keyworker as kw
from keyworker.access import Door
from keyworker.access.owed import BY_WORKER, is_by_worker
from keyworker.actions.sign_ins import signed_in
from keyworker.cli import app
from keyworker.cli.late_commands import loaded
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry import Belongs, shipped
from keyworker.measures.registry.loaded import registry
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from tests.access.made import BEGAN, NOW, TODAY, told
from tests.clocks.made import involvement
from tests.servers.asking import asking
from tests.servers.started import Database

KEPT = re.compile(
    r"late|overdue|past|lag|hours|minutes|login|sign(ed)?_in|since_seen|passed|(^|_)days$|away_days|days_away"
)
"""What a column of one of the four kinds is called, or has been."""
WORKER = re.compile(r"^(worker(_id)?|lead(_id)?|accountable(_id)?|supervisor(_id)?|account|written_by|name_of_worker)$")
"""The columns that name a worker."""
WHY = "MADEUPREASON"
NOT_ROWS = {"permissions", "supervision-notes", "access-log"}
"""Commands whose rows are no figures: the table of who may see what, what two people wrote, and the log itself."""


@pytest.mark.parametrize("word", [*sorted(BY_WORKER), "Worker", "social worker", "named-worker"])
def test_no_measure_is_parted_by_named_worker_and_the_refusal_says_why(word: str) -> None:
    with pytest.raises(Refused, match="never put in an order, added up or given as a file by named worker"):
        shipped().group(word)


def test_the_command_refuses_to_part_a_measure_by_worker(as_database_url: Database) -> None:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    asked = ["measure", "recording-delay-visits", "--at", "2026-02-28", "--by", "worker"]
    name = next(one for one in shipped().definitions if "visits" in one)
    asked[1] = name
    answer = CliRunner().invoke(app, asked)
    assert isinstance(answer.exception, Refused)
    assert "The service is measured, not the person" in answer.exception.what


def test_no_group_that_ships_parts_by_named_worker() -> None:
    groups = shipped().groups.values()
    assert {one.name for one in groups if is_by_worker(one.name)} == set()
    of_workers = [one for one in groups if one.of is Belongs.WORKER]
    assert of_workers, "there are groups of workers to look at"
    for one in of_workers:
        assert not re.search(r"\b(worker_id|name|account)\s+as\s+value\b", one.sql), one.name


def test_a_group_by_worker_that_somebody_adds_is_refused_when_it_is_read(tmp_path: Path) -> None:
    for folder in ("definitions", "links", "relations", "groups"):
        (tmp_path / folder).mkdir()
    head = "-- group: worker\n-- title: Worker\n-- says: Each worker.\n-- of: worker\n"
    (tmp_path / "groups" / "worker.sql").write_text(
        head + "select worker_id as key, worker_id as value from {appointment} a"
    )
    with pytest.raises(ValueError, match="no group parts a measure by named worker"):
        registry(tmp_path)


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """The made-up service with a late visit, a supervision of long ago, an absence and a duty to a worker."""
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        told(
            loader,
            cp_visits=[{"cp_visit_id": "v1", "child_id": "own", "happened_on": date(2026, 1, 12), "seen": True}],
            personal_supervision=[
                {"supervision_id": f"s-{one}", "worker_id": one, "happened_on": date(2026, 1, 20), "outcome": "held"}
                for one in ("pat", "ann", "cal")
            ],
            absence=[
                {"absence_id": f"x-{one}", "worker_id": one, "from_on": date(2026, 3, 2), "reason_class": why}
                for one, why in (("ann", "SIC"), ("pat", WHY), ("cal", WHY))
            ],
            involvements=[involvement(90, "pat", "Lead", BEGAN, None, child_id="all", team_id="t1")],
        )
    return as_database_url


def _arguments(command: typer.main.TyperCommand, values: Mapping[str, str]) -> list[str] | None:  # type: ignore[name-defined]
    """What a command is called with; None where it asks for something that is not in `values`."""
    found: list[str] = []
    for one in command.params:
        if one.required and one.name not in values:
            return None
        if one.required and one.param_type_name == "argument":
            found.append(values[str(one.name)])
        elif one.required:
            found += [one.opts[0], values[str(one.name)]]
    return found


def _commands() -> Iterator[tuple[str, Any]]:
    for name, command in loaded().items():
        if {"as_json", "form"} <= {one.name for one in command.params}:
            yield name, command


def test_no_command_gives_what_is_kept_of_named_workers(record: Database) -> None:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        t1 = handles_of(connection, HandleKind.TEAM, ["t1"])["t1"]
    values = {"worker_id": "ann", "team_id": t1, "child_id": "own", "child": "own", "name": "cases-held"}
    values |= {"rule": "cp-visit", "post_id": "none", "measure": "open-children"}
    looked, faults = set(), []
    for name, command in _commands():
        given = _arguments(command, values)
        if given is None or name in NOT_ROWS:
            continue
        for more in ([], ["--team", t1], ["--district", "Fenland"], ["--rows"]):
            if more and more[0] not in {flag for one in command.params for flag in one.opts}:
                continue
            at = ["--at", TODAY.isoformat()] if name != "measure" else ["--at", "2026-02-28"]
            answer = CliRunner().invoke(app, [name, *given, *more, *at, "--json"])
            if WHY in answer.output or re.search(r"\bSIC\b", answer.output):
                faults.append((name, "why somebody was away"))
            rows = json.loads(answer.stdout) if answer.exit_code == 0 and answer.stdout.startswith("[") else []
            for row in rows:
                looked.add(name)
                if any(WORKER.match(key) and value for key, value in row.items()):
                    faults += [(name, key) for key, value in row.items() if KEPT.search(key) and value is not None]
    assert {"team", "children", "due", "worker", "nothing-recent"} <= looked, "the search finds too few: it is broken"
    assert sorted(set(faults)) == []


def test_nobody_is_told_whom_a_number_of_sickness_counts(record: Database) -> None:
    told_why = {name for name, one in shipped().definitions.items() if shipped().reads_why_away(one.sql)}
    assert {"sickness-absence-rate", "sickness-days-per-fte"} <= told_why
    for name in told_why:
        answer = CliRunner().invoke(app, ["measure", name, "--at", "2026-02-28", "--rows"])
        assert isinstance(answer.exception, Refused), name
        assert "why somebody was away" in answer.exception.what


def test_no_whole_table_says_why_anybody_was_away(record: Database) -> None:
    with kw.open(purpose="test") as opened:
        table = opened.best_known(TODAY).table("absence")
        assert table.height == 3
        assert "reason_class" not in table.columns
        assert "absence_reason" not in opened.best_known(TODAY).table("workforce_snapshot").columns


def test_what_a_measure_of_workers_counts_is_given_of_those_alone_whose_figures_one_may_see(record: Database) -> None:
    """A director answers for every worker; quality assurance is told of the one who asks alone."""
    asked = Asked((date(2026, 2, 28),))
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, "director", TODAY, purpose="test", door=Door.PAGE)
        everybody = {one.subject_id for one in asking(asker, connection, NOW).behind("cases-held", asked)}
        asker, _ = signed_in(connection, "quality.assurance", TODAY, purpose="test", door=Door.PAGE)
        own = {one.subject_id for one in asking(asker, connection, NOW).behind("cases-held", asked)}
    assert everybody == {"pat", "sue", "ann", "bea"}, "Cal holds no child since Pat leads the one that Cal had"
    assert own == {"pat"}
