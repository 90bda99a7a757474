"""The forms of posts and recruitment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from keyworker.actions.kept_posts import WantedPost, WantedStep
from tests.web.conftest import Page
from tests.web.fictional import team
from tests.web.source import MadeUp
from tests.web.source.kept_posts import HANDLE

Fetch = Callable[..., Page]
POST = f"/post/{HANDLE}"
FORM = "7" * 32
NEW = {
    "post_id": "P0100",
    "title": "Social worker",
    "role_class": "case holder",
    "team": team().handle,
    "fte": "0.6",
    "holds": "yes",
    "funded": "no",
    "from": "2026-11-30",
}


def test_from_the_posts_one_is_written_down_with_every_answer(client: Fetch, source: MadeUp) -> None:
    assert client("/posts").tree.xpath("//a[text()='Write a new post down']/@href") == ["/posts/new"]
    done = client("/posts/new", data=NEW)
    assert (done.status, done.headers["Location"]) == (302, f"{POST}/keep")
    assert source.written == [
        WantedPost(
            "P0100", "Social worker", "case holder", team().team_id, Decimal("0.6"), True, False, date(2026, 11, 30)
        )
    ]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"post_id": "no number!"}, ["#post_id"]),
        ({"title": "", "role_class": "emperor"}, ["#title", "#role_class"]),
        ({"fte": "NaN"}, ["#fte"]),
        ({"fte": "1.01"}, ["#fte"]),
        ({"from": "31 February 2026"}, ["#from"]),
    ],
)
def test_what_is_wrong_with_a_post_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: Fetch, source: MadeUp, changed: dict[str, str], fields: list[str]
) -> None:
    page = client("/posts/new", data=NEW | changed)
    assert page.status == 400 and source.written == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == fields
    assert page.tree.xpath("string(//input[@id='title']/@value)") == (NEW | changed)["title"]


def test_the_page_of_a_post_says_what_stands_its_steps_and_what_was_changed_and_why(client: Fetch) -> None:
    assert client(POST).tree.xpath(f"//a/@href[.='{POST}/keep']")
    page = client(f"{POST}/keep")
    assert "Social worker, P0077, 0.6 of full time, since 2 February 2026." in page.words()
    assert page.tree.xpath("//section[@id='steps']//tbody//a/@href") == [f"{POST}/steps/73", f"{POST}/steps/72"]
    assert "A day less." in page.words() and not page.tree.xpath("//main//b")


def test_a_step_is_written_down_and_corrected_or_withdrawn_for_a_reason(client: Fetch, source: MadeUp) -> None:
    client(f"{POST}/steps/new", data={"kind": "offered", "on": "2026-11-20"})
    form = client(f"{POST}/steps/73").tree
    assert form.xpath("string(//select[@id='at_step']/option[@selected]/@value)") == "offered"
    assert form.xpath("string(//input[@id='outcome']/@value)") == "<b>took</b> another post"
    right = {"kind": "approved", "on": "2026-09-02", "number": FORM}
    assert client(f"{POST}/steps/72", data=right).status == 400
    client(f"{POST}/steps/72", data=right | {"why": "A day later."})
    client(f"{POST}/steps/72", data=right | {"why": "Never.", "withdraw": "yes"})
    assert source.written == [
        WantedStep("offered", date(2026, 11, 20)),
        (72, WantedStep("approved", date(2026, 9, 2)), "A day later."),
        (72, None, "Never."),
    ]


def test_a_change_begins_with_what_stands_and_needs_a_reason(client: Fetch, source: MadeUp) -> None:
    form = client(f"{POST}/change").tree
    assert form.xpath("string(//input[@id='fte']/@value)") == "0.6"
    page = client(f"{POST}/change", data={**NEW, "number": FORM})
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    client(f"{POST}/change", data={**NEW, "number": FORM, "why": "A day less.", "last": "2026-11-30"})
    (change,) = source.written
    assert (change.change_id, change.last_on, change.post.post_id) == (FORM, date(2026, 11, 30), "P0077")


def test_where_posts_are_kept_elsewhere_no_form_is_shown(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert not client("/posts").tree.xpath("//a[@href='/posts/new']")
    assert not client(POST).tree.xpath(f"//a/@href[.='{POST}/keep']")
    assert client("/posts/new").status == 403
