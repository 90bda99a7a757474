"""One record, four doors: the page, its download, the command and Python give the same figures."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.cli import app
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
