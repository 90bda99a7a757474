"""Each page renders, answers in its first sentence, and passes the checks that every page passes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from keyworker.clocks.readings import State
from keyworker.facts.moment import best_known
from keyworker.facts.pictures import Absent
from keyworker.facts.sources import HOLDERS
from keyworker.measures.counted import Counted
from keyworker.web.presenters.counted import counted_page
from keyworker.web.presenters.due import DuePage, calendar, due_page
from keyworker.web.presenters.frame import FEW, NAVIGATION, Link, grouped
from keyworker.web.presenters.service import service_page
from tests.web import fictional as made_up
from tests.web import made_service
from tests.web.conftest import Page
from tests.web.made_duties import dues
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
WORKER = f"/worker/wk{4:022}"
POST = f"/post/po{77:022}"
TEAM_OVER_TIME = f"/team/tm{1:022}/over-time"
PAGES = [
    "/my-children",
    CHILD,
    "/team",
    "/service",
    "/service?by=team&then=365",
    "/service/children/past?district=Fenwick",
    "/service/children/changed",
    "/my-work",
    "/supervision",
    WORKER,
    POST,
    TEAM_OVER_TIME,
    "/posts",
    "/posts?district=Fenwick",
    "/due",
    "/service/areas",
    "/measures",
    "/measures/cp-seen-20-working-days?by=district",
    "/measures/cp-seen-20-working-days/rebase",
    "/due?district=Fenwick",
    "/due/ahead",
    f"{CHILD}/due",
    "/nothing-recent",
    "/nothing-recent?district=Fenwick",
    "/service/missed",
    "/service/missed?by=team&back=91",
    "/service/missed/visits?district=Fenwick&what=no-worker",
    "/who-may-see-what",
    "/for-staff",
    "/roles",
    "/timescales",
    "/timescales/cp-visit",
    "/timescales/cp-visit/pace",
    "/timescales/try-it-yourself",
    "/timescales/rcpc-report-shared-5wd",
    "/timescales/cp-repeat-plan-any-time",
    "/figures",
    "/figures?council=873",
    "/figures/cin-rate-31-march",
    "/figures/cin-rate-31-march?council=873",
    "/figures/cin-duration-open?council=318&band=2+years+or+more&year=2015",
    "/figures/sw-average-caseload?council=928",
    "/loads",
    "/meaning",
    "/quality",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_renders_and_is_sound(client: Fetch, path: str) -> None:
    assert client(path).status == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_without_data_says_so_and_is_sound(client: Fetch, source: MadeUp, path: str) -> None:
    source.empty = True
    page = client(path)
    assert page.status == 200
    assert "Nothing has been loaded yet" in page.words()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_as_at_when_and_as_known_when(client: Fetch, path: str) -> None:
    page = client(path)
    assert "As at 23 November 2026, as best known now" in page.words()


@pytest.mark.parametrize(
    "path", [CHILD, WORKER, POST, TEAM_OVER_TIME, "/posts", "/my-children", "/team", "/service", "/quality"]
)
def test_a_page_about_another_moment_says_so_and_changes_its_edge(client: Fetch, path: str) -> None:
    page = client(f"{path}?at=2026-03-01&known=2026-03-05")
    assert "As at 1 March 2026, as it was known at the end of 5 March 2026" in page.words()
    assert page.tree.xpath("//body[contains(@class, 'kw-then')]")
    assert page.tree.xpath("//a[text()='Back to now']/@href") == [path]


def test_a_number_of_the_service_opens_onto_the_children_it_counts(client: Fetch, source: MadeUp) -> None:
    service = client("/service?at=2026-11-20")
    door = next(at for at in service.tree.xpath("//table//a/@href") if at.startswith("/service/children/past"))
    assert "at=2026-11-20" in door
    page = client(door)
    assert "have not been seen when they should have been" in page.words()
    listed = page.tree.xpath("//section[@id='children']//tbody/tr")
    assert len(listed) == 2
    download = client(page.tree.xpath("//a[contains(@href, '.csv')]/@href")[0])
    assert download.text.count("Testwood") == 2


def test_a_number_that_nobody_counts_is_not_a_page(client: Fetch) -> None:
    assert client("/service/children/handsome").status == 404


def test_my_team_counts_from_the_day_on_which_it_was_last_looked_at(client: Fetch, source: MadeUp) -> None:
    assert "Since you last looked, 19 November 2026" in client("/team").words()
    assert "Since you last looked" not in client("/team?at=2026-11-20").words()
    source.empty = True
    assert "Since you last looked" not in client("/team").words()


def test_a_childs_name_stands_in_the_heading_and_not_in_what_the_browser_keeps(client: Fetch) -> None:
    page = client(CHILD)
    assert "Ashby" in page.tree.findtext(".//h1")
    assert "Ashby" not in page.tree.findtext(".//title")


def test_the_analyst_takes_the_workbook_and_the_rows_set_aside_from_the_page(client: Fetch) -> None:
    words, loads = client("/meaning"), client("/loads")
    assert "keyworker load meanings.xlsx" in words.words()
    (workbook,) = words.tree.xpath("//a[contains(@href, '.xlsx')]/@href")
    (aside,) = loads.tree.xpath("//a[contains(@href, '.zip')]/@href")
    assert client(workbook).body[:2] == b"PK"
    packed = zipfile.ZipFile(io.BytesIO(client(aside).body))
    assert packed.namelist() == ["set-aside-2.csv"]


def test_the_loads_page_lists_what_was_refused_with_the_reason_and_who_tried(client: Fetch, source: MadeUp) -> None:
    (row,) = client("/loads").tree.xpath("//section[@id='refused']//tbody/tr")
    said = " ".join(row.itertext())
    for words in (
        "extract.zip",
        "by analyst",
        "20 November 2026",
        "has no column",
        "in cin_visits.csv",
        "Add the column",
    ):
        assert words in said
    source.empty = True
    assert "No file has been refused." in client("/loads").words()


@pytest.mark.parametrize(
    ("path", "what", "holds_names"),
    [
        ("/loads", "page: records, loads", False),
        ("/service", "page: service, vacancies", False),
        ("/team", "page: team, workers", True),
    ],
)
def test_what_a_page_gives_away_is_listed_among_the_exports(
    client: Fetch, source: MadeUp, path: str, what: str, holds_names: bool
) -> None:
    for address in client(path).tree.xpath("//a[contains(@href, '.csv')]/@href"):
        assert client(address).status == 200
    listed = {said: names for said, _, names in source.downloads}
    assert listed[what] is holds_names
    assert set(listed.values()) == {holds_names}


def test_every_timescale_has_a_page_with_its_source_and_an_example(client: Fetch, source: MadeUp) -> None:
    """All 137, and the one that a child's own plan makes."""
    rules = {row["rule"] for row in source.rules(best_known(date(2026, 11, 23)))}
    assert len(rules) == 138
    for rule in sorted(rules):
        page = client(f"/timescales/{rule}")
        assert page.status == 200, rule
        assert "An example, counted now" in page.words() and "Who says so" in page.words(), rule


