"""Finding anyone: what is typed stays out of every address, and whoever was found is told in lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"


def test_every_page_has_the_one_box_in_its_head_and_what_is_typed_there_is_sent_in_a_form(client: Fetch) -> None:
    for path in ("/my-children", CHILD, "/due", "/measures"):
        (form,) = client(path).tree.xpath(
            "//header//form[@role='search'] | //*[@class='kw-header']//form[@role='search']"
        )
        assert (form.get("method"), form.get("action")) == ("post", "/find")
        assert form.xpath(".//input[@name='who']/@autocomplete") == ["off"]
    assert len(client("/find").tree.xpath("//form[@role='search']")) == 1


def test_what_is_typed_is_in_no_address_and_no_purpose(client: Fetch, source: MadeUp) -> None:
    page = client("/find", data={"who": "Testwood"})
    assert source.looked_for == ["Testwood"]
    assert set(source.purposes) == {"find somebody"}
    assert not [at for at in page.tree.xpath("//@href | //@action") if "estwood" in at]
    client("/find?who=Testwood")
    assert source.looked_for == ["Testwood"], "an address asks nothing"


def test_those_who_answer_are_told_in_lists_and_each_leads_on(client: Fetch) -> None:
    page = client("/find", data={"who": "some"})
    assert "2 children, 2 workers and 1 team answer to that." in page.words()
    assert page.tree.xpath("//section[@id='children']//tbody//a/@href") == [CHILD, f"/child/ch{9:022}"]
    assert "By a name that was written before" in page.words() and "Not open today" in page.words()
    assert "Has left" in page.words()
    assert page.tree.xpath("//section[@id='teams']//tbody//a/@href") == [f"/team/tm{1:022}"]
    assert page.tree.xpath("//input[@id='who']/@value") == ["some"]
    assert not page.tree.xpath("//tbody//b") and "<b>Child 9</b>" in page.words()


def test_the_one_child_who_can_be_meant_is_opened_at_once_and_one_who_is_only_near_is_not(client: Fetch) -> None:
    page = client("/find", data={"who": "one"})
    assert (page.status, page.headers["Location"]) == (302, CHILD)
    near = client("/find", data={"who": "near"})
    assert near.status == 200 and "1 child answers to that." in near.words()


def test_nobody_and_too_many_are_answers_that_say_what_to_do(client: Fetch) -> None:
    nobody = client("/find", data={"who": "nobody"}).words()
    assert "Nobody whom you may see answers to that." in nobody and "another spelling" in nobody
    many = client("/find", data={"who": "many"})
    assert "More than 20 children answer. The nearest 20 are here: type more to find one." in many.words()
    assert len(many.tree.xpath("//section[@id='children']//tbody/tr")) == 20


@pytest.mark.parametrize("typed", ["", "a", " - "])
def test_too_little_is_said_beside_the_field_and_asks_nothing(client: Fetch, source: MadeUp, typed: str) -> None:
    page = client("/find", data={"who": typed})
    assert page.status == 400 and source.looked_for == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#who"]
    assert page.tree.xpath("//p[@id='who-error']")


def test_a_very_long_text_is_cut_and_markup_in_it_is_words(client: Fetch, source: MadeUp) -> None:
    client("/find", data={"who": "some" + "x" * 5000})
    assert len(source.looked_for[0]) == 100
    page = client("/find", data={"who": "<script>some</script>"})
    assert not page.tree.xpath("//main//script")
