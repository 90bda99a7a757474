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
from keyworker.measures.pace import NEAR, Past, carry_paces, keep_paces, kept_paces, pasts, spread
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append, correct
from tests.clocks.made import AT, CP_SETTING, NOW, tell
from tests.servers.started import Database

RULE = "assessment-45wd"
BEGAN = date(2025, 10, 6)  # a Monday; 45 working days later it is Monday 8 December 2025
ENTRY = Act("entry", "A worker", "made up", "ssd")
CORRECTION = Act("correction", "A worker", "made up")
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


def _ended(number: int, to_on: date) -> dict[str, Any]:
    return {"assessment_id": f"b{number}", "child_id": f"c{number}", "from_on": _began(number), "to_on": to_on}


def _is_carried(record: psycopg.Connection, acts: int) -> bool:
    """Whether what is kept is what is worked out anew, after so many acts since it was kept."""
    assert carry_paces(record, AT) == (acts > 0)
    anew = _anew(record)
    kept = kept_paces(record, AT, list(anew), every_rule())
    return all(_alike(kept[rule], past) for rule, past in anew.items())


def test_a_pace_that_is_carried_over_small_acts_is_the_pace_that_is_worked_out_anew(record: psycopg.Connection) -> None:
    keep_paces(record, AT, _anew(record))
    link = {"child_id": "c22", "same_as": "c23", "basis": "decision", "from_on": BEGAN}
    acts: list[dict[str, list[dict[str, Any]]]] = [
        {"cin_assessments": [_ended(20, date(2025, 12, 9)), _ended(21, date(2025, 12, 10))]},
        {"cin_episodes": [_referral(31) | {"from_on": BEGAN}]},
        {"identity_link": [link]},
    ]
    written = [
        append(record, ENTRY, LATER + timedelta(minutes=number), said).entry_ids
        for number, said in enumerate(acts)
        if _is_carried(record, number)
    ]
    assert _is_carried(record, len(acts))
    entry = written[0]["cin_assessments"][1]
    correct(record, CORRECTION, LATER + timedelta(hours=1), "cin_assessments", entry, {"to_on": date(2025, 12, 9)})
    assert _is_carried(record, len(acts) + 1)
    # The assessments of c20 and c21 ended on their day after all; c22 and c23 are one child; c31 is new: 12 on the day,
    # 10 on the day after, and c22, c24 to c28 and c31 are not done.
    told = spread(kept_paces(record, AT, [RULE], every_rule())[RULE])
    assert (told.near[NEAR], told.near[NEAR + 1], told.not_done) == (12, 10, 7)


def test_a_pace_is_carried_over_several_acts_at_once(record: psycopg.Connection) -> None:
    keep_paces(record, AT, _anew(record))
    append(record, ENTRY, LATER, {"cin_assessments": [_ended(20, date(2025, 12, 10))]})
    append(record, ENTRY, LATER + timedelta(minutes=1), {"cin_assessments": [_ended(21, date(2025, 12, 9))]})
    assert carry_paces(record, AT)
    assert spread(kept_paces(record, AT, [RULE], every_rule())[RULE]).near[NEAR : NEAR + 2] == (11, 11)


def test_a_pace_is_not_carried_over_an_act_that_may_change_everybodys_duties(record: psycopg.Connection) -> None:
    keep_paces(record, AT, _anew(record))
    append(record, ENTRY, LATER, {"setting": [CP_SETTING]})
    assert not carry_paces(record, AT)
    assert kept_paces(record, AT, [RULE], every_rule()) == {}


def test_a_pace_is_not_carried_over_a_first_row_of_a_table_that_decides_whether_anybody_can_tell(
    record: psycopg.Connection,
) -> None:
    keep_paces(record, AT, _anew(record))
    visit = {"cp_visit_id": "v1", "child_id": "c1", "happened_on": BEGAN, "seen": True}
    append(record, ENTRY, LATER, {"cp_visits": [visit]})
    assert not carry_paces(record, AT)


def test_a_pace_of_another_day_is_not_carried(record: psycopg.Connection) -> None:
    keep_paces(record, AT, _anew(record))
    append(record, ENTRY, LATER, {"cin_assessments": [_ended(20, date(2025, 12, 9))]})
    assert not carry_paces(record, AT + timedelta(days=1))


def test_the_outlook_reads_the_pace_that_is_kept(record: psycopg.Connection, database: Database) -> None:
    keep_open_paces(record, AT)
    rows = record.execute("select duties from kept.pace where rule = %s order by 1", (RULE,)).fetchall()
    assert [count for (count,) in rows] == [9, 10, 10]
    (ahead,) = [one for one in ahead_of(record, Moment(AT), Whose()) if one.rule == RULE]
    # Of 29 that were open as many working days before their day, 19 passed it.
    assert (ahead.duties, ahead.past) == (1, 29)
    assert ahead.passing == pytest.approx(19 / 29)
