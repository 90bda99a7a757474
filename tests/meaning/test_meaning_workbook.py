"""Meanings: found, guessed, filled in, loaded back, changed later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from keyworker.facts.moment import Moment, known_then
from keyworker.intake.load import load_paths
from keyworker.intake.meaning import MeaningReader, found, guess, write_workbook
from keyworker.intake.meaning.guess import _ALLOCATION_ROLES, _ROLE_CLASSES, _TEAM_TYPES, _VISIT_KINDS
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import FileRefused

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
AT = date(2026, 3, 1)
Fill = Callable[[str, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def connection(database: Any) -> Iterator[psycopg.Connection]:
    """A record with one team, one title and two roles, as a source writes them."""
    with database.connect(DatabaseRole.LOADER) as opened:
        held = {"worker_id": "W1", "team_id": "T1", "from_on": date(2025, 1, 1)}
        rows = {
            "department": [{"team_id": "T1", "name": "Fenland Assessment Unit"}],
            "professionals": [{"worker_id": "W1", "job_title": "Practice Wizard"}],
            "involvements": [
                {"involvement_id": "I1", "child_id": "A", "role": "Allocated Case Worker", **held},
                {"involvement_id": "I2", "child_id": "B", "role": "Involved Wizard", **held},
            ],
        }
        append(opened, Act("entry", author="tester", purpose="test", source="ssd"), NOW, rows)
        opened.commit()
        yield opened


def filled(path: Path, fill: Fill) -> Path:
    """The workbook with some rows changed, as an analyst would save it."""
    book = CalamineWorkbook.from_path(str(path))
    out = path.with_name("filled.xlsx")
    with xlsxwriter.Workbook(str(out)) as target:
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            page = target.add_worksheet(name)
            for number, row in enumerate(rows):
                changed = (
                    fill(name, dict(zip(rows[0], row, strict=True))).values() if number and name != "Read me" else row
                )
                page.write_row(
                    number, 0, [value.isoformat() if isinstance(value, date) else value for value in changed]
                )
    return out


def load(connection: psycopg.Connection, path: Path) -> dict[str, Any]:
    (report,) = load_paths([path], connection=connection, now=NOW, author="tester")
    return report.as_json()["tables"]["meaning"]


def written(connection: psycopg.Connection, tmp_path: Path) -> Path:
    path = tmp_path / "meanings.xlsx"
    write_workbook(path, found(connection, Moment(AT)), ["Fenland"], AT)
    connection.commit()
    return path


def meanings(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select subject, said, coalesce(district, role_class, allocation_role), to_on from record.meaning"
        " where superseded_at is null and standing = 'reported' order by subject, said, from_on"
    ).fetchall()


def test_every_word_is_found_with_how_often(connection: psycopg.Connection):
    words = {(word.subject, word.said): word.count for word in found(connection, Moment(AT))}
    assert words == {
        ("team", "T1"): 2,
        ("job title", "Practice Wizard"): 1,
        ("involvement role", "Allocated Case Worker"): 1,
        ("involvement role", "Involved Wizard"): 1,
    }


def test_a_team_that_a_pack_describes_has_its_meaning_already(connection: psycopg.Connection):
    described = {"team_id": "T1", "district": "Fenland", "team_type": "assessment", "from_on": date(2020, 1, 1)}
    append(connection, Act("entry", author="tester", purpose="test", source="pack"), NOW, {"team": [described]})
    (team,) = (word for word in found(connection, Moment(AT)) if word.subject == "team")
    assert [meaning.columns for meaning in team.meanings] == [{"district": "Fenland", "team_type": "assessment"}]


def test_as_known_then_a_word_and_its_meaning_are_what_had_been_said_by_then(connection: psycopg.Connection):
    later = NOW + timedelta(days=10)
    mapped = {"subject": "involvement role", "said": "Involved Wizard", "allocation_role": "co-worker"}
    rows = {
        "involvements": [
            {"involvement_id": "I3", "child_id": "C", "role": "Late Wizard", "worker_id": "W1"}
            | {"team_id": "T1", "from_on": date(2025, 1, 1)}
        ],
        "meaning": [mapped | {"from_on": date(2020, 1, 1)}],
        "team": [{"team_id": "T1", "district": "Fenland", "from_on": date(2020, 1, 1)}],
    }
    append(connection, Act("entry", author="tester", purpose="test", source="ssd"), later, rows)

    def told(moment: Moment) -> dict[str, tuple[int, list[dict[str, str]]]]:
        words = found(connection, moment)
        return {word.said: (word.count, [one.columns for one in word.meanings]) for word in words}

    before, after = told(known_then(AT, later - timedelta(days=1))), told(known_then(AT, later))
    assert before == {
        "T1": (2, []),
        "Practice Wizard": (1, []),
        "Allocated Case Worker": (1, []),
        "Involved Wizard": (1, []),
    }
    assert (after["T1"], after["Late Wizard"]) == ((3, [{"district": "Fenland"}]), (1, []))
    assert after["Involved Wizard"] == (1, [{"allocation_role": "co-worker"}])
    assert after == told(Moment(AT))


def test_an_accepted_guess_and_a_written_meaning_are_loaded_and_the_rest_stays_unmapped(
    connection: psycopg.Connection, tmp_path: Path
):
    def fill(sheet: str, row: dict[str, Any]) -> dict[str, Any]:
        if sheet == "Teams":
            return {**row, "Accept the guess (Y)": "y"}
        if sheet == "Job titles":
            return {**row, "National role class": "case holder", "Last day": "2025-12-31"}
        return row

    counts = load(connection, filled(written(connection, tmp_path), fill))
    assert (counts["read"], counts["added"], counts["set_aside"]) == (2, 2, 0)
    assert meanings(connection) == [
        ("job title", "Practice Wizard", "case holder", date(2026, 1, 1)),
        ("team", "T1", "Fenland", None),
    ]


def test_a_workbook_written_after_loading_holds_what_was_said_and_loading_it_adds_nothing(
    connection: psycopg.Connection, tmp_path: Path
):
    load(connection, filled(written(connection, tmp_path), lambda _, row: {**row, "Accept the guess (Y)": "Y"}))
    before = meanings(connection)
    again = load(connection, written(connection, tmp_path))
    assert (again["added"], again["changed"], again["ended"]) == (0, 0, 0)
    assert meanings(connection) == before != []


def test_a_word_that_no_list_knows_is_set_aside_with_the_words_that_it_knows(
    connection: psycopg.Connection, tmp_path: Path
):
    def fill(sheet: str, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "Accountable, lead, co-worker or none": "boss"} if sheet == "Involvement roles" else row

    counts = load(connection, filled(written(connection, tmp_path), fill))
    assert (counts["added"], counts["set_aside"]) == (0, 2)


def test_a_sheet_that_is_missing_refuses_the_file(connection: psycopg.Connection, tmp_path: Path):
    path = tmp_path / "short.xlsx"
    with xlsxwriter.Workbook(str(path)) as target:
        target.add_worksheet("Read me").write(0, 0, "Keyworker: what our words mean")
    assert MeaningReader().recognises(path)
    with pytest.raises(FileRefused, match="Teams is missing"):
        load_paths([path], connection=connection, now=NOW, author="tester")


def test_a_guess_is_never_used_by_itself(connection: psycopg.Connection, tmp_path: Path):
    written(connection, tmp_path)
    assert meanings(connection) == []
    assert guess("team", "Fenland Assessment Unit", ["Fenland"]) == {"district": "Fenland", "team_type": "assessment"}


@pytest.mark.parametrize(
    ("patterns", "listed"),
    [
        (_TEAM_TYPES, "team_type"),
        (_ROLE_CLASSES, "role_class"),
        (_ALLOCATION_ROLES, "allocation_role"),
        (_VISIT_KINDS, "visit_kind"),
    ],
)
def test_every_guess_is_a_word_of_its_list(patterns: Any, listed: str):
    assert {meaning for _, meaning in patterns} <= set(codes(listed))
