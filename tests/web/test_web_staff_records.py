"""The pages of what is recorded of a worker: the list, one worker, each form, correcting an entry, learning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keyworker.actions.new_workers import WantedWorker
from tests.web.conftest import Page
from tests.web.fictional import ADEYEMI
from tests.web.source import MadeUp
from tests.web.source.staff_records import SENT

Fetch = Callable[..., Page]
RECORD = f"/worker/{ADEYEMI.handle}/record"
FORM = "7" * 32


def test_those_in_post_stand_apart_from_those_in_none_and_nothing_is_no_blank(client: Fetch, source: MadeUp) -> None:
    page = client("/staff")
    assert [len(page.tree.xpath(f"//section[@id='{part}']//tbody/tr")) for part in ("staff", "others")] == [1, 1]
    source.empty = True
    assert "Nobody is in post today." in client("/staff").words()


def test_somebody_new_is_written_down_and_the_post_comes_next(client: Fetch, source: MadeUp) -> None:
    assert client("/staff").tree.xpath("//main//a[contains(@class, 'govuk-button')]/@href") == ["/staff/new"]
    wrong = client("/staff/new", data={"worker_id": "no number!", "name": "New Madeup"})
    assert wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#worker_id", "#job_title"]
    done = client("/staff/new", data={"worker_id": "w9", "name": "New Madeup", "job_title": "Social worker"})
    assert done.headers["Location"] == f"{RECORD}/start"
    assert source.written == [WantedWorker("w9", "New Madeup", "Social worker")]


def test_the_page_of_a_worker_says_what_stands_and_never_why_somebody_is_away(client: Fetch) -> None:
    page = client(RECORD)
    words = page.words()
    assert "Expected back on 14 December 2026" in words and "MADEUPREASON" not in words and "Sick" not in words
    assert "Social Work England, number SW0000001, renewed by 30 November 2026 at the latest" in words
    assert "It falls outside the hours that the worker works. The worker did not come: called to court" in words
    assert f"{RECORD}/expected-return" in page.tree.xpath("//main//li/a/@href")
    assert f"{RECORD}/absence" not in page.tree.xpath("//main//li/a/@href"), "one goes on"
    assert "A day later." in words and not page.tree.xpath("//main//td//b")


def test_a_form_says_what_is_wrong_keeps_what_was_typed_and_is_written_once(client: Fetch, source: MadeUp) -> None:
    page = client(f"{RECORD}/training-need", data={"subject": "neglect", "number": FORM})
    assert page.status == 400 and source.written == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#happened_on", "#asked_by", "#aim"]
    assert page.tree.xpath("string(//input[@id='subject']/@value)") == "neglect"
    back = {"last_on": "20 November 2026", "of": "92", "number": FORM}
    assert client(f"{RECORD}/return", data=back).headers["Location"] == RECORD
    (wanted,) = source.written
    assert (wanted.form.kind, wanted.of, wanted.said["last_on"]) == ("return", 92, "2026-11-20")
    need = {"happened_on": "2026-11-02", "subject": "neglect", "asked_by": "audit", "aim": "made up"}
    assert client(f"{RECORD}/training-need", data=need | {"number": SENT}).status == 302


def test_an_entry_is_corrected_for_a_reason_or_withdrawn_and_a_kind_of_absence_is_not_filled_in(
    client: Fetch, source: MadeUp
) -> None:
    form = client(f"{RECORD}/absence/92").tree
    assert form.xpath("string(//input[@id='from_on']/@value)") == "2026-11-02"
    hint = "string(//*[@id='why-hint'])"
    assert "Do not say why they were away" in form.xpath(hint)
    assert "why they were away" not in client(f"{RECORD}/registration/93").tree.xpath(hint)
    assert not form.xpath("//select[@id='reason_class']/option[@selected][@value!='']")
    assert client(f"{RECORD}/absence/92", data={"from_on": "2026-11-03", "number": FORM}).status == 400
    right = {"from_on": "2026-11-03", "expected_return_on": "2026-12-14", "why": "A day later.", "number": FORM}
    assert client(f"{RECORD}/absence/92", data=right).status == 302
    gone = client(f"{RECORD}/absence/92", data={"withdraw": "yes", "why": "Never.", "number": FORM})
    assert gone.status == 302
    belongs = client(f"{RECORD}/training_need/96", data={"withdraw": "yes", "why": "Never.", "number": FORM})
    assert belongs.tree.xpath("//div[@role='alert']//a/@href") == ["#withdraw"]
    assert [(entry, wanted is None, why) for _, entry, wanted, why in source.written] == [
        (92, False, "A day later."),
        (92, True, "Never."),
    ]


def test_what_workers_learn_is_listed_by_name_with_why_they_did_not_come(client: Fetch) -> None:
    words = client("/learning").words()
    assert "1 session offered" in words and "called to court" in words and "Neglect, online" in words


@pytest.mark.parametrize("path", ["/staff/new", f"{RECORD}/absence", f"{RECORD}/absence/92"])
def test_where_it_is_kept_elsewhere_no_form_is_given(client: Fetch, source: MadeUp, path: str) -> None:
    source.may_decide = False
    assert client(path).status == 403
    page = client(RECORD)
    assert not page.tree.xpath("//main//li/a") and "This is kept in the workforce system" in page.words()


def test_the_worker_sees_what_is_kept_of_them_with_the_number_and_others_without(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert "SW0000001" in client("/my-work/record").words()
    assert "SW0000001" not in client(RECORD).words()
    assert client("/my-work").tree.xpath("//main//a[@href='/my-work/record']")
