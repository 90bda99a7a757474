"""What a child's plan asks, on the pages: the list, the forms, and one's own actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.plan_actions import WantedAction
from tests.web.conftest import Page
from tests.web.fictional import ADEYEMI
from tests.web.made_plan_actions import MINE, SCHOOLS, WORKERS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
PLAN = f"{CHILD}/plan"
NEW = f"{PLAN}/new"
FORM = "e" * 32
SAID = {
    "number": FORM, "plan": "cp", "on": "2026-11-20", "what": "Ring the surgery", "owner": "worker",
    "worker": ADEYEMI.handle, "due": "2026-12-04",
}  # fmt: skip


def rows(page: Page, table: str) -> list[str]:
    return [" ".join(row.text_content().split()) for row in page.tree.xpath(f"//section[@id='{table}']//tbody/tr")]


def test_the_list_says_what_the_plan_asks_of_whom_by_when_and_what_came_of_it(client: Fetch) -> None:
    assert PLAN in client(CHILD).tree.xpath("//main//a/@href")
    page = client(PLAN)
    assert "Ashby Testwood’s plan asks 2 things that are still to be done. 1 is past its day." in page.words()
    school, mother = rows(page, "to-do")
    assert "Ring home <b>by nine</b>" in school and "School or college" in school and not page.tree.xpath("//tbody//b")
    assert "For: To be in school every day" in school and "written down" in school
    assert "Mother" in mother and "18 December 2026" in mother
    (done,) = rows(page, "ended")
    assert "Done 18 November 2026" in done and "It is warm." in done and "Written down 20 November 2026" in done
    assert "First agreed for 10 November 2026. Moved: Housing was shut." in done


def test_an_action_is_written_down_and_a_form_that_says_too_little_keeps_what_was_typed(
    client: Fetch, source: MadeUp
) -> None:
    wrong = client(NEW, data=SAID | {"worker": ""})
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#worker"]
    assert wrong.tree.xpath("//input[@id='what']/@value") == ["Ring the surgery"] and source.written == []
    done = client(NEW, data=SAID)
    assert (done.status, done.headers["Location"]) == (302, PLAN)
    assert source.written == [
        WantedAction(
            FORM, date(2026, 11, 20), "cp", "Ring the surgery", "worker", date(2026, 12, 4),
            worker_id=ADEYEMI.worker_id,
        )
    ]  # fmt: skip


def test_a_form_sent_again_with_other_words_is_shown_again_under_a_new_number(client: Fetch, source: MadeUp) -> None:
    source.sent_otherwise = True
    again = client(NEW, data=SAID)
    assert again.status == 400 and "says something else" in again.words()
    (number,) = again.tree.xpath("//input[@name='number']/@value")
    assert number != FORM and len(number) == 32


def test_an_action_given_to_a_sign_in_that_nobody_has_is_not_written_and_says_what_to_do(
    client: Fetch, source: MadeUp
) -> None:
    school = SAID | {"owner": "agency", "agency": "school", "account": "nobody", "told_as": "A. in class 4"}
    wrong = client(NEW, data=school)
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#account"]
    assert "leave it empty, or have the name given the role of a partner first" in wrong.words()
    assert wrong.tree.xpath("//input[@id='account']/@value") == ["nobody"] and source.written == []


def test_a_day_is_moved_for_a_reason_and_an_action_ends_with_what_came_of_it(client: Fetch, source: MadeUp) -> None:
    way = f"{PLAN}/{SCHOOLS.action_id}"
    assert client(f"{way}/move", data={"due": "2026-12-01", "why": ""}).status == 400
    assert client(f"{way}/end", data={"done": "given up", "on": "2026-11-20", "outcome": ""}).status == 400
    assert source.written == []
    client(f"{way}/move", data={"due": "2026-12-01", "why": "The head was away."})
    client(f"{way}/end", data={"done": "done", "on": "2026-11-20", "outcome": "He is in."})
    assert source.written == [
        (SCHOOLS.action_id, date(2026, 12, 1), "The head was away."),
        (SCHOOLS.action_id, date(2026, 11, 20), True, "He is in."),
    ]


@pytest.mark.parametrize("action", [WORKERS.action_id, "none-such"])
def test_what_has_ended_or_was_never_asked_is_not_changed(client: Fetch, action: str) -> None:
    assert {client(f"{PLAN}/{action}/{way}").status for way in ("move", "end")} == {404}


def test_another_agency_is_shown_its_words_for_the_child_and_no_way_to_the_record(
    client: Fetch, source: MadeUp
) -> None:
    page = client("/plan-actions")
    (theirs,), (done,) = rows(page, "to-do"), rows(page, "ended")
    assert "A. in class 4" in theirs and "Ashby Testwood" in done
    way = f"/plan-actions/{MINE.actions[0].action_id}/end"
    assert page.tree.xpath("//section[@id='to-do']//tbody//a/@href") == [way]
    done_now = client(way, data={"done": "done", "on": "2026-11-20", "outcome": "Rung twice."})
    assert done_now.headers["Location"] == "/plan-actions"
    assert source.written == [(MINE.actions[0].action_id, date(2026, 11, 20), True, "Rung twice.")]


def test_whoever_may_not_write_reads_it_and_is_led_nowhere_and_where_it_is_not_kept_here_it_says_so(
    client: Fetch, source: MadeUp
) -> None:
    source.may_decide = False
    assert not client(PLAN).tree.xpath("//main//a[contains(@href, 'plan/')]") and client(NEW).status == 403
    source.allocates_here = False
    assert "What a plan asks is recorded in the case system" in client(PLAN).words()
    source.empty = True
    assert "Nothing is written down of what Ashby Testwood’s plan asks." in client(PLAN).words()
    assert "Nothing that is yours under a child’s plan" in client("/plan-actions").words()