def test_what_is_due_begins_with_what_is_past_its_date_and_says_why(client: Fetch) -> None:
    page = client("/due")
    assert "Two things are past their date, for 1 child." in page.words()
    assert page.tree.xpath("//details[contains(@class, 'kw-why')]")


def test_a_long_list_of_what_is_due_shows_the_first_and_says_how_many_there_are() -> None:
    many = [one for one in dues() if one.reading.state is State.OVERDUE and one.child] * 3

    def made(most: int | None) -> DuePage:
        return due_page(many, date(2026, 11, 23), str, str, whose="Fenwick", most=most)

    cut, whole = made(2).table("overdue"), made(None).table("overdue")
    assert cut is not None and whole is not None and len(many) > 2
    assert len(cut.rows) == 2 and cut.rows == whole.rows[:2] and len(whole.rows) == len(many)
    assert cut.caption == f"Past its date: Fenwick: the first 2 of {len(many)}"
    assert whole.caption == "Past its date: Fenwick" and made(2).answer == made(None).answer


def test_a_calendar_of_what_is_due_holds_nothing_of_any_child() -> None:
    text = calendar(dues(), datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert "SUMMARY:Hold the initial child protection conference: 1 due" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    for one in dues():
        if one.child:
            assert one.child.name not in text and one.child.handle not in text


def test_a_number_of_many_children_is_turned_page_by_page() -> None:
    rows = [made_up.child(n) for n in range(1, 451)]

    def names(number: int) -> list[str]:
        shown = counted_page(rows, Counted.OPEN, "", made_up.TODAY, lambda handle: f"/child/{handle}", number)
        return [row[0].href for row in shown.table.rows]

    pages = [names(number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [200, 200, 50]
    assert len({one for page in pages for one in page}) == 450, "every child stands on one page"
    assert names(99) == pages[2] and names(0) == pages[0]
    shown = counted_page(rows, Counted.OPEN, "", made_up.TODAY, lambda _: "", 2)
    assert shown.more == "Here are the 201 to 400 of 450; the download holds all of them."
    assert len(shown.whole.rows) == 450


@pytest.mark.parametrize("page", ["2", "-1", "x", "9" * 30, "²"])
def test_a_page_of_a_list_that_is_none_gives_the_nearest(client: Fetch, page: str) -> None:
    answer = client(f"/service/children/open?page={page}")
    assert answer.status == 200
    assert "the download holds all" not in answer.words(), "ten children need no second page"


def test_a_words_meaning_is_said_in_words(client: Fetch) -> None:
    words = client("/meaning").words()
    assert "Lead worker" in words
    assert "A guess: conference and review" in words
    for code in ("and Y", "and N", "holds_cases"):
        assert code not in words


def test_data_quality_names_the_widest_weakness_first(client: Fetch) -> None:
    words = client("/quality").words()
    assert "Two kinds of weakness were found, of 3 looked for; the widest: workers with no hours, 19%." in words
    assert "`" not in words


def test_a_teams_page_leads_to_what_is_due_to_its_children(client: Fetch, source: MadeUp) -> None:
    (door,) = client("/team").tree.xpath("//a[contains(., 'What is due to this team')]/@href")
    assert client(door).status == 200
    assert any(what.startswith("due to ") and what != "due to mine" for what, _ in source.calls)


def test_a_day_before_the_extracts_is_not_counted_as_if_nobody_held_the_children() -> None:
    told = date(2026, 10, 1)
    day_before = made_service.service(told_from=told, moment=best_known(date(2026, 9, 30)))
    page = service_page(day_before, lambda handle: f"/team/{handle}")
    assert page.answer == "The service of 30 September 2026 cannot be told."
    assert "whole from 1 October 2026" in page.more[0]
    assert (page.spread, page.tables, page.mean) == ((), (), "")
    that_day = service_page(
        made_service.service(told_from=told, moment=best_known(told), then=best_known(date(2026, 9, 30))), str
    )
    assert that_day.tables and "have not been seen" in that_day.answer
    assert (
        that_day.then
        == "How it was on 30 September 2026 cannot be told: what the extracts hold is whole from 1 October 2026."
    )
    assert not any(
        "then" in note for table in that_day.tables for row in table.rows for cell in row for note in cell.notes
    )


def test_where_nobody_is_open_or_no_involvement_was_ever_loaded_the_service_does_not_say_who_has_a_worker() -> None:
    nobody = made_service.service(total=replace(made_service.service().total, children=0, unallocated=0))
    assert service_page(nobody, str).answer == "No child is open to the service."
    unheld = service_page(made_service.service(absent=(Absent(HOLDERS, "the extract's table involvements"),)), str)
    assert unheld.more[0] == ("No extract says who was involved with a child, so it cannot be told who has a worker.")


@pytest.mark.parametrize("path", ["/my-children", "/team"])
def test_a_day_before_the_extracts_says_that_lists_are_not_whole(client: Fetch, path: str) -> None:
    assert "The extracts tell who held children from 6 January 2020 on." in client(f"{path}?at=2020-01-05").words()
    assert "The extracts tell" not in client(f"{path}?at=2020-01-06").words()


def test_few_pages_stand_by_themselves_and_many_in_groups_of_which_none_is_lost() -> None:
    every = tuple(Link(text, f"/{page}", page == "due", page) for _, page, text in NAVIGATION)
    assert [group.name for group in grouped(every[:FEW])] == [""] * FEW
    groups = grouped(every)
    assert sorted(link.text for group in groups for link in group.links) == sorted(link.text for link in every)
    assert len(groups) <= FEW and [group.name for group in groups if group.here] == ["Children"]
    alone = grouped((*every[:FEW], every[-1]))
    assert alone[-1].name == "" and alone[-1].links == (every[-1],), "a group of one is no group"
