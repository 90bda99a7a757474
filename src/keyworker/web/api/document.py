"""The OpenAPI document, made from the operations themselves."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from keyworker.web.api.problems import TYPE

TITLE = "Keyworker"
VERSION = "1"
ROOT = "/api/v1/"
SAYS = (
    "What a council's children's services hold, for its other systems. A token asks as an account: it is given what "
    "the table of who may see what opens to that account's roles, as far as the token may be used for it. Handles are "
    "random; no address holds a name or a number of anybody's. Every answer is kept in the access log."
)


@lru_cache(maxsize=1)
def document(api: NinjaAPI) -> dict[str, Any]:
    """The whole document."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT)))
    made["info"]["description"] = SAYS
    for operations in made["paths"].values():
        for operation in operations.values():
            _mend(operation)
    return made


@lru_cache(maxsize=1)
def queries(api: NinjaAPI) -> dict[tuple[str, str], frozenset[str]]:
    """What each operation asks for in an address, by its method and path."""
    return {
        (method.upper(), path): frozenset(
            one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
        )
        for path, methods in document(api)["paths"].items()
        for method, operation in methods.items()
    }


def _mend(operation: dict[str, Any]) -> None:
    """Problems are of a kind of their own, and their statuses have words."""
    operation["responses"] = {
        status: answer if int(status) < 400 else _problem(answer) for status, answer in operation["responses"].items()
    }


def _problem(answer: dict[str, Any]) -> dict[str, Any]:
    (content,) = answer["content"].values()
    return {**answer, "description": "A problem", "content": {TYPE: content}}


def document_view(request: HttpRequest, api: NinjaAPI) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """The document, for anybody: it holds nothing of the record."""
    return HttpResponse(json.dumps(document(api)), content_type="application/json")
