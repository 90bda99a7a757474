"""A worker sees every figure about them that anyone sees: collected over every page, and looked for on their own.

Ann of t1 has figures unlike anybody's: three children, a capacity of 17, 0.63 of full time and 23.31 hours a week, away
until 13 April, supervised on 20 January by Pat. Pat, who supervises Ann, is looked for too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from keyworker.access.table import roles
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.web import bound, entry
from keyworker.web.record import RealRecord
from tests.access.made import BEGAN, NOW, SOCIAL_WORKER, account, holding, service
from tests.clocks.made import tell
from tests.servers.started import Database, Server
from tests.web.conftest import Page
from tests.web.crawled import AWAY, addresses
from tests.web.opened import PASSWORD

Fetch = Callable[..., Page]
OWN_PAGES = ("/my-work", "/my-children", "/due")
"""Where a worker finds the figures about them."""
LOOKED_FOR = {"Ann Madeup": "ann", "Pat Madeup": "pat"}
TOLD = re.compile(r"\d+ [A-Z][a-z]+ \d{4}|\d+(?:\.\d+)?")
"""A day as it is spoken, or a number."""


def _tables() -> dict[str, list[dict[str, Any]]]:
    tables = service(
        absence=[AWAY | {"absence_id": "x", "worker_id": "ann"}],
        personal_supervision=[
            {"supervision_id": f"s-{of}", "worker_id": of, "supervisor_id": by, "happened_on": on, "outcome": "held"}
            for of, by, on in (("ann", "pat", date(2026, 1, 20)), ("pat", "cal", date(2026, 2, 9)))
        ],
        supervision_line=[
            {"worker_id": "ann", "supervisor_id": "pat", "from_on": BEGAN},
            {"worker_id": "pat", "supervisor_id": "cal", "from_on": BEGAN},
        ],
        role_holding=[holding("social worker", account=one, worker_id=one) for one in ("ann", "cal")],
    )
    mine = {"appointment_id": "a-ann", "worker_id": "ann", "team_id": "t1", "from_on": BEGAN, **SOCIAL_WORKER}
    mine |= {
        "fte": Decimal("0.63"),
        "hours_per_week": Decimal("23.31"),
        "agreed_capacity": 17,
        "job_title": "Social worker",
    }
    tables["appointment"] = [one for one in tables["appointment"] if one["worker_id"] != "ann"] + [mine]
    return tables


@pytest.fixture
def record(embedded_server: Server, client: Fetch, site: Database) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        tell(loader, _tables(), now=datetime(2026, 3, 20, 9, tzinfo=UTC))
    names = [*(account(role) for role in roles()), "ann"]
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn(one, PASSWORD) for one in names])
    real = RealRecord(made.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    yield made
    real.close()
    embedded_server.drop(made)


def _words(element: Any) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def _figures(page: Page, name: str) -> set[str]:
    """The numbers and days in every row of a list of workers that is about somebody of this name."""
    found: set[str] = set()
    for table in page.tree.xpath("//table[thead]") if page.tree is not None else []:
        if table.xpath("string(./thead//th[1])").strip().lower() not in ("worker", "supervisor"):
            continue
        for row in table.xpath("./tbody/tr"):
            if _words(row).startswith(("Worker " + name, "Worker" + name, "Supervisor" + name, name)):
                found |= set(TOLD.findall(_words(row)))
    return found


def test_a_worker_finds_every_figure_about_them_on_their_own_pages(client: Fetch, record: Database) -> None:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        far = {HandleKind.CHILD: "team", HandleKind.WORKER: "ann", HandleKind.TEAM: "t1"}
        handles = {kind: handles_of(connection, kind, [one])[one] for kind, one in far.items()}
    seen: dict[str, dict[str, set[str]]] = {name: {} for name in LOOKED_FOR}
    for role in ("director", "team manager"):
        for at, path in addresses(handles):
            page = client(path, account=account(role))
            for name, figures in seen.items():
                if found := _figures(page, name):
                    figures.setdefault(at, set()).update(found)
    for name, worker in LOOKED_FOR.items():
        of_worker = seen[name]
        assert "team" in of_worker and (worker == "ann" or "due" in of_worker), "the search finds too few figures"
        mine = "social.worker" if worker == "pat" else worker
        own = " ".join(client(path, account=mine).words() for path in OWN_PAGES)
        told = set(TOLD.findall(own))
        assert {(at, one) for at, figures in of_worker.items() for one in figures - told} == set(), name
    assert {"17", "0.63", "13 April 2026", "20 January 2026"} <= set().union(*seen["Ann Madeup"].values())
