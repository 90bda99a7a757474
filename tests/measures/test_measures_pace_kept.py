"""The pace of timescales kept in the database is the pace that is worked out anew, or it is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest

from keyworker.actions.due import Whose
from keyworker.actions.paces import ahead_of, keep_open_paces
from keyworker.clocks.engine import every_readings, every_rule
from keyworker.clocks.stored import People, keep_all, renew
from keyworker.facts.moment import Moment
from keyworker.measures.pace import NEAR, Past, keep_paces, kept_paces, pasts, spread
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from tests.clocks.made import AT, NOW, tell
from tests.servers.started import Database

RULE = "assessment-45wd"
BEGAN = date(2025, 10, 6)  # a Monday; 45 working days later it is Monday 8 December 2025
ENTRY = Act("entry", "A worker", "made up", "ssd")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    """Assessments of 30 children: ten done on their day, ten on the day after, nine not done; one that runs now."""
    done = {**dict.fromkeys(range(10), date(2025, 12, 8)), **dict.fromkeys(range(10, 20), date(2025, 12, 9))}
    with database.connect(DatabaseRole.LOADER) as connection:
        tell(
            connection,
            {
                "cin_episodes": [_referral(number) for number in range(30)],
                "cin_assessments": [
                    {
                        "assessment_id": f"a{number}",
                        "child_id": f"c{number}",
                        "from_on": _began(number),
                        "to_on": done[number] + timedelta(days=1) if number in done else None,
                    }
                    for number in range(30)
                ],
            },
        )
        connection.commit()
        yield connection


def _began(number: int) -> date:
    return BEGAN if number < 29 else date(2026, 1, 26)


def _referral(number: int) -> dict[str, Any]:
    return {"referral_id": f"r{number}", "child_id": f"c{number}", "from_on": _began(number)}


def _anew(record: psycopg.Connection) -> dict[str, Past]:
    found, rulebook = every_readings(record, Moment(AT))
    return pasts(found, rulebook, AT)


def _alike(one: Past, other: Past) -> bool:
    """Whether two hold the same duties, in whatever order."""
    lists = ("begun", "closed", "done", "passed")
    rows = [sorted(zip(*(getattr(past, name).tolist() for name in lists), strict=True)) for past in (one, other)]
    rest = [name.name for name in fields(Past) if name.name not in lists]
    return rows[0] == rows[1] and all(getattr(one, name) == getattr(other, name) for name in rest)


def test_a_pace_that_is_kept_is_the_pace_that_is_worked_out_anew(record: psycopg.Connection) -> None:
    anew = _anew(record)
    keep_paces(record, AT, anew)
    kept = kept_paces(record, AT, list(anew), every_rule())
    assert all(_alike(kept[rule], past) for rule, past in anew.items())
    told = spread(kept[RULE])
    assert (told.near[NEAR], told.near[NEAR + 1], told.not_done) == (10, 10, 9)
    assert kept[RULE].closed.dtype == anew[RULE].closed.dtype == np.int32


def test_a_pace_is_not_believed_on_another_day_or_after_another_act(record: psycopg.Connection) -> None:
    keep_paces(record, AT, _anew(record))
    assert kept_paces(record, AT + timedelta(days=1), [RULE], every_rule()) == {}
    append(record, ENTRY, LATER, {"cin_episodes": [_referral(31)]})
    assert kept_paces(record, AT, [RULE], every_rule()) == {}
    keep_paces(record, AT, _anew(record))
    assert list(kept_paces(record, AT, [RULE], every_rule())) == [RULE]


def test_a_pace_stands_after_an_act_that_changes_nobodys_duties(record: psycopg.Connection) -> None:
    keep_all(record, AT, People(["c1"], []))
    keep_paces(record, AT, _anew(record))
    address = {"address_id": "x", "child_id": "c1", "from_on": BEGAN, "postcode": "ZZ1 1ZZ"}
    assert renew(record, append(record, ENTRY, LATER, {"address": [address]}).act_id)
    assert list(kept_paces(record, AT, [RULE], every_rule())) == [RULE]
    assert renew(record, append(record, ENTRY, LATER, {"cin_episodes": [_referral(31)]}).act_id)
    assert kept_paces(record, AT, [RULE], every_rule()) == {}


def test_the_outlook_reads_the_pace_that_is_kept(record: psycopg.Connection, database: Database) -> None:
    keep_open_paces(record, AT)
    rows = record.execute("select duties from kept.pace where rule = %s order by 1", (RULE,)).fetchall()
    assert [count for (count,) in rows] == [9, 10, 10]
    (ahead,) = [one for one in ahead_of(record, Moment(AT), Whose()) if one.rule == RULE]
    # Of 29 that were open as many working days before their day, 19 passed it.
    assert (ahead.duties, ahead.past) == (1, 29)
    assert ahead.passing == pytest.approx(19 / 29)
