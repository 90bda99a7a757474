"""Drawn charts: their words, their table, and markup that any page may hold."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from keyworker.measures.charts import Good, Meaning, xmr
from keyworker.measures.drawing import Drawn, draw_chart, draw_curves
from keyworker.measures.drawing.frame import spread
from keyworker.measures.drawing.marks import dot, wrapped
from keyworker.measures.drawing.said import finding, number, verdict
from keyworker.measures.drawing.scale import said, scale
from keyworker.measures.survival import Curve
from tests.measures.made_charts import ALL, MONTHS, curves, decided, districts, plan, risen

NAMES = sorted(ALL)


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))


def texts(drawing: etree._Element) -> str:
    return " ".join("".join(one.itertext()) for one in drawing.iter("{*}text"))


@pytest.mark.parametrize("name", NAMES)
def test_markup_is_whole_and_asks_for_nothing_that_a_strict_policy_refuses(name: str):
    drawn = ALL[name]()
    for svg in (drawn.wide, drawn.narrow):
        drawing = parsed(svg)
        tags = {etree.QName(one).localname for one in drawing.iter()}
        assert tags <= {"svg", "title", "desc", "line", "path", "text", "circle", "rect"}
        attributes = {name for one in drawing.iter() for name in one.attrib}
        assert not {one for one in attributes if one in {"style", "href"} or one.startswith("on")}
        assert "nan" not in svg.lower().replace("nan,", "")
        assert "inf" not in re.sub(r">[^<]*<", "><", svg)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_read_as_one_image_with_its_finding_and_its_description(name: str):
    drawn = ALL[name]()
    for svg in (drawn.wide, drawn.narrow):
        drawing = parsed(svg)
        title, description = drawing[0], drawing[1]
        assert (title.text, description.text) == (drawn.title, drawn.description)
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert parsed(drawn.wide)[0].get("id") != parsed(drawn.narrow)[0].get("id")


@pytest.mark.parametrize("name", NAMES)
def test_title_unit_and_source_are_written_in_the_picture_itself(name: str):
    drawn = ALL[name]()
    for svg in (drawn.wide, drawn.narrow):
        written = " ".join(texts(parsed(svg)).split())
        for words in (drawn.title, drawn.unit, drawn.source):
            assert words in written


@pytest.mark.parametrize("name", NAMES)
def test_all_that_must_be_seen_takes_the_colour_of_the_words_around_it(name: str):
    for one in parsed(ALL[name]().wide).iter("{*}line", "{*}path", "{*}text", "{*}circle", "{*}rect"):
        assert "currentColor" in {one.get("stroke"), one.get("fill")}


@pytest.mark.parametrize("name", NAMES)
def test_the_table_has_a_cell_for_every_heading(name: str):
    table = ALL[name]().table
    assert all(len(row) == len(table.headings) for row in table.rows)


def test_meanings_differ_by_shape_and_not_by_colour_alone():
    shapes = {re.sub(r' fill="[^"]*"| class="[^"]*"', "", dot(0, 0, meaning)) for meaning in Meaning}
    assert len(shapes) == len(Meaning)


def test_a_chart_and_its_table_hold_the_same_points():
    """The first section's setting points have a mean of 72.8 and steps of 20/7 in the mean: 2.66 times that is 7.6."""
    chart = decided()
    table = draw_chart(chart).table
    assert [row[1] for row in table.rows] == [number(point.value) for point in chart.points]
    assert table.rows[4] == ("August 2023", "", "", "", "72.8", "65.2", "80.4", "no figure")
    assert table.rows[8][-1] == "concern: above the upper limit; sets no limit"


def test_a_table_says_what_a_point_means_and_why():
    chart = risen()
    last = chart.points[-1]
    assert verdict(last, chart.rules) == "improvement: 7 points in a row above the centre"
    assert verdict(chart.points[0], chart.rules) == "usual variation"


def test_the_title_states_the_finding():
    steady = [9, 11] * 10
    good = plan(good=Good.UP)
    said_of = [
        (xmr(range(20), steady, plan=good), "nothing beyond usual variation"),
        (xmr(MONTHS[:21], [*steady, 30], plan=good), "an improvement since December 2024, above the upper limit"),
        (
            xmr(MONTHS[:21], [*steady, 30], plan=plan(good=Good.DOWN)),
            "a concern since December 2024, above the upper limit",
        ),
        (xmr(MONTHS[:21], [*steady, 30], plan=plan()), "a change since December 2024, above the upper limit"),
        (
            xmr(MONTHS[:22], [*steady, 30, 10], plan=good),
            "within its usual variation, last outside it in December 2024",
        ),
        (xmr(MONTHS[:3], [1, 2, 3], plan=good), "too few points to tell usual variation from change"),
        (xmr([], [], plan=good), "no figure yet"),
    ]
    assert [finding(chart) for chart, _ in said_of] == [f"Children seen in time: {says}" for _, says in said_of]


