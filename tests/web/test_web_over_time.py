"""The sister pictures show what the stories hold, where it belongs, and say the same in words and as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from keyworker.facts.pictures import Gap, Role
from keyworker.facts.stories import Away, Count, HeldBy, Together
from keyworker.web.over_time import post, siblings, team, worker
from keyworker.web.over_time.lanes import Bar, Lane, Lanes, rows_apart, years_of
from keyworker.web.over_time.sheet import lie, narrow
from keyworker.web.throughline.shapes import Text
from keyworker.web.throughline.svg import svg
from tests.web import made_families, made_posts, made_teams, made_workers
from tests.web.conftest import Page
from tests.web.fictional import ADEYEMI, OKAFOR, TODAY, ago
from tests.web.source import MadeUp
from tests.web.within import assert_within

Fetch = Callable[..., Page]
WORKER = f"/worker/wk{4:022}"
POST = f"/post/po{77:022}"
CHILD = f"/child/ch{1:022}"


def test_a_worker_is_found_above_capacity_only_on_the_days_on_which_they_were() -> None:
    assert worker.finding(made_workers.worker(), "you") == (
        "In the last 12 months, you held 17 to 22 children, above the agreed capacity on 92 days."
    ), "22 against 18 from 1 June to 31 August"
    without = made_workers.worker(capacity=())
    assert worker.finding(without, "Sorrel").endswith("Sorrel held 17 to 22 children, no capacity has been agreed.")


def test_a_worker_who_left_is_found_in_their_last_year() -> None:
    left = made_workers.worker(until=ago(100), row=None)
    assert worker.finding(left, "Sorrel").startswith("In the last 12 months in post, Sorrel held")


def test_a_post_is_found_empty_in_days_and_covered_in_days() -> None:
    assert post.finding(made_posts.post()) == (
        "This post has had three people in 4 years 10 months, and was empty for 452 days, "
        "of which agency workers wholly covered 245."
    ), "92 from March 2023, 245 from June 2023, 115 from August 2026"
    never = made_posts.post(empty=())
    assert post.finding(never).endswith("and was never empty.")


def test_a_team_is_found_with_what_it_came_of_and_what_came_of_it() -> None:
    assert team.finding(made_teams.team_story()) == (
        "Fenwick 2 came of Fenwick unit 3 and Fenwick unit 4 on 1 January 2025 (merged) and split into Fenwick 5 on "
        "1 December 2025, and has 41 children."
    )
    alone = made_teams.no_team()
    alone = replace(alone, children=((alone.team.team_id, (Count(date(2025, 1, 1), 12),)),))
    assert team.finding(alone).startswith("Fenwick 2 has had no reorganisation recorded in")


@pytest.mark.parametrize(
    ("family", "says"),
    [
        (
            made_families.family(),
            "One brother or sister of Ashby Testwood is open too; two workers hold the two between them.",
        ),
        (
            (made_families.kin(1, "Ashby"), made_families.kin(2, "Birch")),
            "One brother or sister of Ashby is open too; one worker holds them all.",
        ),
        (
            (made_families.kin(1, "Ashby"), made_families.kin(2, "Birch", holds=())),
            "One brother or sister of Ashby is open too, one of them has no worker; one worker holds the others.",
        ),
        (
            (made_families.kin(1, "Ashby"), made_families.kin(2, "Birch", is_open=False)),
            "A brother or sister of Ashby was known to the service; none is open now.",
        ),
        (
            (made_families.kin(1, "Ashby", is_open=False), made_families.kin(2, "Birch")),
            "One brother or sister of Ashby is open to the service; Ashby is not.",
        ),
    ],
)
def test_brothers_and_sisters_are_found_by_whether_one_worker_holds_them(
    family: tuple[Together, ...], says: str
) -> None:
    assert siblings.finding(family, TODAY) == says


def test_a_lead_lies_over_an_accountable_worker_who_shows_only_while_nobody_leads() -> None:
    one = made_families.kin(1, "Ashby")
    (lane,) = siblings.sibling_lanes((one,), TODAY, "now").lanes
    ribbons = [bar.cls.split()[1] for bar in lane.bars if bar.cls.startswith("ribbon")]
    assert ribbons == ["is-accountable", "is-lead", "is-lead"], "the accountable worker held alone for 34 days"
    led = replace(one, holds=(HeldBy(ADEYEMI, Role.LEAD, date(2025, 3, 4), None), one.holds[2]))
    (lane,) = siblings.sibling_lanes((led,), TODAY, "now").lanes
    assert not [bar for bar in lane.bars if "is-accountable" in bar.cls]


def test_the_same_worker_has_the_same_tone_in_every_strip() -> None:
    first = siblings.sibling_lanes((made_families.kin(1, "Ashby"), made_families.kin(2, "Birch")), TODAY, "now")
    tones = [[bar.cls for bar in lane.bars if "is-lead" in bar.cls] for lane in first.lanes]
    assert tones[0] == tones[1]


def test_stretches_that_meet_stand_in_rows_of_their_own() -> None:
    spans = [(ago(30), ago(10)), (ago(20), ago(5)), (ago(10), ago(1))]
    assert rows_apart(spans) == [0, 1, 0]
    assert years_of(date(2025, 11, 1), date(2026, 1, 1)) == [(2025, date(2025, 11, 1), date(2026, 1, 1))]


DAYS = st.dates(date(2014, 1, 1), TODAY)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=20),
    st.lists(st.tuples(DAYS, st.integers(1, 900)), max_size=6),
    st.booleans(),
)
def test_whatever_the_story_nothing_is_drawn_outside_the_picture(
    counts: list[tuple[date, int]], spans: list[tuple[date, int]], ended: bool
) -> None:
    held = tuple(Count(day, many) for day, many in sorted(dict(counts).items()))
    away = tuple(Away(day, day + timedelta(days=n), None) for day, n in spans)
    places = tuple(made_posts.appointed(OKAFOR, day, day + timedelta(days=n)) for day, n in spans)
    story = made_workers.worker(
        held=held, absences=away, appointments=places, from_on=date(2014, 1, 1), until=ago(40) if ended else None
    )
    family = (made_families.kin(1, "A" * 60, gaps=tuple(Gap(day, day + timedelta(days=n)) for day, n in spans)),)
    pictures = [layout(worker.worker_lanes(story, "now")) for layout in (lie, narrow)]
    pictures += [layout(siblings.sibling_lanes(family, TODAY, "now")) for layout in (lie, narrow)]
    pictures += [layout(post.post_lanes(made_posts.post(people=places), "now")) for layout in (lie, narrow)]
    for picture in pictures:
        assert_within(picture)
        etree.fromstring(svg(picture, key="k", cls="c", title="t", description="d"))


def test_a_name_is_escaped_and_a_long_one_is_broken_not_cut() -> None:
    long = "Northern and Eastern Children’s Long Term Support Team Number Fourteen"
    lanes = Lanes(ago(100), TODAY, "now", (Lane((long,), 44, (Bar(ago(50), ago(10), "thin", 0, 10),)),), labels=170)
    words = " ".join(one.says for one in lie(lanes).shapes if isinstance(one, Text) and one.cls == "lane")
    assert words == long
    named = replace(OKAFOR, name='Bracken <script>"&Sample')
    story = made_posts.post(people=(made_posts.appointed(named, date(2024, 1, 1), None),))
    text = svg(lie(post.post_lanes(story, "now")), key="k", cls="c", title="t", description=post.description(story))
    assert "<script>" not in text
    assert not etree.fromstring(text).xpath("//@style|//*[local-name()='script']")


def test_a_worker_reads_of_themselves_in_their_own_words(client: Fetch) -> None:
    mine, theirs = client("/my-work"), client(WORKER)
    assert "You hold 17 children of 11 families, within the 18 agreed." in mine.words()
    assert "Sorrel Fictitious holds 17 children of 11 families, within the 18 agreed." in theirs.words()
    shown = [[row.text_content() for row in page.tree.xpath("//table//tr")] for page in (mine, theirs)]
    assert shown[0][: len(shown[1])] == shown[1], "whoever sees a worker sees no figure that the worker does not"
    facts = [page.tree.xpath("string(//dl[contains(@class, 'kw-facts')])") for page in (mine, theirs)]
    assert facts[0] == facts[1]


def test_a_workers_page_says_until_when_somebody_is_away_and_never_why(client: Fetch) -> None:
    words = client(WORKER).words().lower()
    assert "expected back 13 december 2026" in words
    for why in ("sick", "maternity", "parental", "reason"):
        assert why not in words


def test_what_the_browser_keeps_names_no_worker(client: Fetch) -> None:
    page = client(WORKER)
    assert "Sorrel" in page.tree.findtext(".//h1")
    assert "Sorrel" not in page.tree.findtext(".//title")


@pytest.mark.parametrize(
    "path", [WORKER, "/my-work", POST, f"/team/tm{1:022}/over-time", "/posts", "/posts?district=Fenwick", CHILD]
)
def test_every_table_of_a_picture_downloads_with_its_rows(client: Fetch, path: str) -> None:
    page = client(path)
    # Each planned visit is a line of the calendar.
    lists = "//section[contains(@class, 'kw-list') and not(@id='planned')]"
    sections = [one for one in page.tree.xpath(lists) if one.xpath(".//table")]
    assert sections
    for section in sections:
        (link,) = section.xpath(".//a[contains(@href, '.csv')]/@href")
        rows = [row for row in csv.reader(io.StringIO(client(link).text)) if len(row) > 1]
        assert len(rows) - 1 == len(section.xpath(".//tbody/tr")), link


def test_each_year_of_a_worker_leads_to_its_row(client: Fetch) -> None:
    page = client(WORKER)
    stops = page.tree.xpath("//*[@id='work-lying-title']/ancestor::*[1]//a/@href")
    assert [one for one in stops if one.startswith("#year-")] == ["#year-2024", "#year-2025", "#year-2026"]
    row = page.tree.xpath("string(//tr[@id='year-2026'])")
    assert "22" in row and "92 days" in row


def test_brothers_and_sisters_stand_on_a_childs_page_with_their_table(client: Fetch, source: MadeUp) -> None:
    page = client(CHILD)
    rows = page.tree.xpath("//section[@id='together']//tbody/tr")
    assert [row.xpath("string(th//*[contains(@class, 'kw-cell__body')]/*[1])") for row in rows] == [
        "Ashby Testwood",
        "Birch Testwood",
        "Clover Testwood",
    ]
    assert "another worker" in rows[1].text_content()
    assert "Not open now" in rows[2].text_content()
    assert not rows[0].xpath(".//a"), "the child of the page needs no way to its own page"
    source.empty = True
    assert not client(CHILD).tree.xpath("//section[@id='together']"), "a child of no known family has no such section"


def test_a_worker_nobody_knows_is_not_found_in_plain_words(client: Fetch) -> None:
    page = client("/worker/nobody-knows-this-one")
    assert page.status == 404
    assert "No worker is known by that name" in page.words()


def test_a_team_leads_to_its_time_and_its_posts(client: Fetch) -> None:
    links = client("/team?at=2026-11-20").tree.xpath("//nav[@aria-label='From here']//a/@href")
    handle = f"tm{1:022}"
    assert links[0] == f"/team/{handle}/over-time?at=2026-11-20"
    assert links[1] == f"/posts?at=2026-11-20&team={handle}"
    assert client(links[1]).status == 200


def test_vacancies_open_onto_the_posts_that_they_count(client: Fetch) -> None:
    doors = client("/service").tree.xpath("//section[@id='vacancies']//a[starts-with(@href, '/posts')]/@href")
    assert doors
    assert "are empty" in client(doors[0]).words()


def test_workers_are_named_with_a_way_to_their_pages(client: Fetch) -> None:
    for path in ("/team", CHILD, POST):
        assert [at for at in client(path).tree.xpath("//a/@href") if at.startswith("/worker/")], path


def test_what_is_not_recorded_is_said_so_and_never_as_nought() -> None:
    assert worker.finding(made_workers.nobody_at_work(), "you") == "Nothing is recorded of a child held by you."
    assert post.finding(made_posts.no_post()).startswith("How much of this post was filled cannot be told")
    assert team.finding(made_teams.no_team()) == "No reorganisation and no child of Fenwick 2 is recorded."


def test_a_team_that_is_over_is_said_as_on_its_last_day() -> None:
    story = made_teams.team_story()
    assert team.label(story, story.lineage[0]) == (
        "Fenwick unit 3: at most 31 children, 31 at the end; merged into Fenwick 2 on 1 January 2025"
    )


def test_a_team_with_no_child_says_so(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "No child is with this team at this moment." in client("/team").words()
