"""One real record behind the interface for all its tests: somebody stands at each distance from whoever asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from keyworker.access import who_may
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.web import bound
from keyworker.web.api.uses import Use, use_of
from keyworker.web.record import RealRecord
from tests.access.made import NOW, account, told
from tests.access.restricting import restricted
from tests.servers.started import Database, Server

FAR = {HandleKind.CHILD: "all", HandleKind.WORKER: "cal", HandleKind.TEAM: "t3"}
"""Whoever stands farthest from whoever asks."""


@dataclass(frozen=True)
class Answer:
    """One answer, as a program would read it."""

    status: int
    body: Any
    headers: dict[str, str]
    text: str


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def service(embedded_server: Server) -> Iterator[Database]:
    """The made-up service: nobody in it is restricted but `supervised`, of whom nobody here may know."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    restricted(made, "supervised", "nobody.here")
    yield made
    embedded_server.drop(made)


@pytest.fixture
def api(service: Database, site: Database) -> Iterator[Database]:
    """The interface, bound to it."""
    from keyworker.web.api.admission import refill

    real = RealRecord(service.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    refill()
    yield service
    real.close()


@pytest.fixture(scope="session")
def handles(service: Database) -> dict[str, str]:
    """Handles by identifier."""
    with service.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        children = handles_of(connection, HandleKind.CHILD, ["own", "supervised", "team", "district", "all"])
        workers = handles_of(connection, HandleKind.WORKER, ["pat", "sue", "ann", "bea", "cal"])
        return {**children, **workers, **handles_of(connection, HandleKind.TEAM, ["t1", "t2", "t3"])}


@pytest.fixture
def ask(api: Database) -> Ask:
    """Ask by a token of a role's account that is for everything, for a purpose that the table gives the role."""
    from django.test import Client

    from keyworker.web.api import tokens
    from keyworker.web.api.declaring import OFFERED
    from keyworker.web.api.urls import api as _  # noqa: F401 - the operations say what is offered

    client, secrets = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1"), {}

    def send(path: str, role: str = "director", data: Any = None, **more: Any) -> Answer:
        path = path if path.startswith("/api/") else f"/api/v1{path}"
        method = "GET" if data is None else "POST"
        uses = frozenset(more.pop("uses", OFFERED))
        key = (role, uses)
        if key not in secrets:
            wanted = tokens.Wanted(account(role), account(role), "A test", uses, timedelta(days=30))
            secrets[key], _ = tokens.make(wanted, NOW, account(role))
        headers = {"Authorization": f"Bearer {secrets[key]}", "Keyworker-Purpose": purpose(method, path, role)}
        headers |= more.pop("headers", {})
        if data is None:
            answer = client.get(path, headers=headers, **more)
        else:
            answer = client.post(path, json.dumps(data), "application/json", headers=headers, **more)
        text = answer.content.decode()
        body = json.loads(text) if "json" in answer.headers["Content-Type"] else None
        return Answer(answer.status_code, body, dict(answer.headers), text)

    return send


@dataclass(frozen=True)
class Operation:
    """One operation, as the document itself tells of it. Takes use, None where it needs none."""

    method: str
    path: str
    use: Use | None

    def filled(self, **values: str) -> str:
        """Its address, filled in."""
        return self.path.format(**{"name": "open-children", "visit": "none-such", "exception": "none-such"} | values)


def operations() -> list[Operation]:
    """Every operation, found in the document."""
    from keyworker.web.api.document import document
    from keyworker.web.api.urls import api

    paths = document(api)["paths"]
    return [
        Operation(method.upper(), path, use_of(one["x-use"]) if "x-use" in one else None)
        for path, methods in paths.items()
        for method, one in methods.items()
    ]


def purpose(method: str, path: str, role: str) -> str:
    """A purpose for which the table opens to a role what an address is about; another's where it opens nothing."""
    plain = path.split("?")[0]
    for one in operations():
        if one.use and one.method == method and re.fullmatch(re.sub(r"{\w+}", "[^/]+", one.path), plain):
            cells = who_may()[one.use.thing].cells
            return str((cells.get(role) or next(iter(cells.values()))).purpose)
    return ""
