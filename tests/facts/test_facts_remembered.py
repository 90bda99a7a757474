"""What hangs on a few tables is asked again after an act on one of them, and only then; and it is read of no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from keyworker.access import Asker
from keyworker.actions import areas, opening, remembered, sign_ins
from keyworker.clocks.ground import STANDS_ON, ground_at
from keyworker.facts import emergencies, last_acts, restricted, teams
from keyworker.facts import remembered as kept
from keyworker.facts.belonging import said_in_setting, teams_today, workers_belonging
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.sources import absent, source_ages
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, Amendment, amend, append, correct
from tests.clocks.made import AT, NOW, involvement
from tests.servers.started import Database

ENTRY = Act("entry", "made up", "made up", "ssd")
ROLE = {"account": "cal", "role": "head of service", "scope": "Marl", "worker_id": "w1", "from_on": date(2020, 1, 1)}
ROWS: dict[str, list[dict[str, Any]]] = {
    "role_holding": [ROLE, ROLE | {"account": "dee", "role": "team manager", "scope": "t1"}],
    "professionals": [{"worker_id": "w1", "name": "Cal Madeup"}],
    "team": [{"team_id": "t1", "name": "Made up", "district": "Marl", "from_on": date(2020, 1, 1)}],
    "appointment": [
        {"appointment_id": "a1", "worker_id": "w1", "team_id": "t1", "from_on": date(2020, 1, 1), "job_title": "Head"}
    ],
}
SETTING = {"name": "made-up", "applies_to": "all", "value": "one", "from_on": date(2020, 1, 1)}


def _who(connection: psycopg.Connection, account: str = "cal") -> Asker:
    return sign_ins.signed_in(connection, account, AT, purpose="made up")[0]


ASKED: dict[str, tuple[Callable[[psycopg.Connection], object], Collection[str]]] = {
    "the lens": (lambda on: lens_at(on, Moment(AT)), ()),
    "who is restricted": (lambda on: restricted.restricted_at(on, Moment(AT)), restricted.TABLES),
    "emergencies": (lambda on: emergencies.openings(on, Moment(AT)), {"broken_glass"}),
    "teams": (lambda on: teams_today(on, Moment(AT)), teams.TABLES),
    "workers belonging": (lambda on: workers_belonging(on, AT), {"appointment"}),
    "what readings stand on": (lambda on: ground_at(on, Moment(AT)), STANDS_ON),
    "a setting": (lambda on: said_in_setting(on, Moment(AT), "made-up"), {"setting"}),
    "who signs in": (_who, sign_ins.TABLES),
    "what is open to them": (lambda on: opening.opening(on, _who(on), AT), opening.TABLES),
    "what is open to a manager": (lambda on: opening.opening(on, _who(on, "dee"), AT), opening.TABLES),
}


@pytest.mark.parametrize("what", ASKED)
def test_an_answer_is_read_of_no_table_but_those_that_it_says(
    database: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    asked: list[str] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, *more: Any, **named: Any) -> Any:
        asked.append(query.decode() if isinstance(query, bytes) else str(query))
        return execute(self, query, *more, **named)

    with database.connect(DatabaseRole.LOADER, autocommit=True) as loader:
        append(loader, ENTRY, NOW, ROWS)
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        kept._kept.clear()
        remembered._kept["sign in"].clear()
        monkeypatch.setattr(psycopg.Cursor, "execute", noted)
        ask, tables = ASKED[what]
        ask(connection)
    read = set(re.findall(r"\brecord\.(\w+)", " ".join(asked))) - {"act", "handle"}
    assert read
    assert read <= kept.LENS.union(tables)


def test_a_role_holds_from_the_very_act_and_another_act_asks_for_nobody_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[str] = []
    read = sign_ins._read
    monkeypatch.setattr(sign_ins, "_read", lambda *told: (times.append("read"), read(*told))[1])
    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        append(connection, ENTRY, NOW, ROWS)
        assert [held.role for held in _who(connection).roles] == ["head of service"]
        append(
            connection,
            ENTRY,
            NOW,
            {"involvements": [involvement(1, "w1", "allocated case worker", date(2025, 1, 1), None)]},
        )
        _who(connection)
        times.clear()
        append(
            connection,
            ENTRY,
            NOW,
            {"involvements": [involvement(2, "w1", "allocated case worker", date(2025, 1, 1), None)]},
        )
        assert [held.role for held in _who(connection).roles] == ["head of service"]
        assert times == []
        append(connection, ENTRY, NOW, {"role_holding": [ROLE | {"role": "director", "scope": "all"}]})
        assert [held.role for held in _who(connection).roles] == ["director", "head of service"]
        assert times == ["read"]


def test_the_areas_are_counted_again_only_after_an_act_on_what_they_are_counted_from(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(areas, "_counted", lambda *_: counted.append("again"))
    send = {"send_id": "s1", "child_id": "c1"}
    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        for number, rows in enumerate((ROWS, {"send": [send]}, {"send": [send | {"send_id": "s2"}]})):
            append(connection, ENTRY, NOW, rows)
            areas.count_areas(connection, Moment(AT))
            # The first row of a table is news of a source, and may move anything.
            assert len(counted) == min(number + 1, 2)
        appointed = ROWS["appointment"][0] | {"appointment_id": "a2"}
        append(connection, ENTRY, NOW, {"appointment": [appointed]})
        areas.count_areas(connection, Moment(AT))
        assert len(counted) == 3


def test_a_setting_is_told_as_it_is_after_each_entry_and_each_correction(database: Database) -> None:
    def told(connection: psycopg.Connection) -> str | None:
        return said_in_setting(connection, Moment(AT), "made-up")

    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        append(connection, ENTRY, NOW, ROWS)
        assert told(connection) is None
        written = append(connection, ENTRY, NOW, {"setting": [SETTING]})
        assert told(connection) == "one"
        (entry_id,) = written.entry_ids["setting"]
        correct(connection, Act("correction", "made up", "made up"), NOW, "setting", entry_id, {"value": "two"})
        assert told(connection) == "two"


def test_what_a_transaction_wrote_and_took_back_is_never_held(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        append(connection, ENTRY, NOW, ROWS)
        with connection.transaction() as begun:
            append(connection, ENTRY, NOW, {"setting": [SETTING]})
            assert said_in_setting(connection, Moment(AT), "made-up") == "one"
            raise psycopg.Rollback(begun)
        assert said_in_setting(connection, Moment(AT), "made-up") is None
        append(connection, ENTRY, NOW, {"setting": [SETTING | {"value": "three"}]})
        assert said_in_setting(connection, Moment(AT), "made-up") == "three"


def test_the_last_act_of_a_table_is_the_same_carried_on_as_read_whole(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        acts = []
        for rows in (
            ROWS,
            {"setting": [SETTING]},
            {"involvements": [involvement(1, "w1", "allocated case worker", date(2025, 1, 1), None)]},
        ):
            append(connection, ENTRY, NOW, rows)
            last = kept.last_act(connection)
            assert last is not None
            acts.append(last)
            carried = last_acts.last_touching(connection, last, {*ROWS, "setting", "involvements"})
            told, _ = last_acts._whole(connection, last)
            assert carried == tuple(told[name] for name in sorted({*ROWS, "setting", "involvements"}) if name in told)
        for act, touched in zip(acts, ((), (acts[1],), (acts[1],)), strict=True):
            assert last_acts.last_touching(connection, act, {"setting"}) == touched
        assert last_acts.last_touching(connection, acts[2], {last_acts.NEW_SOURCE}) == (acts[2],)


def test_a_fact_that_the_record_holds_is_absent_again_once_its_only_row_is_withdrawn(database: Database) -> None:
    def is_absent(connection: psycopg.Connection) -> bool:
        return "Visits to children" in {one.what for one in absent(connection, Moment(AT))}

    visit = {"cin_visit_id": "v1", "child_id": "c1", "happened_on": AT, "seen": True}
    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        append(connection, ENTRY, NOW, ROWS)
        assert is_absent(connection)
        written = append(connection, ENTRY, NOW, {"cin_visits": [visit]})
        assert not is_absent(connection)
        append(connection, ENTRY, NOW, {"cin_visits": [visit | {"cin_visit_id": "v2", "child_id": "c2"}]})
        assert not is_absent(connection)
        correction = Act("correction", "made up", "made up")
        (first,), (second,) = (
            connection.execute("select entry_id from record.cin_visits where cin_visit_id = %s", (one,)).fetchall()
            for one in ("v1", "v2")
        )
        assert first[0] == written.entry_ids["cin_visits"][0]
        amend(connection, correction, NOW, [Amendment("cin_visits", one[0], None) for one in (first, second)])
        assert is_absent(connection)


def test_the_age_of_a_source_is_told_as_it_is_after_each_load(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER, autocommit=True) as connection:
        for days in range(3):
            cut_at = NOW + timedelta(days=days)
            append(connection, Act("load", "made up", "made up", "ssd", cut_at=cut_at), NOW, ROWS if not days else {})
            assert [age.cut_at for age in source_ages(connection)] == [cut_at]
            append(connection, ENTRY, NOW, {"setting": [SETTING | {"name": f"made up {days}"}]})
            assert [age.cut_at for age in source_ages(connection)] == [cut_at]
