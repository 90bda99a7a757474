"""One real record behind the interface for all its tests: somebody stands at each distance from whoever asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from keyworker.access import who_may
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.forms import forms
from keyworker.vocabulary.staff_forms import staff_forms
from keyworker.web import bound
from keyworker.web.api.uses import Use, use_of
from keyworker.web.record import RealRecord
from tests.access.made import BEGAN, NOW, account, holding, told
from tests.access.restricting import restricted
from tests.servers.started import Database, Server

GIVEN = dict.fromkeys(("visit", "exception", "planned", "asked_for", "challenge", "meeting", "action"), "none-such")
GIVEN |= dict.fromkeys(("said", "handover", "supervision", "alone", "webhook"), "none-such")
GIVEN |= {"name": "open-children", "entry": "1", "what": "no-worker"}
"""What fills an address in, beside a handle."""
EXAMPLES = {
    r"^[A-Za-z0-9_-]{8,64}$": "",
    r"^[0-9a-f]{32}$": "a" * 32,
    r"^[A-Za-z0-9_-]{1,80}$": "cp-visit",
    r"^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$": "P-9",
    "date": "2026-03-19",
    "time": "23:30",
}
"""What fits the document, by the pattern or format of a field: in place of nothing the child's own handle."""
POST = {"post_id": "post-1", "title": "Social worker", "role_class": "case holder", "team_id": "t1", "fte": 1}
POST |= {"holds_cases": True, "funded": True, "from_on": BEGAN}
AWAY = {"absence_id": "of-bea", "worker_id": "bea", "from_on": date(2026, 3, 2), "expected_return_on": date(2026, 5, 1)}
"""Somebody is away for long: the child with her needs a decision who covers."""
FAMILY = [{"family_id": "f1", "child_id": child} for child in ("own", "team")]
"""Two who are brother and sister."""
HELPER = holding("business support", account="ann.madeup", worker_id="ann")
"""A colleague who signs in too, and so may be told who goes alone."""
LINE = {"worker_id": "pat", "supervisor_id": "ann", "from_on": BEGAN}
"""Who supervises whoever asks: nobody in the made-up service did."""
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
        also = {"supervision_line": [LINE], "absence": [AWAY], "family": FAMILY, "role_holding": [HELPER]}
        told(loader, post=[POST], **also)
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
    """Handles by identifier, and the numbers of two entries."""
    with service.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        children = handles_of(connection, HandleKind.CHILD, ["own", "supervised", "team", "district", "all"])
        workers = handles_of(connection, HandleKind.WORKER, ["pat", "sue", "ann", "bea", "cal"])
        teams = handles_of(connection, HandleKind.TEAM, ["t1", "t2", "t3"])
        posts = handles_of(connection, HandleKind.POST, [str(POST["post_id"])])
    with service.connect(DatabaseRole.OWNER) as owner:
        entries = dict(owner.execute("select child_id, entry_id from record.cin_episodes").fetchall())
    referrals = {"referral": str(entries["own"]), "referral of all": str(entries["all"])}
    return {**children, **workers, **teams, **posts, **referrals}


@pytest.fixture
def ask(api: Database) -> Ask:
    """Ask by a token of a role's account that is for everything, for a purpose that the table gives the role."""
    return asks()


def asks() -> Ask:
    """What asks whichever record the interface is bound to."""
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
    """One operation, as the document itself tells of it.

    Takes   use, None where it needs none; forms, of one that writes with a form: those for which that use lets it.
    """

    method: str
    path: str
    use: Use | None
    forms: tuple[str, ...] = ()

    def filled(self, **values: str) -> str:
        """Its address, filled in."""
        return self.path.format(**GIVEN | {"form": (self.forms or ("contact",))[0]} | values)

    def takes(self, path: str) -> bool:
        """Whether an address is one of its own."""
        pattern = self.path.replace("{form}", f"(?:{'|'.join(self.forms)})") if self.forms else self.path
        return re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path) is not None


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation, found in the document; one that writes with a form once for each thing of a form."""
    from keyworker.web.api.document import document
    from keyworker.web.api.urls import api

    found = []
    for path, methods in document(api)["paths"].items():
        for method, one in methods.items():
            if "x-uses" in one:
                every = (forms() | staff_forms()).values()
                for use in map(use_of, one["x-uses"]):
                    named = tuple(form.slug for form in every if form.thing == use.thing)
                    found.append(Operation(method.upper(), path, use, named))
            else:
                found.append(Operation(method.upper(), path, use_of(one["x-use"]) if "x-use" in one else None))
    return tuple(found)


def sent(one: Operation, handle: str) -> Any:
    """What the document asks of whoever writes, about a child: all that is needed and nothing else."""
    from keyworker.web.api.document import document
    from keyworker.web.api.urls import api

    made = document(api)
    if one.method == "GET":
        return None
    body = made["paths"][one.path][one.method.lower()]["requestBody"]["content"]["application/json"]["schema"]

    def example(schema: Any) -> Any:
        if "$ref" in schema:
            return example(made["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return example(schema["anyOf"][0])
        if schema.get("type") == "object":
            return {name: example(schema["properties"][name]) for name in schema.get("required", ())}
        if schema.get("type") == "array":
            return [example(schema["items"])] * schema.get("minItems", 0)
        if "enum" in schema or "const" in schema:
            return (schema.get("enum") or [schema["const"]])[0]
        if schema.get("pattern") in EXAMPLES:
            return EXAMPLES[schema["pattern"]] or handle
        return EXAMPLES.get(
            schema.get("format"), {"boolean": True, "integer": 1, "number": 0.5}.get(schema["type"], "A word.")
        )

    return example(body)


def purpose(method: str, path: str, role: str) -> str:
    """A purpose for which the table opens to a role what an address is about; another's where it opens nothing."""
    plain = path.split("?")[0]
    for one in operations():
        if one.use and one.method == method and one.takes(plain):
            cells = who_may()[one.use.thing].cells
            return str((cells.get(role) or next(iter(cells.values()))).purpose)
    return ""