def test_every_decision_stands_under_the_chart_with_who_when_and_why():
    notes = " ".join(draw_chart(decided()).notes)
    why = 'visits moved to a new rota & "teams" split (A. Manager, 1 February 2025)'
    assert f"Limits are set by the first 12 points: {why}." in notes
    assert f"From April 2024 limits are worked out afresh: {why}." in notes
    assert f"December 2023 sets no limit: {why}." in notes


def test_a_target_is_drawn_and_its_assurance_said():
    drawn = draw_chart(risen())
    assert "As it is now it will hit and miss the target of 85." in drawn.notes
    assert 'class="target"' in drawn.wide
    untold = draw_chart(xmr(MONTHS[:3], [1, 2, 3], plan=plan(good=Good.UP, target=2.0)))
    assert any(one.startswith("Target 2: cannot tell whether it will be met") for one in untold.notes)


def test_rules_and_how_often_chance_signals_are_printed_with_every_xmr_chart():
    notes = " ".join(draw_chart(risen()).notes)
    assert "7 in a row on one side of the centre" in notes
    assert re.search(r"About (2[6-9]|3[0-2])% of charts of 36 points have a signal though nothing happened", notes)


def test_a_gap_breaks_the_line_and_a_rebase_does_too():
    drawing = parsed(draw_chart(decided()).wide)
    figures = [one for one in drawing.iter("{*}path") if one.get("class") == "figures"]
    assert len(figures) == 3
    assert len([one for one in drawing.iter("{*}line") if one.get("class") == "rebase"]) == 1


def test_an_axis_that_does_not_begin_at_nought_says_so():
    assert "(the axis begins at 65)" in " ".join(texts(parsed(draw_chart(risen()).wide)).split())
    assert "the axis begins" not in ALL["rates"]().wide


def test_a_lower_limit_below_nought_is_said_not_drawn_where_no_figure_can_be():
    drawn = draw_chart(xmr(MONTHS[:12], [0, 9] * 6, plan=plan()))
    assert any("lies below nought" in one for one in drawn.notes)
    assert 'class="lower"' not in drawn.wide
    assert 'class="lower"' in ALL["below nought"]().wide


def test_places_of_a_funnel_stand_by_name_and_say_where_they_lie():
    drawn = ALL["districts"]()
    assert [row[0] for row in drawn.table.rows] == ["East", "Mid", "North", "Nowhere", "South", "West"]
    assert drawn.table.rows[3][-1] == "not placed"
    assert drawn.table.rows[5][-1] == "beyond the 99.8% limits (below, concern)"
    assert "Nowhere has nobody in the base and is not placed." in drawn.notes
    assert any("5 places cannot show" in one for one in drawn.notes)
    assert districts().placed[3].value is None


def test_a_survival_curve_says_when_half_have_ended():
    made = curves()
    drawn = ALL["survival"]()
    for group, curve in made.items():
        assert f"{group} {curve.median.age}" in drawn.title  # type: ignore[union-attr]
    alone = next(iter(made.values()))
    assert "half have ended by" in _one(alone).title


def _one(curve: Curve) -> Drawn:
    return draw_curves({"": curve}, "With the same worker")


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False, width=32), min_size=1, max_size=8))
def test_an_axis_of_round_figures_holds_every_value(values: list[float]):
    found = scale(values, 0, 100)
    hair = 1e-6 * (found.high - found.low)
    assert found.low <= min(values) + hair
    assert found.high >= max(values) - hair
    assert 2 <= len(found.ticks) <= 12
    assert len({found.says(tick) for tick in found.ticks}) == len(found.ticks)


def test_ticks_of_a_percentage_are_round():
    assert scale([65.3, 88.5], 0, 1).ticks == [65, 70, 75, 80, 85, 90]
    assert scale([2, 88], 0, 1).ticks == [0, 20, 40, 60, 80, 100]
    assert [said(-0.001, 1), said(-1.25, 1), said(1234.5, 0)] == ["0.0", "-1.2", "1,234"]


@given(st.lists(st.floats(0, 200), max_size=8))
def test_names_of_lines_do_not_lie_on_one_another(heights: list[float]):
    found = [y for y, _ in spread([(y, "x") for y in heights], 200)]
    assert all(after - before >= 14 - 1e-6 for before, after in pairwise(found))
    assert not found or found[-1] <= 200


def test_words_are_broken_into_lines_that_fit_and_none_is_lost():
    says = "Children seen in time: an improvement since January 2025"
    lines = wrapped(says, 120, 12)
    assert " ".join(lines) == says
    assert all(len(one) * 12 * 0.56 <= 120 for one in lines)
