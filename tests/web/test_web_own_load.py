"""A worker's own load as a page, and the forms by which it is said not to be right and answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from keyworker.actions.load_challenges import WantedChallenge
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
FORM = "7" * 32
WAITS, LATE, MINE, ANSWERED = (f"/load-challenges/{letter * 32}" for letter in "abcd")
OTHER = f"/worker/wk{4:022}/load"


def test_the_load_says_how_many_of_how_many_families_what_they_weigh_and_against_what(client: Fetch) -> None:
    page = client("/my-load")
    assert "You hold 3 children of 2 families: 1 more than the 2 agreed. Together they weigh 2.5." in page.words()
    assert "1 child of a status without a weight" in page.words()
    assert page.tree.xpath("//a[text()='This is not right']/@href") == ["/my-load/challenge"]
    assert page.tree.xpath("//a[text()='Who has looked at the figures about me']/@href") == ["/my-work/looked"]


def test_every_child_has_a_part_and_who_does_not_count_has_a_reason(client: Fetch) -> None:
    page = client("/my-load")
    counted = page.tree.xpath("//section[@id='counts']//tbody/tr")
    beside = page.tree.xpath("//section[@id='does-not-count']//tbody/tr")
    assert (len(counted), len(beside)) == (3, 1)
    assert "with whom the child counts" in beside[0].text_content()
    assert "Load policy (example)" in page.tree.xpath("//section[@id='weights']")[0].text_content()
    assert not page.tree.xpath("//section[@id='counts']//a[contains(@href, '.csv')]")


def test_for_the_line_it_names_whose_it_is_and_asks_nothing(client: Fetch) -> None:
    page = client(OTHER)
    assert "1 child counts whom you may not see." in page.words()
    assert not page.tree.xpath("//a[text()='This is not right']")


def test_without_weights_or_children_it_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    page = client("/my-load").words()
    assert "You hold no child." in page and "The council has set no weights" in page
    assert "Nobody who says that their load is not right waits for you." in client("/loads-to-answer").words()


def test_a_worker_says_what_is_not_right_and_why(client: Fetch, source: MadeUp) -> None:
    said = client("/my-load/challenge", data={"challenge_id": FORM, "part": "weight", "reason": "Two are looked after"})
    assert (said.status, said.headers["Location"]) == (302, f"/load-challenges/{FORM}")
    assert source.written == [WantedChallenge(FORM, "weight", "Two are looked after")]


@pytest.mark.parametrize(
    ("part", "reason", "fields"),
    [
        ("", "", ["#part", "#reason"]),
        ("child counted", "Still so.", ["#part"]),  # one waits already
        ("weight", "x" * 501, ["#reason"]),
        ("'; drop table", "Why", ["#part"]),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: Fetch, source: MadeUp, part: str, reason: str, fields: list[str]
) -> None:
    page = client("/my-load/challenge", data={"challenge_id": FORM, "part": part, "reason": reason})
    assert page.status == 400 and source.written == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == fields
    assert page.tree.xpath("string(//textarea[@id='reason'])").strip() == reason


def test_the_managers_list_says_what_waits_and_where_the_service_is_late_and_gives_no_file(client: Fetch) -> None:
    page = client("/loads-to-answer")
    assert "2 workers say that a load is not right, 1 of them past the day: there the service is late." in page.words()
    assert page.tree.xpath("//section[@id='challenges']//tbody//a/@href") == [LATE, WAITS]
    assert not page.tree.xpath("//a[contains(@href, '.csv')]")


def test_a_manager_answers_in_words_and_half_an_answer_is_none(client: Fetch, source: MadeUp) -> None:
    half = client(WAITS, data={"answer": "put right", "says": " "})
    assert half.status == 400 and half.tree.xpath("//div[@role='alert']//a/@href") == ["#says"]
    whole = client(WAITS, data={"answer": "put right", "says": "Moved on 20 November."})
    assert whole.headers["Location"] == WAITS
    assert source.written == [("a" * 32, "put right", "Moved on 20 November.")]


def test_the_worker_takes_it_back_or_says_whether_the_answer_settles_it(client: Fetch, source: MadeUp) -> None:
    assert client(MINE).tree.xpath("//form/@action") and not client(MINE).tree.xpath("//input[@name='answer']")
    client(f"{MINE}/take-back", data={"sent": "yes"})
    assert "The child came back on 1 November." in client(ANSWERED).words()
    client(f"{ANSWERED}/settle", data={"settled": "no"})
    assert source.written == ["c" * 32, ("d" * 32, False)]


def test_who_may_not_answer_has_no_form_and_what_was_typed_is_words_never_markup(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    page = client(WAITS)
    assert not page.tree.xpath("//input[@name='answer']")
    assert not page.tree.xpath("//main//b") and "<b>Counted</b> twice." in page.words()
    assert client(f"/load-challenges/{'9' * 32}").status in (400, 404, 409)


def test_a_first_year_says_what_is_kept_what_is_not_since_when_and_where_it_is_promised(client: Fetch) -> None:
    words = client("/my-load").words()
    assert "Not kept since 2 November 2026" in words and "By 1 December 2026" in words
    assert "Early careers policy (example)" in words


def test_the_heads_list_stands_by_district_and_leads_to_each_load(client: Fetch, source: MadeUp) -> None:
    page = client("/first-years")
    assert "1 worker is in their first year; a promise to 1 of them is not kept." in page.words()
    assert page.tree.xpath("//tbody//a/@href") == [OTHER]
    assert not page.tree.xpath("//a[contains(@href, '.csv')]")
    source.empty = True
    assert "Nobody of whom you answer is in their first year." in client("/first-years").words()
