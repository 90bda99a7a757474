"""Letting a chart's limits start afresh from a page: form, check, writing, showing, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.rebases import QUESTIONS, WantedRebase
from tests.web.conftest import Page
from tests.web.made_areas import STANDS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
MEASURE = "/measures/cp-seen-20-working-days"
NEW = f"{MEASURE}/rebase"
WITHDRAW = f"{NEW}/{STANDS}/withdraw"
FILLED = {
    "rebase_id": "c" * 32,
    "from_on": "2026-03-31",
    "decided_by": "performance board",
    "why": "Visits are planned by the duty team.",
    **dict.fromkeys(QUESTIONS, "yes"),
}


def test_a_chart_without_fresh_limits_says_so_and_leads_to_the_form(client: Fetch) -> None:
    page = client(MEASURE)
    assert "Nobody has let them start afresh" in page.words()
    assert page.tree.xpath("//a[contains(., 'Let the limits start afresh')]/@href") == [NEW]


def test_fresh_limits_stand_on_the_chart_and_in_a_list_with_who_and_why(client: Fetch, source: MadeUp) -> None:
    source.rebased = True
    page = client(MEASURE)
    said = page.words()
    assert (
        "From 31 March 2026 limits are worked out afresh: Visits are planned by the duty team. "
        "(performance board, 20 April 2026)." in said
    )
    assert "withdrawn 20 April 2026 at 10.30am by ash: It did not last." in said
    assert "From 30 September 2025 limits" not in said, "what was withdrawn sets nothing"
    assert page.tree.xpath("//section[@id='rebases']//a/@href") == [WITHDRAW]
    # The chart of only the months after it is drawn has one section, and takes no decision that lies before it.
    assert client(f"{MEASURE}?months=12&at=2026-11-22").status == 200


def test_whoever_may_not_decide_sees_the_decisions_and_no_way_to_change_them(client: Fetch, source: MadeUp) -> None:
    source.rebased, source.may_decide = True, False
    page = client(MEASURE)
    assert "performance board" in page.words()
    assert not page.tree.xpath("//a[contains(@href, '/rebase')]")
    assert client(NEW).status == client(WITHDRAW).status == 403


def test_the_past_is_looked_at_and_not_changed(client: Fetch, source: MadeUp) -> None:
    source.rebased = True
    assert not client(f"{MEASURE}?at=2026-11-22").tree.xpath("//a[contains(@href, '/rebase')]")


def test_a_chart_that_is_not_drawn_has_no_limits_to_start_afresh(client: Fetch) -> None:
    page = client("/measures/changes-of-worker-12-months")
    assert not page.tree.xpath("//a[contains(@href, '/rebase')]")
    assert not page.tree.xpath("//section[@id='rebases']")


def test_the_chart_is_looked_at_before_anything_is_written(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"step": "check"})
    assert page.status == 200
    assert "with limits worked out afresh from 31 March 2026" in page.words()
    assert "From 31 March 2026 limits are worked out afresh" in page.words()
    assert source.written == []


def test_all_four_questions_must_be_answered_yes(client: Fetch, source: MadeUp) -> None:
    for name in QUESTIONS:
        said = {key: value for key, value in FILLED.items() if key != name}
        page = client(NEW, data=said | {"step": "decide"})
        assert page.status == 400
        assert page.tree.xpath("//div[@role='alert']//a/@href") == [f"#{name}"]
        assert len(page.tree.xpath("//input[@type='checkbox'][@checked]")) == 3, "nothing typed is lost"
    assert source.written == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"from_on": ""}, "from_on"),
        ({"from_on": "2026-03-30"}, "from_on"),
        ({"from_on": "2019-03-31"}, "from_on"),
        ({"from_on": "2026-11-30"}, "from_on"),
        ({"decided_by": " "}, "decided_by"),
        ({"why": ""}, "why"),
        ({"why": "x" * 501}, "why"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    client: Fetch, source: MadeUp, changed: dict[str, str], field: str
) -> None:
    page = client(NEW, data=FILLED | changed | {"step": "decide"})
    assert page.status == 400
    assert page.tree.xpath("//div[@role='alert']//a/@href") == [f"#{field}"]
    assert source.written == []


def test_a_month_from_which_limits_start_afresh_already_is_refused(client: Fetch, source: MadeUp) -> None:
    source.rebased = True
    assert "start afresh from that month already" in client(NEW, data=FILLED | {"step": "check"}).words()
    # From that month on another decision was withdrawn, so it may be made anew.
    assert client(NEW, data=FILLED | {"from_on": "2025-09-30", "step": "check"}).status == 200


def test_what_is_decided_is_written_and_leads_back_to_the_chart(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"step": "decide"})
    assert (page.status, page.headers["Location"]) == (302, f"{MEASURE}#rebases")
    assert source.written == [
        WantedRebase(
            "c" * 32,
            "cp-seen-20-working-days",
            date(2026, 3, 31),
            "performance board",
            "Visits are planned by the duty team.",
            frozenset(QUESTIONS),
        )
    ]


def test_a_withdrawal_needs_a_reason_and_is_written_with_it(client: Fetch, source: MadeUp) -> None:
    source.rebased = True
    assert client(WITHDRAW, data={"why": ""}).status == 400
    page = client(WITHDRAW, data={"why": "It did not last."})
    assert page.headers["Location"] == f"{MEASURE}#rebases"
    assert source.written == [("cp-seen-20-working-days", STANDS, "It did not last.")]


def test_a_measure_or_a_decision_that_is_none_has_no_form(client: Fetch) -> None:
    assert client("/measures/handsome/rebase").status == 404
    assert client(f"{NEW}/{'a' * 32}/withdraw").status == 404
