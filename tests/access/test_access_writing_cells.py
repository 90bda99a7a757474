"""Cell by cell at the database: of whom each role may write, by each thing, whatever the record lets it read.

The council lets most staff see the whole service, so that a child's record is open to them far beyond what they write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import psycopg
import pytest

from keyworker.access import Scope, Thing, who_may
from keyworker.access.table import Cell, roles
from keyworker.actions.questions.sighting import OF_CHILD
from keyworker.record import in_sight, written
from keyworker.record.by_thing import ASKED
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, Amendment, WriteRefused, amend, append
from keyworker.vocabulary import TABLES
from tests.access.made import BEGAN, HELD, NOW, TODAY, account, service, setting
from tests.access.policed import ACT, signed, signed_by, writes
from tests.access.restricting import restricted
from tests.access.rows import every_row
from tests.clocks.made import involvement, tell
from tests.servers.started import Database, Server

KEPT = "kept"
"""A child of Pat's team who is restricted to somebody else."""
BY = {
    **{name: things for name, things in written.WRITES.items() if TABLES[name].about == "child_id"},
    **{name: things[:1] for name, things in ASKED.items()},
    "handover": ("allocation",),
    "step": ("recording at the front door", "meetings about a child"),
    "changed_why": ("case notes",),
}
"""The things by which a row of each table is written that people write here of a child, as these rows are."""
SAYS = {"step": {"kind": "referrer told"}, "changed_why": {"in_table": "case_note"}}
WHOLE_SERVICE = setting("beyond own children", "service") | {"from_on": BEGAN + timedelta(days=1)}


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    person = {"child_id": KEPT, "forename": "Kept", "surname": "Madeup"}
    theirs = involvement(9, "ann", "Lead", BEGAN, None, child_id=KEPT, team_id="t1")
    with made.connect(DatabaseRole.LOADER) as loader:
        rows = service(person=[person], involvements=[theirs])
        rows["case_supervision"] = [
            {"supervision_id": f"held {one.value}", "child_id": one.value, "worker_id": worker, "supervisor_id": "pat"}
            | {"happened_on": BEGAN, "outcome": "held"}
            for one, (worker, _) in HELD.items()
        ]
        rows["setting"] = [*(one for one in rows["setting"] if one["name"] != "beyond own children"), WHOLE_SERVICE]
        tell(loader, rows, now=NOW - timedelta(hours=3))
    restricted(made, KEPT, "somebody.else")
    yield made
    embedded_server.drop(made)


def covered(cell: Cell) -> set[str]:
    """The children whom a cell takes in, where the council lets everybody see the whole service."""
    scope = Scope.ALL if cell.is_widened and cell.scope is not Scope.NONE else cell.scope
    return {one.value for one in HELD if scope.takes_in(one)} if scope is not Scope.OWN_ACTIONS else set()


def written_of(bare: psycopg.Connection) -> dict[str, set[str]]:
    """Of whom somebody may write by each thing, as the database says it."""
    asked = """select thing, child, access.writes_of(child, array[thing])
        from unnest(%s::text[]) thing, unnest(%s::text[]) child"""
    children = [*(one.value for one in HELD), KEPT, "nobody-at-all"]
    found: dict[str, set[str]] = {thing: set() for thing in written.WRITTEN_BY_THING}
    for thing, child, may in bare.execute(asked, (list(found), children)):
        found[thing] |= {child} if may else set()
    return found


@pytest.mark.parametrize("role", roles())
def test_a_role_writes_by_each_thing_of_the_children_whom_its_cell_takes_in(record: Database, role: str) -> None:
    with signed(record, role) as one:
        found = written_of(one.bare)
    about = {thing: who_may()[Thing(thing)] for thing in found if who_may()[Thing(thing)].about == "child"}
    assert len(about) > 20
    assert {thing: found[thing] for thing in about} == {thing: covered(row.cell(role)) for thing, row in about.items()}


@pytest.mark.parametrize("role", ["social worker", "head of service", "conference chair", "business support"])
def test_a_row_is_written_of_those_whom_a_thing_takes_in_by_which_it_is_written(record: Database, role: str) -> None:
    """Each table into which people write of a child: of a child of their own, and of one far away, whom they see."""
    every = every_row(staying=True) | every_row(staying=False)
    found: dict[str, set[str]] = {}
    with signed(record, role) as one:
        for name in BY:
            rows = {row["child_id"]: row | SAYS.get(name, {}) for row in every[name]}
            new = {child: signed_by(one.asker.account, name, rows[child]) for child in ("own", "all")}
            found[name] = {child for child, row in new.items() if writes(one.bare, name, row)}
    assert found == {name: expected(role, name, things) for name, things in BY.items()}


def expected(role: str, name: str, things: Iterable[str]) -> set[str]:
    """Of which of the two children a role writes by any of some things, and sees the rows of a table."""
    rows = [who_may()[Thing(thing)] for thing in things]
    may = {child for row in rows if row.about == "child" for child in covered(row.cell(role))}
    by = OF_CHILD[Thing(in_sight.THINGS[in_sight.OF_CHILD.get(name, "record")])]
    seen = {child for thing in by for child in covered(who_may()[thing].cell(role))}
    return may & covered(who_may()[Thing.CHILD].cell(role)) & seen & {"own", "all"}


def test_a_restricted_child_whose_record_is_opened_in_an_emergency_is_read_and_not_written_of(
    record: Database,
) -> None:
    glass = {
        "glass_id": "g-kept",
        "child_id": KEPT,
        "account": account("team manager"),
        "role": "team manager",
        "reason": "rung by the police at night",
        "happened_on": TODAY,
        "opened_at": NOW - timedelta(hours=1),
        "until_at": NOW + timedelta(hours=1),
        "review_by_on": TODAY,
    }
    with signed(record, "team manager") as one:
        assert KEPT not in written_of(one.bare)["visits"]
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, ACT, NOW - timedelta(hours=1), {"broken_glass": [glass]})
    note = next(row for row in every_row(staying=True)["case_note"] if row["child_id"] == "own") | {"note_id": "new"}
    with signed(record, "team manager") as one:
        assert one.bare.execute("select surname from record.person where child_id = %s", (KEPT,)).fetchone() is not None
        assert writes(one.bare, "case_note", note)
        assert not writes(one.bare, "case_note", note | {"child_id": KEPT})
        assert KEPT not in {child for found in written_of(one.bare).values() for child in found}


def test_a_worker_says_what_came_of_their_own_action_also_where_they_write_of_the_childs_plans_no_more(
    record: Database,
) -> None:
    """The head of Fenland sees the child far away, and writes of none of its plans."""
    rows = {"action_id": "pats", "child_id": "all", "happened_on": TODAY, "plan": "child in need", "worker_id": "pat"}
    rows |= {"what": "Made-up words", "due_on": TODAY}
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        (entry,) = append(keeper, ACT, NOW, {"plan_action": [rows]}).entry_ids["plan_action"]
    ended = {"ended_on": TODAY, "done": True, "outcome": "Made-up words"}
    with signed(record, "head of service") as one:
        correction = Act("correction", one.asker.account, "x")
        assert not writes(one.bare, "plan_action", rows | {"action_id": "another"})
        for wrong in ({"what": "something else"}, ended | {"due_on": TODAY + timedelta(days=1)}, {"outcome": "none"}):
            with pytest.raises(WriteRefused):
                amend(one.bare, correction, NOW, [Amendment("plan_action", entry, wrong)])
        amend(one.bare, correction, NOW, [Amendment("plan_action", entry, ended)])
