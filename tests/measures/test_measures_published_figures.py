"""Published figures: shipped as they stand, symbols and all, and held to the files that they were published in."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import keyworker as kw
from keyworker.measures.about import CannotTell
from keyworker.measures.catalogue import published
from keyworker.measures.charts.funnel import Drawn, Funnel
from keyworker.measures.drawing.said import verdict
from keyworker.measures.published.areas import areas, council, councils, neighbours
from keyworker.measures.published.beside import Others, beside, others_of
from keyworker.measures.published.charts import funnel_of, over_time_of
from keyworker.measures.published.figures import figures, frame
from keyworker.measures.published.lines import draw_beside, finding
from keyworker.measures.published.make.__main__ import made
from keyworker.measures.published.make.cells import Cell, added, cell, divided
from keyworker.measures.published.own import Answer, answer, own_beside
from keyworker.measures.published.rows import asked_rows, listed
from keyworker.measures.published.series import Of, every, series, without
from keyworker.measures.published.symbols import Symbol
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary.errors import KeyworkerError

CAMBRIDGESHIRE, HACKNEY, HAMPSHIRE, CITY = "873", "204", "850", "201"
NUMBER = re.compile(r"\d+(\.\d+)?")


def figure(measure: str, area: str, year: int, band: str = ""):
    return figures(series(measure), series(measure).band(band))[area][year]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_official_statistic_has_figures_or_a_reason_why_not():
    official = {name for name, said in published().items() if said["kind"] == "official statistic"}
    assert official <= every().keys() | without().keys()
    assert not every().keys() & without().keys()
    assert every().keys() | without().keys() <= set(published())
    assert {row["id"] for row in listed()} == every().keys() | without().keys()
    assert all((row["reason"] is None) == (row["years"] is not None) for row in listed())


# From the releases' own tables, read by eye.
@pytest.mark.parametrize(
    ("measure", "area", "year", "band", "value"),
    [
        ("cin-rate-31-march", CAMBRIDGESHIRE, 2024, "", 232.5),
        ("cin-rate-31-march", "E92000001", 2024, "", 332.9),
        ("cpp-repeat", CAMBRIDGESHIRE, 2024, "", 25.2),
        ("cin-duration-open", CAMBRIDGESHIRE, 2024, "2 years or more", 27.8),
        ("sw-average-caseload", CAMBRIDGESHIRE, 2024, "", 17.2),
        ("sw-average-caseload", CAMBRIDGESHIRE, 2016, "", 17.1),
        ("cla-long-term-stability", CAMBRIDGESHIRE, 2024, "", 75),
    ],
)
def test_a_figure_is_the_one_that_was_printed(measure: str, area: str, year: int, band: str, value: float):
    assert figure(measure, area, year, band).value == value


def test_a_share_that_is_not_printed_is_worked_out_from_the_printed_counts():
    # 113 the same day, then 394, 849, 891, 1,728 and 815 up to 45 working days: 4,790 of 5,832, which is 82.1%.
    found = figure("cin-assessment-45wd", CAMBRIDGESHIRE, 2024)
    assert (found.numerator, found.denominator) == (4790, 5832)
    assert found.said(1) == "82.1"
    assert series("cin-assessment-45wd").worked_out
    # 17 and 528 of 614 conferences.
    assert figure("cin-icpc-15wd", CAMBRIDGESHIRE, 2024).said(1) == "88.8"


def test_a_symbol_stays_a_symbol_and_is_never_a_nought():
    assert figure("cin-rate-31-march", HACKNEY, 2021).symbol is Symbol.NOT_AVAILABLE
    assert figure("cin-rate-31-march", HAMPSHIRE, 2024).symbol is Symbol.LOW_RELIABILITY
    assert figure("cpp-two-years-open", CAMBRIDGESHIRE, 2024).symbol is Symbol.SUPPRESSED
    assert figure("cpp-two-years-open", CAMBRIDGESHIRE, 2024).said(1) == "Suppressed by the publisher"
    shipped = frame()
    assert shipped.filter(pl.col("value").is_not_null() & pl.col("symbol").is_not_null()).is_empty()
    assert shipped.filter(pl.col("value").is_null() & pl.col("symbol").is_null()).is_empty()


@pytest.mark.parametrize(
    ("measure", "file", "column"),
    [
        ("cin-rate-31-march", "dfe_children_in_need/b1_children_in_need_2013_to_2024.csv", "At31_episodes_rate"),
        (
            "cin-s47-rate",
            "dfe_children_in_need/c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv",
            "Section47_rate",
        ),
        ("cpp-starts", "dfe_children_in_need/d1_child_protection_plans_2013_to_2024.csv", "CPP_start"),
        ("sw-absence-rate", "dfe_workforce/csww_indicators_2017_to_2024.csv", "absence_rate_fte"),
    ],
)
def test_every_cell_of_a_published_column_is_here_and_the_same(shared: Path, measure: str, file: str, column: str):
    held = figures(series(measure), "")
    rows = read(shared / "data" / file)
    for row in rows:
        code = row["old_la_code"].replace(" / ", "/") or row["region_code"] or row["country_code"]
        found, said = held[code][int(row["time_period"])], row[column]
        if NUMBER.fullmatch(said):
            assert (found.value, found.symbol) == (float(said), None)
        else:
            assert (found.value, found.symbol) == (None, said)
    first = min(int(row["time_period"]) for row in rows)
    assert sum(year >= first for by_year in held.values() for year in by_year) == len(rows)


def test_what_ships_is_what_the_published_files_make(shared: Path):
    again, places, near, _ = made(shared / "data")
    text = [name for name, kind in frame().schema.items() if kind == pl.Categorical]
    assert_frame_equal(again.cast(dict.fromkeys(text, pl.String)), frame().cast(dict.fromkeys(text, pl.String)))
    data = Path(kw.__file__).parent / "measures" / "published" / "data"
    assert places == read(data / "areas.csv")
    assert near == read(data / "neighbours.csv")


def test_counts_that_are_kept_give_the_published_figure_again_to_its_rounding():
    known = frame().filter(pl.col("denominator").is_not_null())
    assert known.height > 100_000
    for name, one in every().items():
        rows = known.filter(pl.col("series") == name)
        away = (rows["numerator"] * one.per / rows["denominator"] - rows["value"]).abs().max()
        assert away is None or float(away) <= 0.5 * 10**-one.decimals + 1e-5, name  # type: ignore[arg-type]


def test_a_sum_or_a_share_of_what_has_no_number_has_none():
    assert added([cell("3", ""), cell("c", "")]) == Cell(None, Symbol.SUPPRESSED)
    assert added([cell("x", ""), cell("c", "")]) == Cell(None, Symbol.NOT_AVAILABLE)
    assert divided(cell("1", ""), cell("8", ""), 100).number == cell("12.5", "").number
    assert divided(cell("0", ""), cell("0", ""), 100) == Cell(None, Symbol.NOT_APPLICABLE)
    with pytest.raises(KeyworkerError, match="neither a number nor a known symbol"):
        cell("about 5", "table 1")


def test_neighbours_stand_by_name_and_not_by_closeness_or_figure():
    names = [one.area.name for one in neighbours(CAMBRIDGESHIRE)]
    # The model of 2025, in the order of names.
    assert names == [
        "Buckinghamshire",
        "Central Bedfordshire",
        "Gloucestershire",
        "Hampshire",
        "Hertfordshire",
        "Oxfordshire",
        "South Gloucestershire",
        "Warwickshire",
        "West Berkshire",
        "West Sussex",
    ]
    assert len({code for code in areas() if neighbours(code)}) == 153
    for one in councils():
        assert [near.area.name for near in neighbours(one.code)] == sorted(
            near.area.name for near in neighbours(one.code)
        )
        assert len(neighbours(one.code)) in (0, 10)


def test_a_council_that_is_gone_has_no_neighbours_and_nobody_is_put_in_their_place():
    shown = beside("cin-rate-31-march", "928")
    assert shown.council.name == "Northamptonshire (until 2021)"
    assert shown.neighbours == ()
    assert shown.region is not None
    assert shown.region.area.name == "East Midlands"
    assert any("names no statistical neighbours" in note for note in shown.notes)
    assert any("On 1 April 2021 Northamptonshire became" in note for note in shown.notes)


def test_two_councils_called_dorset_are_told_apart():
    assert council("Dorset").code == "838"
    assert council("dorset (until 2019)").code == "835"
    assert council("E10000003").code == council(" cambridgeshire ").code == CAMBRIDGESHIRE
    with pytest.raises(KeyworkerError) as refused:
        council("Northampton")
    assert "North Northamptonshire" in refused.value.remedy


def test_a_joint_return_speaks_for_both_councils_and_says_so():
    shown = beside("sw-average-caseload", "318")
    assert shown.council.name == "Kingston upon Thames / Richmond upon Thames (one return)"
    assert shown.council.value(2024) == 13.0
    assert any("one workforce return together" in note for note in shown.notes)
    assert beside("cin-rate-31-march", "318").council.name == "Richmond upon Thames"


def test_the_neighbours_mean_is_of_those_that_have_a_figure():
    near = beside("cin-rate-31-march", CAMBRIDGESHIRE).spread(2024)
    # Hampshire's was not published: 271.8, 238.8, 302.7, 198.8, 253.2, 262.6, 319.3, 301.5, 341.1 add up to 2,489.8.
    assert near is not None
    assert (near.known, near.of, near.low, near.high) == (9, 10, 198.8, 341.1)
    assert near.mean == pytest.approx(2489.8 / 9)


def test_a_measure_or_part_without_figures_says_why():
    with pytest.raises(KeyworkerError, match="no file by council with salaries"):
        series("sw-base-salary")
    with pytest.raises(KeyworkerError, match="not an official statistic by council"):
        series("cp-visits-in-time")
    with pytest.raises(KeyworkerError, match="no measure of this name"):
        series("made-up")
    with pytest.raises(KeyworkerError, match="not published for such a band"):
        series("cin-duration-open").band("made-up")
    with pytest.raises(KeyworkerError, match="neighbours, its region and England"):
        others_of("neighbours,wales")


def test_a_funnel_of_councils_is_by_name_widened_and_judges_nobody():
    found = funnel_of(series("cpp-repeat"), "", 2024)
    assert isinstance(found, Funnel)
    names = [one.name for one in found.placed]
    assert names == sorted(names)
    assert len(names) > 140
    assert found.drawn is Drawn.NORMAL_WIDENED
    assert {str(one.meaning) for one in found.placed} <= {"usual variation", "neutral"}
    tops, bases = sum(one.numerator for one in found.placed), sum(one.denominator for one in found.placed)
    assert found.target == pytest.approx(tops / bases)


@pytest.mark.parametrize("of", [Of.COUNT, Of.MEAN, Of.FTE])
def test_what_is_not_so_many_of_so_many_has_no_funnel_and_says_why(of: Of):
    for one in every().values():
        if one.of is of:
            assert isinstance(funnel_of(one, one.band(""), 2024), CannotTell)


def test_an_xmr_chart_needs_twelve_years_and_says_so_when_there_are_fewer():
    shown = beside("cin-rate-31-march", CAMBRIDGESHIRE)
    chart = over_time_of(shown.series, "", shown.council)
    assert not isinstance(chart, CannotTell)
    assert len(chart.points) == 12
    assert all(verdict(point, chart.rules) for point in chart.points)
    few = beside("sw-turnover", CAMBRIDGESHIRE)
    assert over_time_of(few.series, "", few.council) == CannotTell("9 yearly points set no firm limits; it takes 12")
    gap = beside("cin-rate-31-march", HACKNEY)
    assert isinstance(over_time_of(gap.series, "", gap.council), CannotTell)


def test_the_lines_say_the_last_figures_and_the_table_holds_them_all():
    shown = beside("cin-rate-31-march", CAMBRIDGESHIRE)
    assert finding(shown) == (
        "Cambridgeshire 232.5 per 10,000 at 31 March 2024; England 332.9; East of England 237.4; "
        "the 9 of its 10 neighbours with a figure from 198.8 to 341.1"
    )
    drawn = draw_beside(shown)
    assert len(drawn.table.headings) == 14
    assert drawn.table.rows[0][:4] == ("2024", "232.5", "332.9", "237.4")
    assert "Not published: low reliability" in drawn.table.rows[0]
    assert len(drawn.table.rows) == 12


def test_a_line_is_broken_where_a_year_has_no_figure():
    drawn = draw_beside(beside("cin-rate-31-march", HACKNEY, others=()))
    assert drawn.wide.count('class="own"') == 2


def test_python_and_rows_need_no_record_and_make_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "nowhere"
    monkeypatch.setenv("KEYWORKER_HOME", str(home))
    found = kw.figures("cin-rate-31-march", council=CAMBRIDGESHIRE, beside=["england"])
    assert found.filter(pl.col("year") == 2024)["value"].to_list() == [232.5, 332.9]
    assert kw.figures()["id"].to_list() == [row["id"] for row in listed()]
    assert not home.exists()


def test_everybodys_rows_are_by_level_and_name():
    rows = asked_rows("cpp-rate")
    names = [row["area"] for row in rows if row["level"] == "council" and row["year"] == 2024]
    assert names == sorted(names)
    assert len(names) == 153
    assert [row["of"] for row in asked_rows("cpp-rate", CAMBRIDGESHIRE, others=[Others.ENGLAND])] == [
        "council"
    ] * 12 + ["england"] * 12


def test_a_share_that_is_published_upside_down_is_turned_before_the_two_are_set_side_by_side():
    one = series("care-leaver-in-touch")
    found = answer(one)
    assert isinstance(found, Answer)
    # 8% of Cambridgeshire's care leavers were not in touch in 2024; 46 of 50 in touch are 92%, of whom 8% are not.
    row = MeasureRow("made-up", {}, date(2024, 3, 31), None, 46, 50, 92.0, whole_from=date(2020, 1, 1))
    held = figures(one, "")[CAMBRIDGESHIRE]
    (own,) = own_beside(one, found, [row], held, same_council=True)
    assert (own.published, own.own, own.difference) == (8.0, 8.0, 0.0)
    assert own.says == "The same, to the rounding of the published figure."


def test_a_day_of_which_the_record_is_not_whole_is_not_told_and_one_of_another_council_is_not_judged():
    one = series("cin-started")
    found = answer(one)
    assert isinstance(found, Answer)
    held = figures(one, "")[CAMBRIDGESHIRE]
    row = MeasureRow("made-up", {}, date(2024, 3, 31), None, 3900, None, 3900.0)

    def beside_it(whole_from: date | None, same: bool = True):
        return own_beside(one, found, [replace(row, whole_from=whole_from)], held, same_council=same)[0]

    assert beside_it(date(2024, 3, 31)).own == 3900
    late = beside_it(date(2024, 4, 1))
    assert (late.own, late.published) == (None, 4008)
    assert late.says == "Cannot tell: for this the record is whole from 1 April 2024, and holds survivors before it."
    assert beside_it(None).says == "Cannot tell: nothing says how far back the record goes."
    assert beside_it(date(2020, 1, 1)).difference == -108
    assert beside_it(date(2020, 1, 1), same=False).says.startswith("Of another council")


def test_what_is_published_in_another_way_than_it_is_defined_is_not_set_side_by_side():
    assert answer(series("icpc-conversion")) == CannotTell(series("icpc-conversion").apart)
    assert isinstance(answer(series("cin-duration-open")), CannotTell)
