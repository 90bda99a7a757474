"""The whole document, tried by Schemathesis: no answer is a fault, and each is as the document says."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from keyworker.access import Scope, who_may
from tests.access.made import NOW, account
from tests.servers.started import Database
from tests.web.api.conftest import operations, purpose

FITTING, UNFIT = 2, 1
"""How often an operation is asked as the document wants it, first about what stands and then at random, and how often
as it does not. Of those that take the same each is asked about what stands, and one of them the rest."""
ROLES = ("director", "social worker")
"""Whoever sees everything, and whoever writes: they ask where the table opens it to them, else whoever it opens to."""
LEFT = [positive_data_acceptance, ignored_auth]
"""What is not checked here: what fits may be refused, and without a token the tests of tokens ask every operation."""
WHOM = {"workers": "pat", "teams": "t1", "posts": "post-1"}
STANDS = {"name": "open-children"}
FORM = {"children": "referral", "workers": "registration"}
GIVEN = {"by": "district", "at": "2026-02-28", "known_at": "2026-03-20T10:00:00Z"}
"""A document cannot say that a day must have come, nor which groups a measure has: these do."""


def test_the_reference_page_is_the_one_that_the_operations_make(site: Database) -> None:
    from keyworker.web.api.document import document
    from keyworker.web.api.reference import page
    from keyworker.web.api.urls import api

    made = page(document(api))
    assert made == (Path(__file__).parents[3] / "docs/reference/interface.md").read_text()
    assert made.count("\n## GET") + made.count("\n## POST") == len({(one.method, one.path) for one in operations()})


def test_no_two_shapes_have_one_name_for_the_document_would_hold_one_of_them(site: Database) -> None:
    from ninja import Schema

    from keyworker.web.api.urls import api as _  # noqa: F401 - every shape is known once the operations are

    def below(one: type) -> list[type]:
        return [one, *(more for other in one.__subclasses__() for more in below(other))]

    named = Counter(one.__name__ for one in set(below(Schema)) if one.__module__.startswith("keyworker"))
    assert [name for name, times in named.items() if times > 1] == []


def test_the_document_is_open_and_holds_nothing_of_the_record(site: Database) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="127.0.0.1").get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json()["components"]["securitySchemes"]
    assert "Madeup" not in answer.content.decode()


def _role(case: Any) -> str:
    """Who asks: the director reads and the social worker writes, where the table lets them."""
    asks = ROLES if case.method == "GET" else ROLES[::-1]
    use = next(one.use for one in operations() if (one.method, one.path) == (case.method, case.path))
    if use is None:
        return asks[0]
    row = who_may()[use.thing]
    return next((role for role in (*asks, *row.cells) if row.cell(role).scope is not Scope.NONE), asks[0])


def _takes(operation: Any) -> str:
    """What an operation takes but for its purposes: of those that take the same one is asked what fits nothing."""
    said = operation.definition.raw
    given = [one for one in said["parameters"] if one["in"] != "header"] if "parameters" in said else []
    return json.dumps([operation.method, given, said.get("requestBody")], sort_keys=True)


def _secret(role: str) -> str:
    from keyworker.web.api import tokens
    from keyworker.web.api.urls import offered

    wanted = tokens.Wanted(account(role), account(role), "A test", frozenset(offered()), timedelta(days=1))
    return tokens.make(wanted, NOW, "a test")[0]


def test_nothing_that_fits_or_does_not_fit_the_document_brings_an_operation_down(
    api: Database, handles: dict[str, str]
) -> None:
    """Most questions are about a child or a worker whom the account may see: beyond them little is reached."""
    from django.core.wsgi import get_wsgi_application

    from keyworker.web.api.admission import refill

    secret = cache(_secret)
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    tried: dict[str, set[int]] = {}

    def answered(case: Any) -> None:
        refill()
        token = secret(_role(case))
        sent = {"Authorization": f"Bearer {token}", "Host": "127.0.0.1", "Accept-Encoding": "identity"}
        answer = case.call_and_validate(excluded_checks=LEFT, headers=sent)
        tried.setdefault(case.operation.label, set()).add(answer.status_code)

    def fitting(case: Any) -> None:
        is_first, said = case.operation.label not in tried, len(repr((case.query, case.body, case.headers)))
        about = case.path.split("/")[3]
        stands = {**STANDS, "handle": handles[WHOM.get(about, "own")], "entry": handles["referral"]}
        stands["form"] = FORM.get(about, "")
        if is_first or said % 4:
            case.path_parameters.update({name: stands[name] for name in case.path_parameters if name in stands})
        if is_first or said % 3:
            case.headers["Keyworker-Purpose"] = purpose(case.method, case.formatted_path, _role(case))
            case.query.update({name: day for name, day in GIVEN.items() if name in case.query})
        answered(case)

    bounded = settings(
        max_examples=FITTING,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    once = settings(bounded, max_examples=UNFIT)
    alike = set()
    for operation in (found.ok() for found in document.get_all_operations()):
        is_new = _takes(operation) not in alike
        fits = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        (bounded if is_new else once)(given(case=fits)(fitting))()
        if is_new:
            once(given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))(answered))()
        alike.add(_takes(operation))
    assert set(tried) == {f"{one.method} {one.path}" for one in operations()}
    assert [label for label, statuses in tried.items() if label.startswith("GET") and 200 not in statuses] == []
