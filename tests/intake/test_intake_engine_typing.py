"""Text to canonical values: every way that councils write a day, and everything that no row may hold."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.intake.contract import ENTERED, ROW, Batch
from keyworker.intake.identity import KEY, Hashing, uuid_of
from keyworker.intake.problems import LONGEST_TEXT
from keyworker.intake.typing import Typed, typed
from keyworker.record import digest as reference
from keyworker.vocabulary import TABLES, Type

TODAY = date(2026, 3, 1)


def one(table: str, **values: str | None) -> Typed:
    frame = pl.DataFrame({ROW: [2], **{name: [value] for name, value in values.items()}}).with_columns(
        pl.exclude(ROW).cast(pl.String)
    )
    return typed(Batch(table, "made-up.csv", frame), TODAY)


def visit(**values: str | None) -> Typed:
    return one("cin_visits", **{"cin_visit_id": "V1", "child_id": "C1", "happened_on": "2024-03-01"} | values)


def good(result: Typed) -> dict[str, Any]:
    assert result.bad.height == 0, result.bad["_problem_reason"].to_list()
    return result.good.row(0, named=True)


def reason(result: Typed) -> str:
    assert result.good.height == 0
    return str(result.bad["_problem_reason"][0])


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2024-03-01", "2024-03-01", None),
        ("2024-03-01 00:00:00", "2024-03-01", None),
        ("2024-03-01 00:00:00.0000000", "2024-03-01", None),
        ("2024-03-01T09:30:00", "2024-03-01", "09:30:00.000000"),
        ("2024-03-01 09:30:00.1234567", "2024-03-01", "09:30:00.123456"),
        ("01/03/2024", "2024-03-01", None),
        ("1/3/2024", "2024-03-01", None),
        ("01/03/2024 00:00", "2024-03-01", None),
        ("01/03/2024 09:30", "2024-03-01", "09:30:00.000000"),
        ("01-Mar-2024", "2024-03-01", None),
        ("20240301", "2024-03-01", None),
        ("01-MAR-24", "2024-03-01", None),
        ("1 March 2024", "2024-03-01", None),
        ("Mar  1 2024 12:00AM", "2024-03-01", None),
        ("March 1, 2024", "2024-03-01", None),
        ("Mar  1 2024  9:30PM", "2024-03-01", "21:30:00.000000"),
        ("2024-07-01T23:30:00Z", "2024-07-02", "00:30:00.000000"),
        ("2024-07-01T23:30:00+01:00", "2024-07-01", "23:30:00.000000"),
        ("  2024-03-01  ", "2024-03-01", None),
    ],
)
def test_a_day_is_read_in_every_way_that_councils_write_it(text: str, day: str, clock: str | None) -> None:
    row = good(visit(happened_on=text))
    assert (row["happened_on"], row["happened_time"]) == (day, clock)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/02/2026", "not a real date"),
        ("2024-02-30", "not a real date"),
        ("03/14/2024", "not a real date"),
        ("45352", "not a real date"),
        ("2024-03-01 25:00", "not a real date"),
        ("2024-03-01 and later", "not a real date"),
        ("=TODAY()", "not a real date"),
        ("1066-10-14", "before 1900"),
        ("01/03/1824", "before 1900"),
        ("01/03/024", "before 1900"),
        ("9999-12-31", "too far ahead"),
    ],
)
def test_a_day_that_cannot_be_is_set_aside_with_its_value_and_a_remedy(text: str, says: str) -> None:
    result = visit(happened_on=text)
    assert says in reason(result)
    bad = result.bad.row(0, named=True)
    assert (bad["_problem_column"], bad["_problem_value"]) == ("happened_on", text)
    assert bad["_problem_remedy"]


@pytest.mark.parametrize(
    ("text", "day"), [("01/03/24", "2024-03-01"), ("1/3/55", "2055-03-01"), ("1/3/68", "1968-03-01")]
)
def test_a_year_of_two_digits_is_of_the_century_that_is_not_too_far_ahead(text: str, day: str) -> None:
    assert good(visit(happened_on=text))["happened_on"] == day


def test_a_birth_in_a_year_of_two_digits_lies_in_the_past() -> None:
    assert good(one("person", child_id="C1", birth_on="01/03/55"))["birth_on"] == "1955-03-01"


def test_a_last_day_becomes_the_first_day_after_once() -> None:
    row = good(one("cin_plans", cin_plan_id="P1", child_id="C1", from_on="2024-02-01", to_on="2024-02-29"))
    assert (row["from_on"], row["to_on"]) == ("2024-02-01", "2024-03-01")


def test_a_period_may_last_one_day_but_not_end_before_it_begins() -> None:
    assert good(one("cin_plans", cin_plan_id="P1", child_id="C1", from_on="2024-02-01", to_on="2024-02-01"))
    wrong = one("cin_plans", cin_plan_id="P1", child_id="C1", from_on="2024-02-02", to_on="2024-02-01")
    assert "before the first day" in reason(wrong)


def test_a_date_agreed_in_place_of_another_must_be_the_later_one() -> None:
    agreed = {"exception_id": "X1", "child_id": "C1", "rule": "cp-visit", "granted_by": "panel", "reason": "Away."}
    agreed |= {"from_on": "2026-02-10", "to_on": "2026-02-20"}
    assert "is not later than" in reason(one("timescale_exception", **agreed, new_due_on="2026-02-10"))
    assert good(one("timescale_exception", **agreed, new_due_on="2026-02-11"))["new_due_on"] == "2026-02-11"
    assert good(one("timescale_exception", **agreed, new_due_on=None))["new_due_on"] is None


def test_an_expected_birth_may_lie_a_year_ahead_and_no_further() -> None:
    assert good(one("person", child_id="C1", expected_birth_on="2026-08-01"))
    assert "too far ahead" in reason(one("person", child_id="C1", expected_birth_on="2027-08-01"))


@pytest.mark.parametrize("text", ["Y", "y", "Yes", "1", "true", "TRUE", "T"])
def test_yes_is_true_however_it_is_written(text: str) -> None:
    assert good(visit(seen=text))["seen"] == "true"


@pytest.mark.parametrize("text", ["N", "no", "0", "False", "f"])
def test_no_is_false_however_it_is_written(text: str) -> None:
    assert good(visit(seen=text))["seen"] == "false"


@pytest.mark.parametrize(
    "text", ["", "NULL", "null", None, "U", "unknown", "   ", "None", "nan", "NaT", "N/A", "(null)"]
)
def test_what_is_not_known_is_empty_and_not_false(text: str | None) -> None:
    assert good(visit(seen=text))["seen"] is None


@pytest.mark.parametrize("text", ["None", "nan", "NaT", "n/a", "<NA>", "Unknown", "not known"])
def test_a_word_for_nothing_is_no_day_and_no_number_but_stays_in_a_text(text: str) -> None:
    assert good(one("cin_plans", cin_plan_id="P1", child_id="C1", from_on="2024-02-01", to_on=text))["to_on"] is None
    assert good(one("professionals", worker_id="W1", fte=text))["fte"] is None
    assert good(one("professionals", worker_id="W1", job_title=text))["job_title"] == text


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-03-01 10:00", "2024-03-01T10:00:00.000000Z"),
        ("01/03/2024 10:00:00 AM", "2024-03-01T10:00:00.000000Z"),
        ("Jul  1 2024 10:15PM", "2024-07-01T21:15:00.000000Z"),
        ("01-JUL-24", "2024-06-30T23:00:00.000000Z"),
        ("20240301 10:00", "2024-03-01T10:00:00.000000Z"),
        ("n/a", None),
    ],
)
def test_a_time_of_entry_is_read_in_every_way_that_councils_write_it(text: str, instant: str | None) -> None:
    assert good(visit(**{ENTERED: text}))[ENTERED] == instant


def test_a_flag_that_is_neither_is_set_aside() -> None:
    assert "neither yes nor no" in reason(visit(seen="perhaps"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.60", "0.6"),
        ("1", "1"),
        ("1.0", "1"),
        (".5", "0.5"),
        ("-0.0", "0"),
        ("+2.50", "2.5"),
        ("007", "7"),
        ("-1.5", "-1.5"),
    ],
)
def test_a_decimal_is_brought_to_one_writing(text: str, number: str) -> None:
    assert good(one("professionals", worker_id="W1", fte=text))["fte"] == number


@pytest.mark.parametrize("text", ["1e3", "1,5", "half", ".", "-", "1.2.3", "inf"])
def test_a_decimal_that_is_no_number_is_set_aside(text: str) -> None:
    assert "not a number" in reason(one("professionals", worker_id="W1", fte=text))


def test_a_whole_number_may_be_written_with_a_point_and_noughts() -> None:
    assert good(one("professionals", worker_id="W1", stated_caseload="17.0"))["stated_caseload"] == "17"
    assert "not a whole number" in reason(one("professionals", worker_id="W1", stated_caseload="17.5"))


def test_a_row_without_its_key_is_set_aside_and_has_no_key() -> None:
    result = visit(cin_visit_id=None)
    assert "cannot be trusted without it" in reason(result)
    hashes = Hashing("ssd").hashes(TABLES["cin_visits"], result.bad)
    assert hashes.select(KEY).rows() == [(None, None)]


@pytest.mark.parametrize(
    ("text", "says"),
    [("a\x00b", "zero byte"), ("a\x1eb", "control character"), ("x" * (LONGEST_TEXT + 1), "longer than")],
)
def test_text_that_no_column_may_hold_is_set_aside(text: str, says: str) -> None:
    result = visit(reason=text)
    assert says in reason(result)
    assert "\x00" not in result.bad["_raw"][0]


def test_a_formula_in_a_text_column_is_kept_as_the_text_it_is() -> None:
    assert good(visit(reason='=HYPERLINK("http://example.test")'))["reason"] == '=HYPERLINK("http://example.test")'


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    said = reason(visit(happened_on="31/02/2026", seen="perhaps"))
    assert "happened_on is not a real date" in said
    assert "seen is neither yes nor no" in said


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-07-01 10:00:00", "2024-07-01T09:00:00.000000Z"),
        ("2024-01-01T10:00:00", "2024-01-01T10:00:00.000000Z"),
        ("2024-07-01T10:00:00Z", "2024-07-01T10:00:00.000000Z"),
        ("2024-07-01T10:00:00+02:00", "2024-07-01T08:00:00.000000Z"),
        ("01/07/2024 10:00", "2024-07-01T09:00:00.000000Z"),
        ("2024-07-01", "2024-06-30T23:00:00.000000Z"),
    ],
)
def test_an_entry_time_is_an_instant_of_europe_london_unless_it_says_otherwise(text: str, instant: str) -> None:
    assert good(visit(**{ENTERED: text}))[ENTERED] == instant


TEXTS = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1e\x1f"), min_size=1).map(str.strip)


@settings(deadline=None, max_examples=60)
@given(
    identifier=st.text("abcdefgh-123", min_size=1),
    worker=TEXTS,
    outcome=TEXTS,
    day=st.dates(date(1900, 1, 1), date(2050, 1, 1)),
    seen=st.none() | st.booleans(),
)
def test_hashes_are_those_of_the_reference(
    identifier: str, worker: str | None, outcome: str | None, day: date, seen: bool | None
) -> None:
    """The hashes made for whole columns equal the record's plain reference, for any values."""
    result = visit(
        cin_visit_id=identifier,
        worker_id=worker,
        outcome=outcome,
        happened_on=day.isoformat(),
        seen=None if seen is None else "Y" if seen else "N",
    )
    table = TABLES["cin_visits"]
    row, hashes = result.good.row(0, named=True), Hashing("somewhere").hashes(table, result.good).row(0)
    values = {name: _value(table.column(name).type, row[name]) for name in table.column_names}
    assert uuid_of(*hashes[:2]) == reference.row_key("somewhere", table, values)
    assert uuid_of(*hashes[2:]) == reference.digest(table, values)


