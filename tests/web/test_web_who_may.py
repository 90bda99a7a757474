"""The page of who may see what, and the command that says the same."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from keyworker.access import Beyond, permission_records, who_may
from keyworker.access.table import roles
from keyworker.actions.questions.permissions import WhoMay
from keyworker.cli import app
from keyworker.web.presenters.looking import WHAT, what
from keyworker.web.presenters.who_may import who_may_page
from tests.web.conftest import Page

Fetch = Callable[..., Page]


def test_whoever_asks_reads_their_own_roles_first_and_open(client: Fetch) -> None:
    page = client("/who-may-see-what")
    captions = [one.text_content().strip() for one in page.tree.xpath("//section[@class='kw-list']//caption")]
    assert captions[:3] == ["You, as social worker", "You, as team manager", f"Senior practitioner {len(who_may())}"]
    assert len(captions) == len(roles())
    assert len(page.tree.xpath("//details[@class='kw-folded']")) == len(roles()) - 2
    assert "social worker over FEN2; team manager over FEN1, as cover" in page.words()


def test_each_cell_stands_in_words_and_one_that_opens_nothing_says_so(client: Fetch) -> None:
    page = client("/who-may-see-what/workforce.csv").text
    assert "A child's record; One child's whole time with the service" in page
    assert "Nothing," in page
    assert "Posts and workforce" in page and "All of it,Workforce planning" in page


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (WhoMay((), Beyond.TEAM, None), "The council has set nothing"),
        (WhoMay((), Beyond.SERVICE, "service"), "the records of the whole service’s. The council’s setting"),
        (WhoMay((), Beyond.OWN, "everyone"), "says “everyone”, which is none of own, team, district and service"),
    ],
)
def test_the_page_says_how_far_the_councils_setting_lets_most_staff_see(found: WhoMay, says: str) -> None:
    assert says in who_may_page(permission_records(), found).setting


def test_the_command_gives_every_cell_to_a_program() -> None:
    answer = CliRunner().invoke(app, ["permissions", "--json"])
    assert answer.exit_code == 0, answer.output
    cells = json.loads(answer.stdout)
    assert len({(one["role"], one["thing"]) for one in cells}) == len(cells) == len(roles()) * len(who_may())
    analyst = {one["thing"]: one for one in cells if one["role"] == "performance analyst"}
    assert analyst["names"]["needs_reason"] and analyst["a child's record"]["how_far"] == "none"


def test_a_table_for_people_has_no_row_of_nothing() -> None:
    answer = CliRunner().invoke(app, ["permissions"])
    assert answer.exit_code == 0
    assert "nothing" not in answer.stdout


def test_every_word_of_the_log_is_said_in_words_on_its_page() -> None:
    routes = {route for row in who_may().values() for route in row.routes}
    assert routes - set(WHAT) == set()
    assert what("return cin-census") == "a return: cin-census"
    assert what("not given: child") == "not given: the record"
