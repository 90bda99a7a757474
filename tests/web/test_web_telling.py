"""Words for another agency, on the pages: looked at before they are written, and by a second person before they go."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page
from tests.web.made_challenges import SCHOOLS as CHALLENGE
from tests.web.made_plan_actions import SCHOOLS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
ACTION = {
    "number": "e" * 32, "plan": "cp", "on": "2026-11-20", "what": "Fetch him from Quillberry Lane", "owner": "agency",
    "agency": "school", "account": "heather", "told_as": "A. in class 4", "due": "2026-12-04",
}  # fmt: skip
SAYS = {"answer": "agreed", "says": "They moved to Quillberry Lane.", "on": "2026-11-20"}
FORMS = {
    "a new action": (f"{CHILD}/plan/new", ACTION),
    "a day moved": (
        f"{CHILD}/plan/{SCHOOLS.action_id}/move", {"due": "2026-12-01", "why": "They moved to Quillberry Lane."}
    ),
    "what came of it": (
        f"{CHILD}/plan/{SCHOOLS.action_id}/end",
        {"done": "done", "on": "2026-11-20", "outcome": "Quillberry Lane is safe."},
    ),
    "an answer": (f"{CHILD}/challenges/{CHALLENGE.challenge_id}/answer", SAYS),
    "an end": (
        f"{CHILD}/challenges/{CHALLENGE.challenge_id}/end",
        {"outcome": "resolved", "says": "They moved to Quillberry Lane.", "on": "2026-11-20"},
    ),
}  # fmt: skip
ANSWER = f"{CHILD}/outside/action/{'a' * 32}"


@pytest.mark.parametrize("form", FORMS)
def test_who_writes_for_an_agency_sees_first_what_is_left_out_and_writes_by_sending_it_again(
    client: Fetch, source: MadeUp, form: str
) -> None:
    address, said = FORMS[form]
    source.marked = source.another_agency = True
    first = client(address, data=said)
    assert first.status == 200 and source.written == []
    assert "It is not written down yet." in first.words() and "until a second person has agreed" in first.words()
    (row,) = first.tree.xpath("//section[@id='left-out']//tbody/tr")
    assert "Quillberry Lane" in row.text_content() and "safe address" in row.text_content()
    (seen,) = first.tree.xpath("//form//input[@name='seen']/@value")
    assert client(address, data=said | {"seen": "0" * 64}).status == 200 and source.written == []
    assert client(address, data=said | {"seen": seen}).status == 302 and len(source.written) == 1


def test_where_nothing_is_marked_or_no_sign_in_reads_it_a_form_is_written_at_once(
    client: Fetch, source: MadeUp
) -> None:
    assert client(f"{CHILD}/plan/new", data=ACTION).status == 302
    source.marked = True
    assert client(f"{CHILD}/plan/new", data=ACTION | {"account": "", "told_as": ""}).status == 302
    assert client(FORMS["an answer"][0], data=SAYS).status == 302, "somebody here wrote it down for the agency"


def test_a_second_person_finds_it_looks_at_what_the_agency_would_read_and_answers(
    client: Fetch, source: MadeUp
) -> None:
    source.marked = True
    assert ANSWER in client("/copies").tree.xpath("//section[@id='outside']//a/@href")
    page = client(ANSWER)
    (told,) = page.tree.xpath("//section[@class='kw-copy']")
    assert "Left out: ask the child’s worker." in told.text_content() and "Quillberry" not in told.text_content()
    assert "Quillberry" in page.tree.xpath("//section[@id='left-out']")[0].text_content()
    form = {one.get("name"): one.get("value") for one in page.tree.xpath("//form//input[@type='hidden']")}
    assert client(ANSWER, data=form | {"step": "agree", "why": " "}).status == 400
    for step in ("agree", "refuse"):
        done = client(ANSWER, data=form | {"step": step, "why": "It names no place."})
        assert done.headers["Location"] == "/copies"
    assert [one[2:] for one in source.written] == [("It names no place.", True), ("It names no place.", False)]
    source.may_decide = False
    assert client(ANSWER).status == 403
