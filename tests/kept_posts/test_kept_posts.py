"""Posts and recruitment by hand, through the real door, on the record of the access tests. Today is 20 March 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from keyworker.actions.kept_posts import WantedChange, WantedPost, WantedStep, problems_of_step
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.frames import frames
from keyworker.facts.moment import Moment
from keyworker.facts.stories import PostRow
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.sources.postgres import PostgresSource
from keyworker.record.connect import DatabaseRole
from keyworker.returns.workforce_census import write
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import TODAY, told
from tests.servers.started import Database, Server
from tests.time_asked.test_time_asked import door

FIRST = date(2026, 2, 2)
POST = WantedPost("P-100", "Social worker", "case holder", "t1", Decimal("0.6"), True, True, FIRST)
LOADED = {"post_id": "P-1", "title": "Social worker", "team_id": "t2", "fte": 1, "holds_cases": True}


@pytest.fixture(scope="module")
def made(embedded_server: Server) -> Iterator[Database]:
    """The service, and a post that a file told."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, post=[LOADED | {"role_class": "case holder", "from_on": FIRST}])
    yield made
    embedded_server.drop(made)


def listed(record: Database, at: date = TODAY, known_at: datetime | None = None) -> dict[str, PostRow]:
    with door(record, "director") as director:
        return {row.post.post_id: row for row in director.posts(Moment(at, known_at))[0]}


def test_a_post_that_is_written_down_is_on_the_establishment_from_its_day_and_empty(made: Database) -> None:
    with door(made, "workforce") as hr:
        handle = hr.write_post(POST)
        assert hr.write_post(POST) == handle, "a form that is sent twice writes once"
        with pytest.raises(SentOtherwise):
            hr.write_post(replace(POST, title="Manager"))
    row = listed(made)["P-100"]
    assert (row.post.title, row.fte, row.vacant, row.team and row.team.team_id) == ("Social worker", 0.6, 0.6, "t1")
    assert "P-100" not in listed(made, date(2026, 2, 1))


def test_each_step_is_written_once_and_the_posts_page_shows_the_last(made: Database) -> None:
    with door(made, "workforce") as hr:
        handle = _handle(made, "P-1")
        hr.write_post_step(handle, WantedStep("advertised", date(2026, 3, 2)))
        hr.write_post_step(handle, WantedStep("advertised", date(2026, 3, 2)))
        with pytest.raises(SentOtherwise):
            hr.write_post_step(handle, WantedStep("advertised", date(2026, 3, 2), "no applicants"))
        hr.write_post_step(handle, WantedStep("withdrawn", date(2026, 3, 10), "took another post", "offered"))
    last = listed(made)["P-1"].last_step
    assert last and (last.kind, last.on, last.outcome) == (
        "withdrawn",
        date(2026, 3, 10),
        "after offered: took another post",
    )


def _handle(record: Database, post_id: str) -> str:
    return listed(record)[post_id].post.handle


def test_a_step_is_corrected_or_withdrawn_for_a_reason_and_what_was_known_can_still_be_asked(made: Database) -> None:
    handle = _handle(made, "P-1")
    with door(made, "workforce") as hr:
        hr.write_post_step(handle, WantedStep("approved", date(2026, 2, 20)))
        (step,) = (one for one in hr.kept_post(handle).kept.steps if one.kind == "approved")
        right = WantedStep("approved", date(2026, 2, 23))
        with pytest.raises(KeyworkerError, match="Say why"):
            hr.correct_post_step(handle, step.entry_id, right, "1" * 32, " ")
        hr.correct_post_step(handle, step.entry_id, right, "1" * 32, "The panel met on Monday.")
        kept = hr.kept_post(handle).kept
        (again,) = (one for one in kept.steps if one.kind == "approved")
        hr.correct_post_step(handle, again.entry_id, None, "2" * 32, "Nobody approved it.")
        kept = hr.kept_post(handle).kept
    assert again.happened_on == date(2026, 2, 23)
    assert [one for one in kept.steps if one.kind == "approved"] == []
    assert [(one.what, one.why, one.author) for one in kept.changes[:2]] == [
        ("step withdrawn", "Nobody approved it.", "workforce"),
        ("step corrected", "The panel met on Monday.", "workforce"),
    ]


