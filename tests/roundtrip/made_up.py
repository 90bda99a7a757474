"""Small records for properties: any values in any table, and a few children's lives that hang together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
from hypothesis import strategies as st

from keyworker.facts.dtypes import INSTANT, schema_of
from keyworker.vocabulary import TABLES, Column, Kind, Table, Type
from tests.roundtrip.conftest import END

# What a file of rows must survive: its own marks, formulas, marks of several alphabets, new lines of each kind.
AWKWARD = "aZ0 ,\"'\n\r\t=;|@+-\\é€漢🙂’"
BIRTHS = ("birth_on", "expected_birth_on")
# A link says that two identifiers are one child, and then every table says so; roles and settings steer the reading.
STEERING = ("identity_link", "role_holding", "setting", "meaning")
PLAIN_TABLES = sorted(name for name, table in TABLES.items() if name not in STEERING and not table.stays)

words = st.text(AWKWARD, min_size=1, max_size=12).map(str.strip).filter(bool)
days = st.dates(date(1900, 1, 1), date(2045, 12, 31))
instants = st.datetimes(datetime(1990, 1, 1), datetime(2025, 12, 31), timezones=st.just(UTC))
_VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.TEXT: words,
    Type.DATE: days,
    Type.TIME: st.one_of(st.just(time(0, 0)), st.times()),
    Type.INSTANT: instants,
    Type.INTEGER: st.integers(-(10**9), 10**9),
    Type.DECIMAL: st.one_of(st.sampled_from([1e-7, 0.1, 123456789.125, 0.0]), st.integers(0, 400).map(lambda n: n / 8)),
    Type.FLAG: st.booleans(),
}


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of a described table; columns not given are empty."""
    schema = schema_of(TABLES[table].columns)
    schema["entered_at"] = INSTANT
    return pl.DataFrame(rows, schema=schema)


