"""What another agency challenges itself, on its own page: that alone, with the answer and nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from keyworker.actions.challenges import WantedStage
from tests.web import made_plan_actions
from tests.web.conftest import Page
from tests.web.made_challenges import SCHOOLS
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
MINE = "/plan-actions"
NEW = f"{MINE}/{made_plan_actions.MINE.actions[0].action_id}/challenge"
OWN = f"{MINE}/challenges/{SCHOOLS.challenge_id}"
SAID = {"number": "e" * 32, "what": "No plan for nights.", "why": "He is afraid.", "due": "2026-12-01"}


def test_its_page_tells_what_it_challenged_how_that_was_answered_and_who_answers_nowhere(
    client: Fetch, source: MadeUp
) -> None:
    assert "What you challenged" not in client(MINE).words(), "whoever is no agency challenges from the child's page"
    source.another_agency = True
    page = client(MINE)
    first, second = (
        " ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='challenged']//tbody/tr")
    )
    assert "A. in class 4" in first and "Keep the <b>weekly</b> visits." in first and "Waits for an answer" in first
    assert "Not agreed. The plan <b>stands</b>." in first and "Notreal" not in first and "Fictitious" not in first
    assert "It was resolved on 20 September 2026" in second
    ways = page.tree.xpath("//section[@id='challenged']//tbody//a/@href")
    assert ways == [f"{OWN}/next", f"{OWN}/end"]


def test_a_challenge_is_raised_taken_further_and_ended_from_there(client: Fetch, source: MadeUp) -> None:
    assert client(NEW).status == 403
    source.another_agency = True
    assert client(NEW).status == 200 and "sees this, with the name of your sign-in" in client(NEW).words()
    assert client(NEW, data=SAID | {"why": ""}).tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    assert client(NEW, data=SAID).headers["Location"] == MINE
    ((action, wanted),) = source.written
    assert (action, wanted.raised_by, wanted.first.due_on) == ("d" * 32, "agency", date(2026, 12, 1))
    for name, said in (
        ("next", {"number": "2", "stage": "director", "due": "2026-12-01"}),
        ("end", {"outcome": "withdrawn", "says": "It was mended.", "on": "2026-11-20"}),
    ):
        assert client(f"{OWN}/{name}").status == 200 and client(f"{OWN}/{name}", data={"on": "x"}).status == 400, name
        assert client(f"{OWN}/{name}", data=said).headers["Location"] == MINE
    assert source.written[1:] == [
        (SCHOOLS.challenge_id, WantedStage("director", "", date(2026, 12, 1)), 2),
        (SCHOOLS.challenge_id, "withdrawn", "It was mended.", date(2026, 11, 20)),
    ]
    assert client(f"{MINE}/challenges/none-such/end").status == 404
