"""The form by which a visit is written down, what stands written, and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from keyworker.actions.visits import Visited, WantedVisit
from keyworker.facts.visit_pairs import VisitPair
from keyworker.vocabulary.words import VisitOutcome
from keyworker.web.presenters.visits import pair_counted
from tests.web.conftest import Page
from tests.web.made_visits import NOTE, WITHDRAWN
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
NEW = f"{CHILD}/visits/new"
FORM = "c" * 32
FILLED = {"together_id": FORM, "on": "2026-11-23", "1-outcome": "seen alone"}


def test_three_interactions_from_my_children_write_a_visit_down(client: Fetch, source: MadeUp) -> None:
    doors = client("/my-children").tree.xpath("//section[@id='lead']//a[text()='Record a visit']/@href")
    assert len(doors) == 5 and doors[0].endswith("/visits/new")
    form = client(NEW)
    assert form.tree.xpath("//input[@name='on']/@value") == ["2026-11-23"], "the day is today unless said otherwise"
    page = client(NEW, data=FILLED)
    assert (page.status, page.headers["Location"]) == (302, f"{CHILD}/visits/{FORM}-1")
    assert source.written == [
        WantedVisit(FORM, date(2026, 11, 23), None, "", None, "", (Visited("c1", "cp", VisitOutcome.SEEN_ALONE),))
    ]


def test_nothing_is_chosen_beforehand(client: Fetch, source: MadeUp) -> None:
    form = client(NEW)
    assert not form.tree.xpath("//input[@checked]")
    assert set(source.purposes) == {"write down a visit to a child", "go on with what one has begun to write"}
    assert "Child 2 Testwood" in form.words()


def test_one_entry_is_for_brothers_and_sisters_each_with_what_came_of_it(client: Fetch, source: MadeUp) -> None:
    said = FILLED | {
        "time": "15:30",
        "place": "home",
        "announced": "no",
        "present": "A grandmother.",
        "1-words": "Wants to swim.",
        "1-bedroom": "yes",
        "2-outcome": "seen",
        "2-why": "In a grandmother’s arms.",
        "2-awake": "yes",
        "2-kind": "cin",
    }
    assert client(NEW, data=said).status == 302
    (wanted,) = source.written
    assert (wanted.happened_time, wanted.place, wanted.announced) == (time(15, 30), "home", False)
    first, second = wanted.children
    assert (first.bedroom, first.words, first.awake) == (True, "Wants to swim.", None)
    assert (second.kind, second.outcome, second.awake) == ("cin", "seen", True)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client: Fetch, source: MadeUp) -> None:
    said = FILLED | {"on": "2026-11-24", "1-outcome": "seen", "1-words": "Wants to swim.", "2-words": "Smiled."}
    page = client(NEW, data=said)
    assert page.status == 400 and source.written == []
    assert page.tree.xpath("//div[@role='alert']//a/@href") == ["#on", "#1-why", "#2-outcome"]
    assert "Say why the child was not seen alone (Child 1 Testwood)" in page.words()
    assert page.tree.xpath("//textarea[@id='1-words']/text()") == ["Wants to swim."]
    assert page.tree.xpath("//input[@id='1-outcome-2']/@checked") and not page.tree.xpath("//*[@id='on']/@checked")
    nothing = client(NEW, data={"on": "2026-11-23"})
    assert nothing.tree.xpath("//div[@role='alert']//a/@href") == ["#1-outcome"]


def test_every_error_leads_to_a_field_that_is_there_and_says_it_again(client: Fetch) -> None:
    said = {"on": "soon", "time": "25:99", "1-outcome": "cancelled", "2-outcome": "not seen", "present": "x" * 501}
    page = client(NEW, data=said)
    links = page.tree.xpath("//div[@role='alert']//a/@href")
    assert links == ["#on", "#present", "#time", "#1-cancelled_by", "#2-why"]
    for link in links:
        assert page.tree.xpath(f"//*[@id='{link[1:]}']") and page.tree.xpath(f"//*[@id='{link[1:]}-error']")


def test_a_form_that_is_sent_twice_leads_back_to_the_child(client: Fetch, source: MadeUp) -> None:
    client(NEW, data=FILLED)
    again = client(NEW, data=FILLED)
    assert (again.status, again.headers["Location"]) == (302, f"{CHILD}#visits-here")
    assert len(source.written) == 1


def test_a_word_that_is_none_of_the_forms_own_is_never_written(client: Fetch, source: MadeUp) -> None:
    hostile = FILLED | {"together_id": "'; drop table --", "place": "<b>", "2-outcome": "seen alone", "2-kind": "x"}
    client(NEW, data=hostile)
    (wanted,) = source.written
    assert len(wanted.together_id) == 32 and wanted.place == "" and wanted.children[1].kind == "cp"


def test_where_visits_are_kept_in_the_case_system_nothing_asks_anybody_to_type_one(
    client: Fetch, source: MadeUp
) -> None:
    source.may_visit_children = False
    assert "Record a visit" not in client("/my-children").words()
    assert "Record a visit" not in client(CHILD).words()
    assert client(NEW).status == 403
    assert client(NEW, data=FILLED).status == 403 and source.written == []


def test_the_past_is_looked_at_and_not_written_in(client: Fetch) -> None:
    assert "Record a visit" not in client("/my-children?at=2026-11-22").words()
    assert "Record a visit" not in client(f"{CHILD}?at=2026-11-22").words()


def test_the_childs_page_lists_what_was_written_here_and_each_opens(client: Fetch) -> None:
    page = client(CHILD)
    assert page.tree.xpath("//section[@id='visits-here']//tbody//a/@href") == [
        f"{CHILD}/visits/{NOTE.visit_id}",
        f"{CHILD}/visits/{WITHDRAWN.visit_id}",
    ]
    told = client(f"{CHILD}/visits/{NOTE.visit_id}").words()
    for words in ("was seen on 20 November 2026", "Seen, with somebody else there", "15:30", "Wants to swim."):
        assert words in told
    gone = client(f"{CHILD}/visits/{WITHDRAWN.visit_id}")
    assert "It was another family." in gone.words() and not gone.tree.xpath("//a[contains(@href, 'withdraw')]")


def test_a_withdrawal_needs_a_reason_and_is_written_with_it(client: Fetch, source: MadeUp) -> None:
    address = f"{CHILD}/visits/{NOTE.visit_id}/withdraw"
    assert client(address).status == 200
    assert client(address, data={"why": " "}).status == 400 and source.written == []
    page = client(address, data={"why": "It was another family."})
    assert page.headers["Location"] == f"{CHILD}/visits/{NOTE.visit_id}"
    assert source.written == [(NOTE.visit_id, "It was another family.")]


def test_what_was_typed_is_shown_as_words_never_as_markup(client: Fetch, source: MadeUp) -> None:
    page = client(NEW, data=FILLED | {"on": "", "1-words": "<script>alert(1)</script>"})
    assert not page.tree.xpath("//textarea//script") and "<script>alert(1)</script>" in page.words()


def test_of_a_visit_that_the_case_system_may_tell_of_too_a_person_is_asked(client: Fetch, source: MadeUp) -> None:
    address = f"{CHILD}/visits/{NOTE.visit_id}"
    assert "Is it this one" not in client(address).words()
    source.changes = 2
    assert (
        "1 visit that you wrote down may be one of which the case system tells too"
        in client("/visits-to-match").words()
    )
    assert "until you answer they count as two visits" in client("/visits-to-match").words().lower()
    page = client(address)
    assert "The case system tells of a visit to Child 1 Testwood on 17 November 2026. Is it this one" in page.words()
    (action,) = page.tree.xpath("//form[contains(@action, 'match')]/@action")
    assert client(action, data={"same": "yes"}).headers["Location"] == address
    client(action, data={"same": "perhaps"})
    assert source.written == [(NOTE.visit_id, True)]
    assert pair_counted(VisitPair("v", "c1", date(2026, 11, 20), date(2026, 11, 19), is_one=True)).startswith(
        "Until you answer they count as one visit"
    )