def _value(kind: Type, text: str | None) -> Any:
    readers = {
        Type.DATE: date.fromisoformat,
        Type.TIME: time.fromisoformat,
        Type.FLAG: lambda said: said == "true",
        Type.INTEGER: int,
        Type.DECIMAL: Decimal,
    }
    return text if text is None else readers.get(kind, str)(text)


@pytest.mark.parametrize("table", ["professionals", "cla_immunisations", "family", "team", "step"])
def test_every_kind_of_column_hashes_like_the_reference(table: str) -> None:
    described = TABLES[table]
    written = {
        Type.TEXT: "a text",
        Type.DATE: "2024-02-29",
        Type.TIME: "09:30:00",
        Type.FLAG: "Y",
        Type.INTEGER: "12",
        Type.DECIMAL: "0.50",
    }
    result = one(table, **{column.name: written[column.type] for column in described.columns})
    row, hashes = result.good.row(0, named=True), Hashing("ssd").hashes(described, result.good).row(0)
    values = {column.name: _value(column.type, row[column.name]) for column in described.columns}
    assert uuid_of(*hashes[:2]) == reference.row_key("ssd", described, values)
    assert uuid_of(*hashes[2:]) == reference.digest(described, values)


def test_hashes_as_numbers_keep_all_their_bytes() -> None:
    assert uuid_of(1, 2**64 - 1) == UUID("01000000-0000-0000-ffff-ffffffffffff")
    assert uuid_of(2**63, 2) == UUID("00000000-0000-0080-0200-000000000000")


