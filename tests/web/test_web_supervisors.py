"""Supervisors on a team's page: their own figures beside their team's."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import Page
from tests.web.source import MadeUp

Fetch = Callable[..., Page]


def test_each_supervisors_own_figures_stand_above_those_of_their_workers_here(client: Fetch) -> None:
    rows = client("/team").tree.xpath("//section[@id='supervisors']//tbody/tr")
    first, second = ([" ".join(cell.text_content().split()) for cell in row] for row in rows)
    # Of the four workers three have this supervisor: 56, 29 and 47 days since, 17, 22 and 12 children; two say since
    # when they are in their role.
    assert first[1] == (
        "Their own supervision61 days ago on 23 September 2026 no supervisor recorded "
        "their workers here: longest 56 days ago"
    )
    assert first[2] == "Supervises4 workers 3 of this team"
    assert first[3] == "Own children3 their workers here: 12 to 22"
    assert first[4] == "Time in role2 years since 23 November 2024 their workers here: 4 weeks to 5 years"
    assert second[1].endswith("No supervision recorded no supervisor recorded")
    assert second[2:] == ["SupervisesNobody none of this team", "Own children9", "Time in roleNot recorded"]


def test_the_supervisors_of_a_team_download_as_a_file(client: Fetch) -> None:
    page = client("/team/supervisors.csv")
    assert "\nSupervisor,Supervises,Own children,Time in role" in page.text
    assert "Left out: Their own supervision. The service is measured, not the person" in page.text


def test_a_team_without_a_recorded_supervisor_says_what_would_fill_the_list(client: Fetch, source: MadeUp) -> None:
    source.empty = True
    assert "supervision_line would fill this" in client("/team").words()


def test_a_worker_sees_how_many_they_supervise_and_since_when_they_are_in_role(client: Fetch) -> None:
    said = client("/my-work").words()
    assert "Supervises" in said and "Time in role" in said
