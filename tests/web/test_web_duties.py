"""The pages of what is due to one child, of the pace, of the days ahead, and of the self-check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from keyworker.actions.rulebook import rule_rows
from keyworker.clocks.due import Local
from keyworker.clocks.engine import Ground, every_rule
from keyworker.clocks.held import Held
from keyworker.clocks.readings import State
from keyworker.web.presenters.duties import duties_page
from keyworker.web.presenters.self_check import ASKED, Question, questions
from tests.web.conftest import Page
from tests.web.made_duties import reading
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"


def test_a_childs_page_leads_to_why_everything_is_due(client: Fetch) -> None:
    (door,) = client(CHILD).tree.xpath("//a[contains(., 'Everything that is due')]/@href")
    page = client(door)
    said = page.words()
    assert "One thing is past its date, and 1 is still to come." in said
    assert "Done in time, recorded late" in said
    assert "Counted from a made-up day" in said and "Source: A guide (example)." in said


def test_what_was_in_time_by_the_date_as_understood_then_stands_with_both_dates() -> None:
    late = reading("cp-visit", "Visit", State.MET_LATE, due_on=date(2026, 3, 16), met_on=date(2026, 3, 20))
    shown = duties_page([replace(late, understood_due_on=date(2026, 3, 23))], [], date(2026, 4, 2), str)
    (row,) = shown.table("over").rows
    assert (row[1].text, row[1].notes) == ("16 March 2026", ("understood on the day as 23 March 2026",))
    assert row[2].text == "Done in time by the date as understood then"


def test_a_missed_visit_opens_step_by_step_and_blames_nobody(client: Fetch) -> None:
    page = client(f"{CHILD}/due")
    first, second = page.tree.xpath("//section[@aria-labelledby='missed-title']//details")
    assert [" ".join(step.itertext()) for step in first.xpath(".//li")] == [
        "No worker. No worker held the child for 6 days of the interval.",
        "Post vacant. The post of the worker before was vacant.",
    ]
    assert "Nothing recorded explains it" in "".join(second.itertext())
    assert "not who is to blame" in page.words()


def test_the_name_of_a_child_is_not_in_what_the_browser_keeps(client: Fetch) -> None:
    page = client(f"{CHILD}/due")
    assert "Ashby" in page.tree.findtext(".//h1") and "Ashby" not in page.tree.findtext(".//title")


def test_the_pace_of_a_timescale_tells_the_last_two_days_apart(client: Fetch) -> None:
    page = client("/timescales/assessment-45wd/pace")
    said = page.words()
    assert "4 of 6 were done in time (67%). Of those, 2 (50%) on their last day or the one before." in said
    assert "Left out: 1 cannot be told or were not asked for" in said
    assert len(page.tree.xpath("//section[@id='spread']//tbody/tr")) == 24


def test_the_days_ahead_speak_of_duties_with_an_interval_and_say_where_too_few_are_known(client: Fetch) -> None:
    page = client("/due/ahead")
    said = page.words()
    assert "15 duties fall due by Monday 7 December 2026. At the pace of the last year about 3 will pass" in said
    assert "Too few to say" in said
    assert "Testwood" not in said and "Fictitious" not in "".join(page.tree.xpath("//main//text()"))


def test_an_unknown_timescale_has_no_pace(client: Fetch) -> None:
    assert client("/timescales/no-such-rule/pace").status == 404


AT = date(2026, 11, 23)


def _questions(chosen: dict[str, str] | None = None) -> list[Question]:
    return questions(rule_rows(Ground(every_rule(), Local(), Held(frozenset(), frozenset())), AT), AT, chosen or {})


def test_every_question_has_one_right_day_and_a_reason_for_each_wrong_one() -> None:
    asked = _questions()
    assert [one.id for one in asked] == [rule for rule, _ in ASKED]
    for one in asked:
        assert [choice.is_right for choice in one.choices].count(True) == 1
        assert len(one.choices) >= 2, one.id
        assert all(choice.because for choice in one.choices if not choice.is_right)


def test_the_days_are_those_worked_out_by_hand() -> None:
    right = {one.id: next(choice.value for choice in one.choices if choice.is_right) for one in _questions()}
    # Easter Monday 2026 is 6 April: Friday 27 March + 1 working day; Tuesday 31 March + 15, over Good Friday and Easter
    # Monday; eight days with Friday 27 March as day 1; six months from 31 August.
    assert right["referral-decision-1wd"] == "2026-03-30"
    assert right["icpc-15wd"] == "2026-04-23"
    assert right["epo-8d"] == "2026-04-03"
    assert right["lac-review-subsequent-6m"] == "2027-02-28"


def test_what_is_chosen_is_explained_and_what_is_no_choice_is_ignored() -> None:
    chosen = {"referral-decision-1wd": "2026-03-27", "icpc-15wd": "<script>"}
    first, second = _questions(chosen)[:2]
    assert first.chosen is not None and first.chosen.because == "counts the start as day 1"
    assert second.chosen is None


def test_the_self_check_keeps_nothing_of_what_was_chosen(client: Fetch, source: MadeUp) -> None:
    page = client("/timescales/try-it-yourself")
    assert "Eight questions on how days are counted" in page.words()
    assert page.tree.xpath("//form[@method='post']//input[@type='radio']")
    assert not page.tree.xpath("//input[@checked]")
    assert source.purposes[-1] == "see the rulebook"


@pytest.mark.parametrize("path", [f"{CHILD}/due", "/due/ahead", "/timescales/cp-visit/pace"])
def test_an_empty_record_still_answers(client: Fetch, source: MadeUp, path: str) -> None:
    source.empty = True
    page = client(path)
    assert page.status == 200
    assert "Noth" in page.words()
