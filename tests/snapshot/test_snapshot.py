"""Snapshots: the same facts, no names, keys of their own, private, expiring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from keyworker.actions.python import OpenSnapshot
from keyworker.facts import snapshot as snapshots
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append, correct
from keyworker.vocabulary.errors import KeyworkerError

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=10)
PEOPLE = [
    {"child_id": "KID-1", "forename": "Ashby", "surname": "Testwood", "birth_on": date(2015, 4, 2), "sex": "F"},
    {"child_id": "KID-2", "forename": "Bramble", "surname": "Testwood", "birth_on": date(2017, 8, 9), "sex": "M"},
]
PLANS = [{"cp_plan_id": "PLAN-1", "child_id": "KID-1", "from_on": date(2025, 6, 2), "initial_category": "NEG"}]


@pytest.fixture
def made(database: Any, tmp_path: Path) -> Path:
    """A snapshot of a record with two children, a plan, and a correction ten days later."""
    act = {"author": "tester", "purpose": "test", "source": "ssd"}
    with database.connect(DatabaseRole.APPLICATION) as connection:
        ids = append(connection, Act("entry", **act), NOW, {"person": PEOPLE, "cp_plans": PLANS}).entry_ids
        correct(
            connection, Act("correction", **act), LATER, "cp_plans", ids["cp_plans"][0], {"initial_category": "EMO"}
        )
    with database.connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection:
        return snapshots.make(connection, tmp_path, now=LATER, made_by="tester", reason="test")


def test_no_name_birth_date_or_identifier_is_anywhere_in_its_files(made: Path):
    content = b"".join(path.read_bytes() for path in made.iterdir())
    for told in (b"Ashby", b"Testwood", b"KID-1", b"PLAN-1"):
        assert told not in content
    opened = OpenSnapshot(*snapshots.open_snapshot(made, now=LATER))
    assert "birth_on" not in opened.best_known(date(2026, 3, 1)).table("person").columns


def test_its_keys_join_within_it_and_differ_from_the_next_snapshots(made: Path, database: Any, tmp_path: Path):
    with database.connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection:
        other = snapshots.make(connection, tmp_path, now=LATER, made_by="tester", reason="test")
    keys = []
    for folder in (made, other):
        with OpenSnapshot(*snapshots.open_snapshot(folder, now=LATER)) as opened:
            known = opened.best_known(date(2026, 3, 1))
            joined = known.sql("select p.child_id, p.sex from {person} p join {cp_plans} c using (child_id)")
            assert joined["sex"].to_list() == ["F"]
            keys.append(joined["child_id"].item())
    assert keys[0] != keys[1]


@pytest.mark.parametrize("known_at", [None, NOW + timedelta(hours=1), LATER + timedelta(hours=1)])
def test_it_answers_best_known_and_known_then_as_the_record_does(made: Path, database: Any, known_at: datetime | None):
    moment = Moment(date(2026, 3, 1), known_at)
    question = "select initial_category, from_on, to_on from {cp_plans} c"
    with database.connect(DatabaseRole.APPLICATION) as connection:
        ready = render(question, Lens(moment))
        from_record = connection.execute(ready.sql.encode(), ready.parameters).fetchall()
    with OpenSnapshot(*snapshots.open_snapshot(made, now=LATER)) as opened:
        known = opened.known_then(moment.at, known_at) if known_at else opened.best_known(moment.at)
        assert known.sql(question).rows() == from_record
    assert from_record[0][0] == ("NEG" if known_at == NOW + timedelta(hours=1) else "EMO")


def test_only_its_owner_can_read_it(made: Path):
    assert made.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}


def test_it_is_listed_and_expires(made: Path, tmp_path: Path):
    assert [one.name for one in snapshots.listed(tmp_path)] == [made.name]
    after = LATER + timedelta(days=31)
    with pytest.raises(KeyworkerError, match="expired"):
        snapshots.open_snapshot(made, now=after)
    assert snapshots.expire(tmp_path, after) == [made.name]
    assert not made.exists()


def test_names_need_a_reason_and_nothing_is_left_behind_without_one(database: Any, tmp_path: Path):
    with (
        database.connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection,
        pytest.raises(KeyworkerError, match="needs a reason"),
    ):
        snapshots.make(connection, tmp_path, now=NOW, made_by="tester", reason=" ", identifying=True)
    assert not list(tmp_path.rglob("*.parquet"))


def test_one_with_names_holds_no_row_of_a_child_who_is_left_out_nor_what_hangs_on_such_a_row(
    database: Any, tmp_path: Path
):
    act = Act("entry", author="tester", purpose="test", source="ssd")
    assessed = [{"assessment_id": f"ASS-{n}", "child_id": f"KID-{n}", "from_on": date(2025, 6, 2)} for n in (1, 2)]
    factors = [{"assessment_factor_id": f"FAC-{n}", "assessment_id": f"ASS-{n}"} for n in (1, 2)]
    rows = {"person": PEOPLE, "cp_plans": PLANS, "cin_assessments": assessed, "assessment_factors": factors}
    with database.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, act, NOW, rows)
    with database.connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection:
        how = {"now": LATER, "made_by": "tester", "reason": "a court asks", "identifying": True}
        folder = snapshots.make(connection, tmp_path, without=["KID-1"], **how)
    with OpenSnapshot(*snapshots.open_snapshot(folder, now=LATER)) as opened:
        known = opened.best_known(date(2026, 3, 1))
        assert known.table("person")["child_id"].to_list() == ["KID-2"]
        assert known.table("cp_plans").is_empty()
        assert known.table("assessment_factors")["assessment_factor_id"].to_list() == ["FAC-2"]