def test_a_column_is_typed_alike_whether_its_values_repeat_or_not() -> None:
    """Each different value is typed once: rows that share one, and empty ones between them, keep their places."""
    said = [
        "2024-03-01",
        None,
        "01/03/2024 09:30",
        "2024-03-01",
        "31/02/2024",
        " 2024-03-01 ",
        "NULL",
        "01/03/2024 09:30",
    ]
    frame = pl.DataFrame(
        {
            ROW: range(2, 10),
            "cin_visit_id": [f"V{number}" for number in range(8)],
            "child_id": ["C1"] * 8,
            "happened_on": said,
            "seen": ["Y", "n", None, "Y", "Y", "perhaps", "Y", "N"],
        }
    )
    result = typed(Batch("cin_visits", "made-up.csv", frame), TODAY)
    kept = result.good.select(ROW, "happened_on", "happened_time", "seen").rows()
    assert kept == [
        (2, "2024-03-01", None, "true"),
        (4, "2024-03-01", "09:30:00.000000", None),
        (5, "2024-03-01", None, "true"),
        (9, "2024-03-01", "09:30:00.000000", "false"),
    ]
    assert result.bad.select(ROW, "_problem_column").rows() == [
        (3, "happened_on"),
        (6, "happened_on"),
        (7, "seen"),
        (8, "happened_on"),
    ]


def test_a_time_of_its_own_goes_before_one_written_with_the_day() -> None:
    said = good(visit(happened_on="2024-03-01 09:30:00", happened_time="10:15"))
    assert (said["happened_on"], said["happened_time"]) == ("2024-03-01", "10:15:00.000000")
