"""Many councils in a folder of Parquet: each by itself, and all of them together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.actions.folders import measure_of_folder
from keyworker.actions.measures import MeasureEngine
from keyworker.cli import app
from keyworker.facts.moment import Moment
from keyworker.facts.snapshot.manifest import FILE
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.councils import of_councils
from keyworker.measures.passes.run import measured
from keyworker.measures.passes.source import Source
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.folder import councils_in_duckdb, councils_of
from keyworker.vocabulary.errors import KeyworkerError
from tests.conformance.engines import filled_duckdb
from tests.conformance.reading import CASES, LOADED, Case, read

NOW = datetime(2026, 11, 27, tzinfo=UTC)
WINDOW = read(CASES / "cp-seen-20-working-days" / "the-window.txt")
LOADS = read(CASES / "caseload" / "one-caseload-each.txt")
REVIEWS = read(CASES / "cpp-reviewed-in-time" / "first-and-later.txt")


def put(folder: Path, council: str, case: Case, only: tuple[str, ...] | None = None) -> None:
    """A case's tables as one council's files; other tables are not there at all."""
    place = folder / f"council={council}"
    place.mkdir()
    with filled_duckdb(case.entries) as duck:
        for name in only if only is not None else case.entries:
            duck.execute(f"copy (select * from record.{name}) to '{place / name}.parquet' (format parquet)")


def asked_of(folder: Path, name: str, asked: Asked) -> list[MeasureRow]:
    with councils_in_duckdb(folder) as opening:
        return of_councils(councils_of(folder, NOW), opening, name, asked)


def told(rows: list[MeasureRow]) -> list[tuple[Any, ...]]:
    return [(*row.group.values(), row.at.isoformat(), row.numerator, row.denominator) for row in rows]


def need(to_on: date | None) -> Case:
    """Two children's episodes of need from 1 June 2025: one ended, if at all, before `to_on`, the other goes on."""
    entry = {"act_id": 1, "source": "ssd", "standing": "reported", "recorded_at": LOADED}
    rows = [
        {**entry, "entry_id": number, "referral_id": child, "child_id": child, "from_on": date(2025, 6, 1), "to_on": to}
        for number, (child, to) in enumerate((("Test One", to_on), ("Test Two", None)), start=1)
    ]
    return Case("need", "", {"cin_episodes": rows})


