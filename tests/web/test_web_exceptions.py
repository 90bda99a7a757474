"""The form by which a manager agrees an exception, its check, and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from keyworker.actions.exceptions import Wanted
from tests.web.conftest import Page
from tests.web.made_duties import AGREED
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
# Due on 20 November 2026, three days before today.
NEW = f"{CHILD}/exceptions/new?rule=cp-visit&due=2026-11-20"
WITHDRAW = f"{CHILD}/exceptions/{AGREED}/withdraw"
FILLED = {
    "exception_id": "c" * 32,
    "agreed": "later",
    "later": "4 December 2026",
    "granted_by": "team manager",
    "reason": "The family is abroad.",
}


def test_each_open_duty_leads_to_the_form_and_every_exception_is_listed_with_who_and_why(client: Fetch) -> None:
    page = client(f"{CHILD}/due")
    doors = page.tree.xpath("//section[@id='open']//a[text()='Agree one']/@href")
    assert doors[0] == NEW
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='exceptions']//tbody/tr")]
    assert "by 2 December 2026" in rows[0] and "team manager" in rows[0] and "The family is abroad." in rows[0]
    assert "by sorrel" in rows[0] and "after its date had passed" in rows[0]
    assert "Withdrawn. It said: not asked for this time" in rows[1] and "by ash: It was another child." in rows[1]
    assert "loaded from a file (pack)" in rows[2]
    assert page.tree.xpath("//section[@id='exceptions']//a[text()='Withdraw it']/@href") == [WITHDRAW]


def test_whoever_may_not_agree_sees_the_exceptions_and_no_way_to_change_them(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    page = client(f"{CHILD}/due")
    assert "The family is abroad." in page.words()
    assert not page.tree.xpath("//a[contains(@href, '/exceptions/')]")
    assert client(NEW).status == 403
    assert client(WITHDRAW).status == 403


def test_the_past_is_looked_at_and_not_changed(client: Fetch) -> None:
    page = client(f"{CHILD}/due?at=2026-11-22")
    assert not page.tree.xpath("//a[contains(@href, '/exceptions/')]")


def test_the_form_asks_what_by_whom_and_why_and_begins_with_the_managers_role(client: Fetch, source: MadeUp) -> None:
    page = client(NEW)
    assert page.status == 200
    assert page.tree.xpath("//input[@name='granted_by']/@value") == ["team manager"]
    assert "due 20 November 2026" in page.words()
    assert not page.tree.xpath("//input[@checked]")
    assert set(source.purposes) == {
        "agree an exception from a timescale",
        "go on with what one has begun to write",
    }


def test_what_is_missing_or_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(client: Fetch) -> None:
    page = client(NEW, data=FILLED | {"later": "31 February", "reason": "", "step": "check"})
    assert page.status == 400
    errors = page.tree.xpath("//div[@role='alert']//a/@href")
    assert errors == ["#later", "#reason"]
    assert page.tree.xpath("//input[@name='later']/@value") == ["31 February"]
    nothing = client(NEW, data={"step": "check"})
    assert nothing.tree.xpath("//div[@role='alert']//a/@href") == ["#agreed-later", "#reason"]


def test_it_is_checked_before_it_is_written_and_can_be_changed(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"step": "check"})
    said = page.words()
    assert page.status == 200 and "Check what will be written down" in said
    assert "It may come later: by 4 December 2026" in said and "The family is abroad." in said
    assert "after its date had passed" in said
    assert source.written == []
    again = client(NEW, data=FILLED | {"step": "change"})
    assert again.tree.xpath("//textarea/text()") == ["The family is abroad."]
    assert source.written == []


def test_what_is_agreed_is_written_with_its_duty_and_leads_back_to_the_child(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"step": "agree"})
    assert (page.status, page.headers["Location"]) == (302, f"{CHILD}/due#exceptions")
    assert source.written == [
        Wanted("c" * 32, "cp-visit", date(2026, 11, 20), date(2026, 12, 4), "team manager", "The family is abroad.")
    ]


def test_what_is_not_asked_for_needs_no_date_and_ignores_one(client: Fetch, source: MadeUp) -> None:
    client(NEW, data=FILLED | {"agreed": "not-asked", "step": "agree"})
    (wanted,) = source.written
    assert wanted.new_due_on is None


def test_a_number_that_is_none_of_the_forms_own_is_never_written(client: Fetch, source: MadeUp) -> None:
    client(NEW, data=FILLED | {"exception_id": "'; drop table --", "step": "agree"})
    (wanted,) = source.written
    assert len(wanted.exception_id) == 32 and wanted.exception_id.isalnum()


@pytest.mark.parametrize("query", ["rule=cp-visit&due=2026-11-21", "rule=handsome&due=2026-11-20", "rule=cp-visit", ""])
def test_a_duty_that_is_not_open_has_no_form(client: Fetch, source: MadeUp, query: str) -> None:
    page = client(f"{CHILD}/exceptions/new?{query}", data=FILLED | {"step": "agree"})
    assert page.status == 409
    assert "no longer open" in page.words()
    assert source.written == []


def test_a_withdrawal_needs_a_reason_and_is_written_with_it(client: Fetch, source: MadeUp) -> None:
    assert client(WITHDRAW).status == 200
    refused = client(WITHDRAW, data={"why": " "})
    assert refused.status == 400 and refused.tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert source.written == []
    page = client(WITHDRAW, data={"why": "The family is back."})
    assert page.headers["Location"] == f"{CHILD}/due#exceptions"
    assert source.written == [(AGREED, "The family is back.")]


def test_an_exception_that_nobody_knows_cannot_be_withdrawn(client: Fetch) -> None:
    assert client(f"{CHILD}/exceptions/{'d' * 32}/withdraw").status == 404


def test_a_hostile_reason_is_shown_as_words(client: Fetch) -> None:
    page = client(NEW, data=FILLED | {"reason": "<script>alert(1)</script>", "step": "check"})
    assert "<script>alert" not in page.text and "<script>alert(1)</script>" in page.words()


def test_no_name_of_a_child_is_in_what_the_browser_keeps(client: Fetch) -> None:
    for path in (NEW, WITHDRAW):
        page = client(path)
        assert "Ashby" in page.words() and "Ashby" not in page.tree.findtext(".//title")
