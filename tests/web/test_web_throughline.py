"""The throughline shows what the story holds, where it belongs, and says the same in words."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Gap, Outcome, Role, Status
from keyworker.web.throughline.gathered import strip_of
from keyworker.web.throughline.lying import lie
from keyworker.web.throughline.scale import Scale, ticks
from keyworker.web.throughline.shapes import Rect, Stop, Text, visit_shapes, width_of
from keyworker.web.throughline.svg import svg
from keyworker.web.throughline.upright import stand
from keyworker.web.throughline.words import description, finding
from tests.web import fictional as made_up
from tests.web.within import assert_within

NOW = Moment(made_up.TODAY)


def strip(**changes: object):
    return strip_of(made_up.story(**changes), NOW)


def test_the_finding_counts_workers_and_days_without_one() -> None:
    assert finding(strip()) == "Ashby Testwood has had four workers in 21 months, and none for 34 days."


def test_a_day_is_where_its_share_of_the_time_puts_it_and_the_phone_runs_backwards() -> None:
    along = Scale(date(2026, 1, 1), date(2026, 1, 11), 100, 200)
    down = Scale(date(2026, 1, 1), date(2026, 1, 11), 100, 200, backwards=True)
    assert (along.at(date(2026, 1, 6)), down.at(date(2026, 1, 6))) == (200, 200)
    assert (along.at(date(2026, 1, 1)), down.at(date(2026, 1, 1))) == (100, 300)


def test_a_visit_on_the_due_day_keeps_its_tooth_and_one_a_day_later_does_not() -> None:
    start, due = date(2026, 3, 1), date(2026, 3, 29)
    kept = strip(visits=(made_up.visit(due),), interval_days=((start, due),))
    missed = strip(visits=(made_up.visit(due + timedelta(days=1)),), interval_days=((start, due),))
    assert kept.missed == ()
    assert [one.days for one in missed.missed] == [1]


def test_a_visit_at_which_the_child_was_not_seen_keeps_no_tooth() -> None:
    start, due = date(2026, 3, 1), date(2026, 3, 29)
    found = strip(visits=(made_up.visit(due, Outcome.NOT_SEEN),), interval_days=((start, due),))
    assert [one.ongoing for one in found.missed] == [True]
    assert found.missed[0].days == (made_up.TODAY - due).days


def test_an_accountable_worker_fills_the_widest_lane_only_where_nobody_leads() -> None:
    start, middle = date(2025, 3, 4), date(2026, 1, 1)
    alone = made_up.ribbon(made_up.MANAGER, Role.ACCOUNTABLE, start, middle, None)
    lead = made_up.ribbon(made_up.ADEYEMI, Role.LEAD, middle, None, None)
    beside = made_up.ribbon(made_up.MANAGER, Role.ACCOUNTABLE, middle, None, None)
    found = strip(ribbons=(alone, lead, beside))
    assert [(one.role, one.main) for one in found.holds] == [
        (Role.ACCOUNTABLE, True),
        (Role.LEAD, True),
        (Role.ACCOUNTABLE, False),
    ]


def test_what_was_entered_later_is_hatched_and_not_counted_in_the_finding() -> None:
    known_at = made_up.at_noon(date(2025, 10, 10))
    then = strip_of(made_up.story_as_known(known_at), Moment(date(2026, 2, 20), known_at), made_up.story())
    later = [hold.name for hold in then.holds if hold.later]
    assert later == [made_up.LINDQVIST.name, made_up.MANAGER.name]
    assert finding(then).startswith("Ashby Testwood has had two workers")
    hatched = [one.box for one in lie(then).shapes if isinstance(one, Stop) and one.box.hatched]
    assert len(hatched) == 2


def test_the_five_outcomes_have_five_different_shapes() -> None:
    drawn = {str(visit_shapes(10, 10, 5, one, False)) for one in Outcome}
    assert len(drawn) == len(Outcome)


def test_overlapping_statuses_lie_in_rows_of_their_own_gravest_on_top() -> None:
    both = (Status("cin", date(2026, 1, 1), None), Status("cp", date(2026, 2, 1), None))
    assert [(band.kind, band.row) for band in strip(statuses=both).bands] == [("cp", 0), ("cin", 1)]


def test_months_give_way_to_quarters_and_years_as_the_time_grows() -> None:
    def gap(years: int) -> int:
        found = ticks(Scale(date(2026 - years, 1, 1), date(2026, 1, 1), 0, 1000), 34)
        return (found[1].on - found[0].on).days

    assert (gap(1), gap(5), gap(15)) == (31, 90, 365)


def test_every_stop_leads_to_a_row_and_says_who_when_and_why_it_ended() -> None:
    stops = [one for one in lie(strip()).shapes if isinstance(one, Stop)]
    assert {one.href.split("-")[0] for one in stops} == {"held", "gap", "missed"}
    assert "ended 30 April 2025, planned transfer" in stops[0].label


def test_days_of_which_no_extract_tells_are_drawn_and_said_as_such_and_not_as_days_without_a_worker() -> None:
    untold = Gap(date(2024, 1, 1), date(2024, 3, 1))
    found = strip(gaps=(), untold=(untold,))
    says = "No extract tells who held Ashby Testwood before 1 March 2024."
    assert finding(found).endswith(says) and says in description(found)
    assert "none for" not in finding(found)
    for drawn in (lie(found), stand(found)):
        (stop,) = [one for one in drawn.shapes if isinstance(one, Stop) and one.href == "untold-1"]
        assert stop.label == "No extract tells who held the child from 1 January 2024 to 29 February 2024"


def test_the_markup_is_sound_has_no_inline_style_and_escapes_names() -> None:
    named = replace(made_up.OKAFOR, name='Bracken <script>"&Sample')
    found = strip(ribbons=(made_up.ribbon(named, Role.LEAD, date(2025, 3, 4), None, None),))
    text = svg(lie(found), key="k", cls="c", title=finding(found), description=description(found))
    tree = etree.fromstring(text)
    assert not tree.xpath("//@style|//*[local-name()='script']|//*[local-name()='style']")
    assert "<script>" not in text


DAYS = st.dates(date(2012, 1, 1), made_up.TODAY)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 900), st.sampled_from(list(Role))), max_size=12),
    st.lists(st.tuples(DAYS, st.sampled_from(list(Outcome)), st.none() | st.integers(0, 60)), max_size=25),
    st.lists(st.tuples(DAYS, st.integers(1, 60)), max_size=4),
)
def test_whatever_the_story_nothing_is_drawn_outside_the_picture(
    held: list[tuple[date, int, Role]], visited: list[tuple[date, Outcome, int | None]], gaps: list[tuple[date, int]]
) -> None:
    found = strip(
        ribbons=tuple(
            made_up.ribbon(made_up.REID, role, on, on + timedelta(days=n) if n else None, None) for on, n, role in held
        ),
        visits=tuple(made_up.visit(on, outcome, lag) for on, outcome, lag in visited),
        gaps=tuple(Gap(on, on + timedelta(days=n)) for on, n in gaps),
    )
    for picture in (lie(found), stand(found)):
        assert_within(picture)
        for shape in picture.shapes:
            box = shape.box if isinstance(shape, Stop) else shape
            if isinstance(box, Text):
                assert not re.search(r"\bNone\b|\{", box.says)


def test_an_end_that_was_entered_later_is_hatched_from_its_day_and_said_so() -> None:
    start, end = date(2026, 1, 5), date(2026, 6, 1)
    thought = made_up.story(ribbons=(made_up.ribbon(made_up.OKAFOR, Role.LEAD, start, None, None),), gaps=())
    learnt = replace(thought, ribbons=(made_up.ribbon(made_up.OKAFOR, Role.LEAD, start, end, "LEFTRL"),))
    then = Moment(made_up.TODAY, made_up.at_noon(date(2026, 5, 1)))
    found = strip_of(thought, then, learnt)
    (hold,) = found.holds
    assert (hold.ongoing, hold.learnt_end) == (True, end)
    assert "that it ended 31 May 2026 was entered after the moment you chose" in hold.label
    assert found.has_later
    for picture in (lie(found), stand(found)):
        assert [one for one in picture.shapes if isinstance(one, Rect) and one.hatched and "ribbon" in one.cls]


def test_words_over_missed_stretches_never_meet() -> None:
    days_seen = [date(2026, 8, 1), date(2026, 9, 4), date(2026, 10, 8), date(2026, 11, 10)]
    starts = [date(2026, 7, 1), *days_seen]
    found = strip(
        visits=tuple(made_up.visit(day) for day in days_seen),
        interval_days=tuple((day, day + timedelta(days=10)) for day in starts),
    )
    labels = [one for one in lie(found).shapes if isinstance(one, Text) and one.cls == "missed-label"]
    assert labels[0].says == "not seen, 3 days past", "the one that still goes on is always there"
    edges = sorted(
        (one.x - width / (1 if one.anchor == "end" else 2), one.x + (0 if one.anchor == "end" else width / 2))
        for one in labels
        for width in (width_of(one.says, 12, bold=True),)
    )
    assert all(right <= left for (_, right), (left, _) in itertools.pairwise(edges))