@st.composite
def any_record(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """A few tables with any values that their columns may hold."""
    names = draw(st.lists(st.sampled_from(PLAIN_TABLES), min_size=3, max_size=7, unique=True))
    return {name: frame(name, draw(_rows(TABLES[name]))) for name in names}


def _rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    needed = {*table.key, *(column.name for column in table.columns if column.required)}
    row = st.fixed_dictionaries(
        {
            **{column.name: _value(column, column.name in needed) for column in table.columns},
            "entered_at": st.one_of(st.none(), instants),
        }
    )
    in_order = row.map(_ended_after_it_began if table.kind is Kind.PERIOD else dict)
    return st.lists(in_order, max_size=4, unique_by=lambda one: tuple(one[name] for name in table.key))


def _value(column: Column, needed: bool) -> st.SearchStrategy[Any]:
    values = _VALUES[column.type]
    if column.name in BIRTHS:
        values = st.dates(date(1900, 1, 1), date(2026, 12, 31))
    return values if needed else st.one_of(st.none(), values)


def _ended_after_it_began(row: dict[str, Any]) -> dict[str, Any]:
    # The first day after the last: a period of one day ends on the day after it began.
    ended = row["to_on"]
    return {**row, "to_on": max(ended, row["from_on"]) + timedelta(days=1) if ended else None}


NEAR = st.dates(date(2023, 10, 1), date(2025, 6, 30))
_ABUSE = st.sampled_from(["Neglect", "NEG", "Emotional abuse", "MUL", None])
_FLAG = st.one_of(st.none(), st.booleans())


@st.composite
def lives(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """One to three children around a census year: unborn, twice referred, two plans on one day, moved in and out."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for number in range(draw(st.integers(1, 3))):
        child = f"K{number}"
        unborn = draw(st.booleans()) if number else False
        _add(
            rows,
            "person",
            child_id=child,
            sex=draw(st.sampled_from(["F", "M", "U", None])),
            gender=draw(st.sampled_from(["01", "02", None])),
            ethnicity=draw(st.sampled_from(["WBRI", "NOBT", "MOTH", None])),
            birth_on=None if unborn else draw(st.dates(date(2008, 1, 1), date(2025, 6, 1))),
            expected_birth_on=date(2025, 5, 9) if unborn else None,
            upn_unknown=draw(st.sampled_from(["UN1", "UN7", None])),
        )
        for code in draw(st.lists(st.sampled_from(["AUT", "LD", "NONE"]), unique=True)):
            _add(rows, "disability", child_id=child, disability_id=f"{child}{code}", disability_code=code)
        for _ in range(draw(st.integers(1, 2))):
            _episode(draw, rows, child)
        if draw(st.booleans()):
            _care(draw, rows, child)
    return {name: frame(name, found) for name, found in rows.items()}


def _add(rows: dict[str, list[dict[str, Any]]], table: str, **values: Any) -> str:
    found = rows.setdefault(table, [])
    key = TABLES[table].key[0]
    values.setdefault(key, f"{table}-{len(found)}")
    found.append(values)
    return str(values[key])


def _span(draw: st.DrawFn, after: date | None = None) -> dict[str, date | None]:
    begun = draw(NEAR) if after is None else after + timedelta(days=draw(st.integers(0, 60)))
    lasted = draw(st.one_of(st.none(), st.integers(1, 300)))
    return {"from_on": begun, "to_on": begun + timedelta(days=lasted) if lasted else None}


def _episode(draw: st.DrawFn, rows: dict[str, list[dict[str, Any]]], child: str) -> None:
    span = _span(draw)
    begun = span["from_on"]
    nfa = draw(_FLAG)
    referral = _add(
        rows,
        "cin_episodes",
        child_id=child,
        **span,
        referral_source_code=draw(st.sampled_from(["6", "1A", None])),
        primary_need_code=draw(st.sampled_from(["N1", "N0", None])),
        referral_nfa=nfa,
        close_reason="RC7" if span["to_on"] else None,
    )
    belongs = {"child_id": child, "referral_id": draw(st.sampled_from([referral, None]))}
    for _ in range(draw(st.integers(0, 2))):
        one = _add(rows, "cin_assessments", **belongs, **_span(draw, begun), child_seen=draw(_FLAG))
        said = draw(st.sampled_from(['["1B", "3A"]', "4C, 2B", None]))
        _add(rows, "assessment_factors", assessment_id=one, assessment_factors_json=said)
    for _ in range(draw(st.integers(0, 2))):
        _add(rows, "cin_plans", **belongs, **_span(draw, begun))
    for _ in range(draw(st.integers(0, 2))):
        _enquiry(draw, rows, belongs, begun)
    for _ in range(draw(st.integers(0, 2))):
        plan = _add(
            rows,
            "cp_plans",
            **belongs,
            **_span(draw, begun),
            initial_category=draw(_ABUSE),
            latest_category=draw(_ABUSE),
            from_other_authority=draw(_FLAG),
        )
        for day in draw(st.lists(NEAR, max_size=3, unique=True)):
            _add(rows, "cp_reviews", child_id=child, cp_plan_id=plan, happened_on=day)


def _enquiry(draw: st.DrawFn, rows: dict[str, list[dict[str, Any]]], belongs: Mapping[str, Any], begun: Any) -> None:
    span = _span(draw, begun)
    said = draw(st.sampled_from(['{"NFA_FLAG": "Y"}', '{"CP_CONFERENCE_FLAG": "Y"}', None]))
    one = _add(rows, "s47_enquiry", **belongs, **span, nfa=draw(_FLAG), outcome_json=said)
    if draw(st.booleans()):
        moved = draw(st.booleans())
        _add(
            rows,
            "initial_cp_conference",
            **belongs,
            s47_enquiry_id=None if moved else one,
            transfer_in=moved,
            target_on=None if moved else draw(st.one_of(st.none(), NEAR)),
            happened_on=(span["from_on"] or END) + timedelta(days=draw(st.integers(0, 30))),
        )


def _care(draw: st.DrawFn, rows: dict[str, list[dict[str, Any]]], child: str) -> None:
    begun = draw(st.dates(date(2024, 4, 1), date(2025, 3, 31)))
    period = f"{child}-care"
    ended = draw(st.one_of(st.none(), st.dates(begun + timedelta(days=1), date(2025, 9, 1))))
    of = {"child_id": child, "from_on": begun, "to_on": ended}
    _add(
        rows,
        "cla_episodes",
        **of,
        care_period_id=period,
        entered_care_on=begun,
        episode_start_reason="S",
        episode_ceased_reason="E4A" if ended else None,
        primary_need_code="N1",
    )
    _add(rows, "cla_placement", **of, care_period_id=period, type="U6", provider="PR1", postcode="ZZ99 3CZ")
    _add(rows, "legal_status", **of, legal_status=draw(st.sampled_from(["C1", "V2", "L2"])))
    for day in draw(st.lists(st.dates(begun, date(2025, 6, 30)), max_size=2, unique=True)):
        _add(rows, "cla_reviews", care_period_id=period, happened_on=day, participation="PN1", cancelled=False)
    if draw(st.booleans()):
        gone = begun + timedelta(days=draw(st.integers(0, 20)))
        _add(rows, "missing", child_id=child, episode_type="Missing", from_on=gone, to_on=gone + timedelta(days=1))
    if draw(st.booleans()):
        _add(rows, "sdq_scores", child_id=child, happened_on=draw(NEAR), score="12")