def test_by_council_each_says_what_its_own_record_says(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    put(tmp_path, "802", WINDOW)
    asked = Asked((date(2026, 2, 2), date(2026, 2, 3)), ("council",))
    assert told(asked_of(tmp_path, "cp-seen-20-working-days", asked)) == [
        ("801", "2026-02-02", 1, 3),
        ("801", "2026-02-03", 0, 2),
        ("802", "2026-02-02", 1, 3),
        ("802", "2026-02-03", 0, 2),
    ]


def test_together_children_of_one_name_in_two_councils_are_two(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    put(tmp_path, "802", WINDOW)
    assert told(asked_of(tmp_path, "cp-seen-20-working-days", Asked((date(2026, 2, 2),)))) == [("2026-02-02", 2, 6)]


def test_a_distribution_of_two_councils_is_that_of_all_their_workers(tmp_path: Path):
    """On 11 January one worker of each council holds 3 and one holds 1: of four the median is 2 and the mean 2."""
    put(tmp_path, "801", LOADS)
    put(tmp_path, "802", LOADS)
    (row,) = asked_of(tmp_path, "caseload", Asked((date(2026, 1, 11),)))
    assert (row.numerator, row.denominator, row.value) == (8, 4, 2.0)
    assert row.tail is not None
    assert (row.tail.median, row.tail.p90, row.tail.most, row.tail.above, row.tail.limited) == (2, 3, 3, 2, 2)


def test_what_one_council_cannot_tell_is_not_told_of_all_together(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    put(tmp_path, "802", WINDOW, only=("cp_plans",))
    asked = Asked((date(2026, 2, 2),))
    (row,) = asked_of(tmp_path, "cp-seen-20-working-days", asked)
    assert row.numerator is None
    assert row.reason.endswith("(in 1 of 2 councils)")
    by = asked_of(tmp_path, "cp-seen-20-working-days", Asked(asked.at, ("council",)))
    assert [(row.group["council"], row.numerator) for row in by] == [("801", 1), ("802", None)]


def test_a_council_beside_other_groups_keeps_their_order(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    rows = asked_of(tmp_path, "cp-seen-20-working-days", Asked((date(2026, 2, 2),), ("status", "council")))
    assert [tuple(row.group.items()) for row in rows] == [(("status", "child protection plan"), ("council", "801"))]


def test_readings_of_time_limits_are_counted_of_a_folder_too(tmp_path: Path):
    put(tmp_path, "801", REVIEWS)
    asked = Asked((date(2025, 4, 11),))
    with filled_duckdb(REVIEWS.entries) as duck:
        assert asked_of(tmp_path, "cpp-reviewed-in-time", asked) == measured(
            DuckSource(duck), "cpp-reviewed-in-time", asked
        )


def test_a_council_whose_snapshot_has_expired_stops_the_question(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    (tmp_path / "council=801" / FILE).write_text(
        '{"name": "a", "made_at": "2026-01-01T00:00+00:00", "expires_at": "2026-02-01T00:00+00:00", "made_by": "a",'
        ' "reason": "a", "identifying": false, "last_act_id": 1, "rows": {}}'
    )
    with pytest.raises(KeyworkerError, match="expired"):
        councils_of(tmp_path, NOW)


def test_only_one_council_at_a_time_is_open(tmp_path: Path):
    """Memory is the largest council's, not the sum of all."""
    for council in ("801", "802", "803"):
        put(tmp_path, council, WINDOW)
    now_open = []
    most = []

    with councils_in_duckdb(tmp_path) as opening:

        @contextmanager
        def watched(council: str, tables: Any) -> Iterator[Source]:
            now_open.append(council)
            most.append(len(now_open))
            with opening(council, tables) as source:
                yield source
            now_open.remove(council)

        of_councils(councils_of(tmp_path, NOW), watched, "open-children", Asked((date(2026, 2, 2),), ("council",)))
    assert most == [1, 1, 1]


def test_what_one_council_holds_is_not_there_when_the_next_is_open(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    put(tmp_path, "802", WINDOW, only=())
    with councils_in_duckdb(tmp_path) as opening:
        for council, plans in (("801", True), ("802", False), ("801", True)):
            with opening(council, {"cp_plans"}) as source:
                found = source.fetch("select 1 from {cp_plans} p", source.lens(Moment(date(2026, 2, 2))), {})
                assert bool(found) is plans


def test_the_command_and_python_ask_a_folder_of_councils(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    put(tmp_path, "802", WINDOW)
    arguments = ("measure", "cp-seen-20-working-days", "--at", "2026-02-02", "--json", "--from", str(tmp_path))
    answer = CliRunner().invoke(app, [*arguments, "--by", "council"], catch_exceptions=False)
    rows = json.loads(answer.stdout)
    assert [(row["council"], row["numerator"], row["denominator"]) for row in rows] == [("801", 1, 3), ("802", 1, 3)]
    with kw.open(tmp_path, purpose="test") as opened:
        frame = opened.measure("cp-seen-20-working-days", at=date(2026, 2, 2), by="council")
    assert frame["council"].to_list() == ["801", "802"]
    assert frame["interval"].to_list() == ["Wilson score interval"] * 2


def test_a_folder_is_not_asked_of_an_engine_that_reads_the_record(tmp_path: Path):
    put(tmp_path, "801", WINDOW)
    with pytest.raises(KeyworkerError, match="not a folder"):
        measure_of_folder(tmp_path, "open-children", Asked((date(2026, 2, 2),)), now=NOW, engine=MeasureEngine.PLAIN)


def test_by_council_each_number_stands_beside_the_day_from_which_its_own_council_is_whole(tmp_path: Path):
    put(tmp_path, "801", need(date(2026, 1, 15)))
    put(tmp_path, "802", need(date(2026, 2, 10)))
    rows = asked_of(tmp_path, "episodes-of-need", Asked((date(2026, 1, 31),), ("council",)))
    assert [(row.group["council"], row.numerator, row.whole_from, row.is_whole) for row in rows] == [
        ("801", 1, date(2026, 1, 15), True),
        ("802", 2, date(2026, 2, 10), False),
    ]


def test_councils_together_are_whole_from_the_day_on_which_the_last_of_them_is(tmp_path: Path):
    put(tmp_path, "801", need(date(2026, 1, 15)))
    put(tmp_path, "802", need(date(2026, 2, 10)))
    (row,) = asked_of(tmp_path, "episodes-of-need", Asked((date(2026, 2, 28),)))
    assert (row.numerator, row.whole_from) == (2, date(2026, 2, 10))


def test_where_one_council_does_not_say_how_far_back_it_goes_nothing_says_it_of_all(tmp_path: Path):
    put(tmp_path, "801", need(date(2026, 1, 15)))
    put(tmp_path, "802", need(None))
    (row,) = asked_of(tmp_path, "episodes-of-need", Asked((date(2026, 2, 28),)))
    assert (row.numerator, row.whole_from, row.is_whole) == (3, None, None)


def test_the_command_says_beside_the_answer_that_a_day_lies_before_the_councils_are_whole(tmp_path: Path):
    put(tmp_path, "801", need(date(2026, 1, 15)))
    put(tmp_path, "802", need(date(2026, 2, 10)))
    arguments = ("measure", "episodes-of-need", "--at", "2026-01-31", "--from", str(tmp_path))
    together = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert "whole for this measure from 10 February 2026" in " ".join(together.stderr.split())
    each = CliRunner().invoke(app, [*arguments, "--by", "council"], catch_exceptions=False)
    assert not each.stderr
    assert "2026-01-15" in each.stdout
    assert "2026-02-10" in each.stdout


def test_small_numbers_of_a_council_are_kept_from_the_public(tmp_path: Path):
    """Three children of each council: of neither is it told how many."""
    put(tmp_path, "801", WINDOW)
    put(tmp_path, "802", WINDOW)
    asked = Asked((date(2026, 1, 31),), ("council",))
    found = measure_of_folder(tmp_path, "cp-seen-20-working-days", asked, now=NOW, as_public=True)
    assert len(found) == 2 and all(one.suppressed and one.denominator is None for one in found)