def test_a_post_changes_from_a_day_on_is_corrected_from_its_first_and_is_closed(made: Database) -> None:
    with door(made, "workforce") as hr:
        handle = hr.write_post(replace(POST, post_id="P-200"))
        whole = replace(POST, post_id="P-200", fte=Decimal(1), from_on=date(2026, 3, 16))
        hr.change_post(handle, WantedChange("3" * 32, whole, None, "A whole post is paid for."))
        assert hr.kept_post(handle).kept.standing.fte == 1
    assert [listed(made, day)["P-200"].fte for day in (date(2026, 3, 15), date(2026, 3, 16))] == [0.6, 1.0]
    with door(made, "workforce") as hr:
        right = replace(whole, title="Senior practitioner")
        hr.change_post(handle, WantedChange("4" * 32, right, None, "The title was wrong."))
        assert hr.kept_post(handle).kept.standing.title == "Senior practitioner"
        with pytest.raises(KeyworkerError, match="Nothing would change"):
            hr.change_post(handle, WantedChange("5" * 32, right, None, "Again."))
        hr.change_post(handle, WantedChange("6" * 32, right, date(2026, 3, 18), "It was cut."))
        with pytest.raises(KeyworkerError, match="closed already"):
            hr.change_post(handle, WantedChange("7" * 32, right, date(2026, 3, 19), "It was cut."))
    assert "P-200" in listed(made, date(2026, 3, 18)) and "P-200" not in listed(made, date(2026, 3, 19))


def test_a_post_that_a_file_told_is_changed_here_too(made: Database) -> None:
    handle = _handle(made, "P-1")
    with door(made, "director") as director:
        kept = director.kept_post(handle).kept.standing
        moved = WantedPost("P-1", kept.title or "", "case holder", "t1", Decimal(1), True, None, date(2026, 3, 9))
        director.change_post(handle, WantedChange("8" * 32, moved, None, "The team was split."))
    teams = [listed(made, day)["P-1"].team for day in (date(2026, 3, 8), date(2026, 3, 9))]
    assert [team and team.team_id for team in teams] == ["t2", "t1"]


def test_nobody_else_writes_posts_and_nobody_before_keyworker_became_their_home(made: Database) -> None:
    for account in ("team.manager", "social.worker", "learning", "performance.analyst", "quality.assurance"):
        with door(made, account) as other, pytest.raises(Refused):
            other.write_post(replace(POST, post_id="P-300"))
    with door(made, "workforce", datetime(2026, 3, 19, 12, tzinfo=UTC)) as hr, pytest.raises(Refused, match="system"):
        hr.write_post(replace(POST, post_id="P-300"))
    assert "P-300" not in listed(made)


def test_the_workforce_census_and_the_measure_of_vacancies_read_a_post_that_was_written_down(
    made: Database, tmp_path: Path
) -> None:
    """On 30 September 2025 no other post was on the establishment: 0.6 is vacant."""
    with door(made, "workforce") as hr:
        hr.write_post(replace(POST, post_id="P-400", from_on=date(2025, 9, 1)))
    with made.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        write(frames(connection, Moment(TODAY)), TODAY, tmp_path, "873")
        (row,) = measured(PostgresSource(connection), "vacancies-fte", Asked((date(2025, 9, 30),)))
    assert etree.parse(tmp_path / "social_work_workforce_2025.xml").findtext(".//NumberOfVacancies") == "0.60"
    assert row.numerator == Decimal("0.6")


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        (WantedStep("", None), ["kind", "on"]),
        (WantedStep("offered", date(2026, 3, 21)), ["on"]),
        (WantedStep("offered", date(2026, 3, 20)), []),
        (WantedStep("withdrawn", date(2026, 3, 20)), ["at_step"]),
        (WantedStep("withdrawn", date(2026, 3, 20), at_step="withdrawn"), ["at_step"]),
        (WantedStep("offered", date(2026, 3, 20), "x" * 501), ["outcome"]),
    ],
)
def test_a_step_has_a_kind_and_a_day_that_has_come_and_one_withdrawn_says_after_which(
    step: WantedStep, fields: list[str]
) -> None:
    assert list(problems_of_step(step, TODAY)) == fields
