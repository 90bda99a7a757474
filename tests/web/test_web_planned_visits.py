"""Planning a visit, moving it and calling it off on the pages, and what they say of it. Today is 23 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from keyworker.actions.planned_visits import WantedEnd, WantedPlan
from keyworker.web.presenters.planned_visits import planned_for
from tests.web import made_plans
from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
PLAN = f"{CHILD}/visits/plan"
FORM = "c" * 32
GOER = made_plans.GOERS[0]
FILLED = {"together_id": FORM, "children": ["1", "2"], "on": "2026-12-01", "part": "after school", "who": GOER.handle}


def planned(one: str) -> str:
    return f"{CHILD}/visits/planned/{one}"


def test_three_interactions_from_my_children_plan_a_visit(client: Fetch, source: MadeUp) -> None:
    page = client("/my-children")
    doors = page.tree.xpath("//section[@id='lead']//a[text()='Plan a visit']/@href")
    assert doors and all(door.endswith("/visits/plan") for door in doors)
    assert "Tuesday 1 December 2026, after school" in page.words()
    form = client(PLAN)
    assert form.tree.xpath("//input[@name='children'][@checked]/@value") == ["1"]
    assert form.tree.xpath("//select[@id='who']/option[@selected]/text()") == ["Sorrel Fictitious"]
    assert not form.tree.xpath("//input[@type='radio'][@checked]")
    answer = client(PLAN, data=FILLED)
    assert (answer.status, answer.headers["Location"]) == (302, planned(f"{FORM}-1"))
    assert source.written == [WantedPlan(FORM, date(2026, 12, 1), None, "after school", "w1", None, "", ("c1", "c2"))]


def test_a_plan_that_says_too_little_keeps_what_was_typed_and_leads_to_each_field(
    client: Fetch, source: MadeUp
) -> None:
    page = client(PLAN, data={"on": "soon", "time": "25:00", "who": "nobody", "place": "school"})
    links = page.tree.xpath("//div[@role='alert']//a/@href")
    assert page.status == 400 and source.written == [] and set(links) == {"#on", "#time", "#who", "#children"}
    for link in links:
        assert page.tree.xpath(f"//*[@id='{link[1:]}']"), link
    assert page.tree.xpath("//input[@name='place'][@checked]/@value") == ["school"]


def test_a_planned_visit_is_moved_and_called_off_by_somebody_for_a_reason(client: Fetch, source: MadeUp) -> None:
    one = made_plans.COMING.planned_id
    page = client(planned(one)).words()
    assert "is planned for Tuesday 1 December 2026, after school. Sorrel Fictitious goes." in page
    assert "It counts for nothing until the visit is written down." in page
    form = client(f"{planned(one)}/move")
    assert form.tree.xpath("//input[@name='on']/@value") == ["2026-12-01"]
    assert client(f"{planned(one)}/move", data={"on": "2026-12-02", "who": GOER.handle}).status == 400
    said = {"together_id": FORM, "on": "2026-12-02", "time": "9:30", "who": GOER.handle, "by": "family", "why": "Ill."}
    assert client(f"{planned(one)}/move", data=said).headers["Location"] == planned(f"{FORM}-1")
    assert client(f"{planned(one)}/call-off", data={"by": "family"}).status == 400
    off = client(f"{planned(one)}/call-off", data={"by": "service", "why": "Snow."})
    assert off.headers["Location"] == planned(one)
    moved, called_off = source.written
    assert (moved[1].planned_on, moved[1].planned_time, moved[2]) == (
        date(2026, 12, 2),
        time(9, 30),
        WantedEnd("family", "Ill."),
    )
    assert called_off == (one, WantedEnd("service", "Snow."))


def test_a_visit_is_written_down_from_its_plan_with_nothing_said_of_the_child(client: Fetch, source: MadeUp) -> None:
    page = client(planned(made_plans.TODAYS.planned_id))
    (way,) = page.tree.xpath("//a[text()='Record this visit']/@href")
    form = client(way)
    assert form.tree.xpath("//input[@name='time']/@value") == ["15:30"]
    assert form.tree.xpath("//input[@checked]/@name") == ["place", "announced"], "nothing of the child is chosen"
    assert form.tree.xpath("//select[@id='planned']/option[@selected]/@value") == [made_plans.TODAYS.together_id]
    said = {"together_id": FORM, "on": "2026-11-23", "1-outcome": "no access", "planned": made_plans.TODAYS.together_id}
    client(f"{CHILD}/visits/new", data=said)
    client(f"{CHILD}/visits/new", data=said | {"together_id": "d" * 32, "planned": "';--"})
    assert [one.planned for one in source.written] == [made_plans.TODAYS.together_id, ""]


def test_the_childs_page_says_when_the_next_visit_is_planned_and_keeps_what_became_of_each(client: Fetch) -> None:
    page = client(CHILD)
    assert "The next visit is planned for Monday 23 November 2026 at 15:30." in page.words()
    cells = page.tree.xpath("//section[@id='planned']//tbody/tr")
    assert len(cells) == 4
    assert "Moved" in page.words() and "In court that day." in page.words()
    assert "Its day has passed, and no visit is written down" in page.words()
    assert "The next visit" not in client(f"{CHILD}?at=2026-11-22").words()


def test_my_visits_say_what_is_planned_today_and_which_days_passed(client: Fetch, source: MadeUp) -> None:
    page = client("/visits")
    assert "One planned for today; of 1 visit the day has passed and nothing is written down." in page.words()
    assert len(page.tree.xpath("//a[text()='Record it']")) == 2
    source.empty = True
    assert "No visit of yours is planned." in client("/visits").words()


def test_what_is_due_says_whether_a_visit_is_planned_in_time(client: Fetch, source: MadeUp) -> None:
    (row,) = client("/due").tree.xpath("//tr[contains(., 'Visit a child')]")
    assert "Planned past its date, for 1 December 2026" in row.text_content()
    assert "Planned past its date, for 23 November 2026" in client(f"{CHILD}/due").words()
    source.visited = False
    assert "Not planned" in client(f"{CHILD}/due").words()
    due_on = made_plans.COMING.planned_on
    assert planned_for(due_on, made_plans.COMING) == "Planned in time, for 1 December 2026"
    assert planned_for(None, made_plans.COMING) == ""


def test_the_calendar_holds_each_visit_to_make_with_its_time_and_nothing_of_a_child(client: Fetch) -> None:
    text = client("/due.ics").body.decode()
    assert f"UID:{made_plans.TODAYS.together_id}@keyworker\r\n" in text
    assert "DTSTART:20261123T153000Z\r\nSUMMARY:A planned visit\r\n" in text
    assert "DTSTART;VALUE=DATE:20261201\r\nSUMMARY:A planned visit\\, after school\r\n" in text
    for word in ("Testwood", "Child 1", "c1", made_plans.TODAYS.handle):
        assert word not in text


def test_what_protects_a_visitor_stands_before_every_form_of_a_visit_with_a_review_that_is_overdue(
    client: Fetch, source: MadeUp
) -> None:
    for path in (PLAN, f"{CHILD}/visits/new", planned(made_plans.COMING.planned_id)):
        (before,) = client(path).tree.xpath("//section[@aria-labelledby='before-the-door-title']")
        assert "Nobody visits alone: See the <b>risk</b> note." in before.text_content()
        assert "to be looked at again by 1 September 2026 and was not" in before.text_content()
    assert "Before you visit" not in client(planned(made_plans.MOVED.planned_id)).words()
    source.empty = True
    assert "Before you visit" not in client(PLAN).words()
