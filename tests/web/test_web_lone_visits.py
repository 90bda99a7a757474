"""Going alone to a visit, on the pages: saying so, one tap to be back, and what stands first for whoever waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from keyworker.actions.lone_visits import WantedAlone
from tests.web import made_plans
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
PLANNED = f"{CHILD}/visits/planned/{made_plans.TODAYS.planned_id}"
FORM = f"{PLANNED}/alone"
SAID = {"number": "e" * 32, "back_by": "17:30", "told": made_plans.GOERS[1].handle}


def test_a_planned_visit_leads_to_saying_that_one_goes_alone_and_what_is_typed_wrong_is_kept(
    client: Fetch, source: MadeUp
) -> None:
    assert FORM in client(PLANNED).tree.xpath("//main//a/@href")
    page = client(FORM)
    assert "With no signal nobody is told anything" in page.words() and not page.tree.xpath("//main//b")
    wrong = client(FORM, data=SAID | {"back_by": "08:30", "told": "x"})
    assert wrong.status == 400 and wrong.tree.xpath("//input[@name='back_by']/@value") == ["08:30"]
    assert wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#back_by", "#told"]
    assert client(FORM, data=SAID).headers["Location"] == "/alone"
    assert source.written == [(made_plans.TODAYS.planned_id, WantedAlone("e" * 32, time(17, 30), "w2"))]


def test_whoever_waits_sees_first_who_is_not_back_and_whoever_is_out_says_so_in_one_tap(
    client: Fetch, source: MadeUp
) -> None:
    page = client("/alone")
    assert page.tree.xpath("string(//p[@class='kw-answer'])") == (
        "Hazel Notreal is not back by 08:30 on 23 November 2026, and nobody has said that they are safe."
    )
    theirs, mine = f"/alone/{made_plans.THEIRS.lone_id}", f"/alone/{made_plans.MINE.lone_id}"
    assert page.tree.xpath("//main//form/@action") == [mine] and theirs in page.tree.xpath("//main//a/@href")
    assert client(theirs, data={"says": ""}).status == 400, "whoever reached them says how they know"
    for path, said in ((mine, {"answer": "back"}), (theirs, {"says": "I spoke to her at 9."})):
        assert client(path, data=said).headers["Location"] == "/alone"
    assert source.written == [
        (made_plans.MINE.lone_id, "back", ""),
        (made_plans.THEIRS.lone_id, "reached", "I spoke to her at 9."),
    ]
    assert client("/alone/none-such", data={"answer": "back"}).headers["Location"] == "/alone"
    source.empty = True
    assert "Nobody is out alone for whom you wait, and you are not." in client("/alone").words()
