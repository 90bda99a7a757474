"""One record, four doors: the page, its download, the command and Python give the same figures."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.actions.pictures import service_picture
from keyworker.cli import app
from keyworker.facts.columns import follow
from keyworker.facts.columns.store import Store
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import last_act
from keyworker.facts.teams import teams_at
from keyworker.measures.evidence import evidence
from keyworker.measures.quality import findings
from keyworker.measures.service import groups
from keyworker.record.connect import DatabaseRole
from tests.servers.started import Database
from tests.web.test_web_real_record import NOW, Fetch, loaded, record

__all__ = ["loaded", "record"]

AT = NOW.date()


@pytest.fixture
def command(record: Database, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on the record and give its rows."""
    monkeypatch.setenv("DATABASE_URL", record.url)

    def run(*words: str) -> list[dict[str, Any]]:
        done = CliRunner().invoke(app, [*words, "--at", AT.isoformat(), "--format", "json"])
        assert done.exit_code == 0, done.output
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    return run


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as they would be printed, so that a date and its words are the same."""
    return json.loads(json.dumps(rows, default=str))


def test_the_service_is_the_same_by_command_and_by_python(command: Any, record: Database) -> None:
    with kw.open(purpose="test") as opened:
        for by in ("district", "team"):
            assert plain(opened.best_known(AT).service(by).to_dicts()) == command("service", "--by", by)


def test_children_and_a_childs_story_are_the_same_by_command_and_by_python(command: Any, record: Database) -> None:
    rows = command("children")
    with kw.open(purpose="test") as opened:
        known = opened.best_known(AT)
        assert plain(known.children().to_dicts()) == rows
        child = rows[0]["child_id"]
        assert plain(known.child(child).to_dicts()) == command("child", child)


def test_the_service_counts_the_children_that_are_listed(command: Any) -> None:
    children, service = command("children"), command("service")
    whole = service[-1]
    assert whole["children"] == len(children) == sum(row["children"] for row in service[:-1])
    assert whole["past_interval"] == sum(1 for child in children if child["standing"] == "past")
    assert whole["unallocated"] == sum(1 for child in children if not child["lead_id"] and not child["accountable_id"])
    for group in service[:-1]:
        listed = [child for child in children if (child["district"] or "no team") == group["group"]]
        assert group["children"] == len(listed)


def test_the_page_shows_what_the_command_prints(client: Fetch, command: Any) -> None:
    page = client("/service", account="head.of.service")
    words = " ".join(page.words().split())
    for group in command("service"):
        if group["past_interval_of"]:
            assert f"{group['past_interval']:,} of {group['past_interval_of']:,}" in words


def test_a_workers_download_lists_the_children_that_the_command_lists(client: Fetch, command: Any) -> None:
    page = client("/my-children", account="social.worker")
    shown = {at.split("/")[2].split("?")[0] for at in page.tree.xpath("//a/@href") if at.startswith("/child/")}
    listed = {child["handle"]: child for child in command("children")}
    assert shown and shown <= set(listed)
    link = next(at for at in page.tree.xpath("//a/@href") if "csv" in at)
    downloaded = client(link, account="social.worker")
    _, *rows = [row for row in csv.reader(io.StringIO(downloaded.text.lstrip("\ufeff"))) if len(row) > 1]
    leads = {listed[handle]["lead_id"] for handle in shown if listed[handle]["lead_id"]}
    assert len(rows) == sum(1 for child in listed.values() if child["lead_id"] in leads and child["handle"] in shown)


def test_a_worker_over_time_is_the_same_by_page_by_command_and_by_python(
    client: Fetch, command: Any, record: Database
) -> None:
    child = next(one for one in command("children") if one["lead_id"])
    worker = child["lead_id"]
    rows = command("worker", worker)
    assert rows and rows[-1]["on"] == AT.isoformat()
    with kw.open(purpose="test") as opened:
        assert plain(opened.best_known(AT).worker(worker).to_dicts()) == rows
    page = client(f"/worker/{_handle(record, 'worker', worker)}", account="director")
    shown = page.tree.xpath("//section[@id='months']//tbody/tr")
    assert len(shown) == len(rows)
    latest = [one.text_content() for one in shown[0].xpath("td//*[contains(@class, 'kw-cell__text')]")]
    assert latest[:2] == [str(rows[-1]["children"]), str(rows[-1]["most_children"])]
    held = [one for one in command("children") if (one["lead_id"] or one["accountable_id"]) == worker]
    assert rows[-1]["children"] == len(held)


def test_a_worker_is_the_same_in_every_list_and_on_their_own_page(client: Fetch, command: Any) -> None:
    mine = client("/my-work", account="social.worker")
    children = {at.split("/")[2] for at in mine.tree.xpath("//section[@id='children']//a/@href") if "/child/" in at}
    listed = [one for one in command("children") if one["handle"] in children]
    (worker,) = {one["lead_id"] or one["accountable_id"] for one in listed}
    assert f"You hold {len(listed)} child" in mine.words()
    assert command("worker", worker)[-1]["children"] == len(listed)


def test_a_post_and_the_posts_are_the_same_by_page_by_command_and_by_python(
    client: Fetch, command: Any, record: Database
) -> None:
    posts = command("posts")
    with kw.open(purpose="test") as opened:
        known = opened.best_known(AT)
        assert plain(known.posts().to_dicts()) == posts
        one = next(post for post in posts if post["vacant_fte"])
        rows = command("post", one["post_id"])
        assert plain(known.post(one["post_id"]).to_dicts()) == rows
    page = client(f"/post/{one['handle']}", account="workforce")
    shown = page.tree.xpath("//section[@id='people']//tbody/tr")
    assert len(shown) == sum(1 for row in rows if row["what"] in ("in post", "empty"))
    empty = client("/posts", account="workforce").tree.xpath("//section[@id='empty']//tbody/tr")
    assert len(empty) == sum(1 for post in posts if post["vacant_fte"] and post["holds_cases"])


def test_the_posts_that_are_listed_add_up_to_the_vacancies_of_each_group(command: Any) -> None:
    posts = [post for post in command("posts") if post["holds_cases"]]
    for by, name in (("district", "district"), ("team", "team")):
        for group in command("service", "--by", by)[:-1]:
            listed = [post for post in posts if (post[name] or "no team") == group["group"]]
            assert round(sum(post["vacant_fte"] for post in listed), 2) == (group["vacancies"] or 0), group["group"]
            assert round(sum(post["uncovered_fte"] for post in listed), 2) == round(group["truly_uncovered"] or 0, 2)


def test_a_team_over_time_is_the_same_by_page_by_command_and_by_python(
    client: Fetch, command: Any, record: Database
) -> None:
    child = next(one for one in command("children") if one["team_id"])
    rows = command("team-over-time", child["team_id"])
    with kw.open(purpose="test") as opened:
        assert plain(opened.best_known(AT).team_over_time(child["team_id"]).to_dicts()) == rows
    handle = _handle(record, "team", child["team_id"])
    page = client(f"/team/{handle}/over-time", account="director")
    assert len(page.tree.xpath("//section[@id='months']//tbody/tr")) == len(rows)
    last = next(row for row in reversed(rows) if row["team_id"] == child["team_id"])
    assert last["on"] == AT.isoformat()
    listed = [one for one in command("children") if one["team_id"] == child["team_id"]]
    assert last["children"] == len(listed)
    assert last["unallocated"] == sum(1 for one in listed if not one["lead_id"] and not one["accountable_id"])


def _handle(record: Database, kind: str, number: str) -> str:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        return handles_of(connection, HandleKind(kind), [number])[number]


def test_the_columns_give_the_figures_that_the_record_gives(record: Database) -> None:
    moments = [Moment(AT - timedelta(days=back), known_at) for back in (0, 1, 200, 500) for known_at in (None, NOW)]
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection, Store() as store:
        store.follow(connection)
        act = last_act(connection)
        assert act is not None
        with store.after(act[0]) as columns:
            assert columns is not None
            for moment in moments:
                lens = lens_at(connection, moment)
                teams = teams_at(connection, lens)
                found = [
                    ([groups(evidence(source, lens, teams), by) for by in ("district", "team")], findings(source, lens))
                    for source in (connection, columns)
                ]
                assert found[0] == found[1]
                assert found[0][0][0][1].children > 0 or moment.at < AT - timedelta(days=400)


def test_a_service_beside_an_earlier_day_gives_what_each_day_gives_alone(record: Database) -> None:
    now, then = Moment(AT - timedelta(days=3)), Moment(AT - timedelta(days=300))
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        follow(connection)
        both = service_picture(connection, now, "team", then)
        lenses = [lens_at(connection, moment) for moment in (now, then)]
        alone = [groups(evidence(connection, lens, teams_at(connection, lens)), "team") for lens in lenses]
    assert [(both.groups, both.total), (both.groups_then, both.total_then)] == alone
