"""How an operation is declared: never without the thing of the table that it opens, and whether it reads or writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ninja import Router

from keyworker.access import Thing
from keyworker.vocabulary.forms import Form, form, forms
from keyworker.web.api.admission import PURPOSE, REASON, Bearer, FormBearer, purposes, use_of_form
from keyworker.web.api.shapes import Problem
from keyworker.web.api.uses import NAMES, Doing, Use

REFUSED = (400, 401, 403, 404, 422, 429, 503)
NOT_WRITTEN = (409, 413, 415)
Declared = Callable[[Callable[..., Any]], Callable[..., Any]]

OFFERED: list[Use] = [NAMES]
"""What a token may be used for: names, and whatever some operation needs."""


def reads(router: Router, path: str, thing: Thing, response: Any) -> Declared:
    """An operation that reads a thing."""
    return _declared(router, "GET", path, Use(Doing.READ, thing), {200: response, **_problems(REFUSED)})


def writes(router: Router, path: str, thing: Thing, response: Any) -> Declared:
    """An operation that writes a thing."""
    use = Use(Doing.WRITE, thing)
    return _declared(router, "POST", path, use, {201: response, **_problems((*REFUSED, *NOT_WRITTEN))})


def watches(router: Router, path: str, thing: Thing, response: Any) -> Declared:
    """An operation that changes nothing of the record, only what is told of a thing that the token may read."""
    return _declared(
        router, "POST", path, Use(Doing.READ, thing), {201: response, **_problems((*REFUSED, *NOT_WRITTEN))}
    )


def writes_with_form(
    router: Router,
    path: str,
    response: Any,
    every: Callable[[], Mapping[str, Form]] = forms,
    called: Callable[[str], Form | None] = form,
) -> Declared:
    """An operation that writes with the form that its address names, as `form`: what it needs is that form's thing.

    Takes   every, the forms that it may be; called, which finds one of them by its name.
    """
    uses = tuple(dict.fromkeys(use_of_form(one) for one in every().values()))
    _offer(uses)
    return router.api_operation(
        ["POST"],
        path,
        auth=FormBearer(called),
        response={201: response, **_problems((*REFUSED, *NOT_WRITTEN))},
        openapi_extra={"parameters": _headers(uses), "x-uses": [str(use) for use in uses]},
    )


def _declared(router: Router, method: str, path: str, use: Use, responses: dict[int, Any]) -> Declared:
    _offer((use,))
    return router.api_operation(
        [method],
        path,
        auth=Bearer(use),
        response=responses,
        openapi_extra={"parameters": _headers((use,)), "x-use": str(use)},
    )


def _offer(uses: Iterable[Use]) -> None:
    OFFERED.extend(use for use in uses if use not in OFFERED)


def _problems(statuses: tuple[int, ...]) -> dict[int, Any]:
    return dict.fromkeys(statuses, Problem)


def _headers(uses: Iterable[Use]) -> list[dict[str, Any]]:
    possible = dict.fromkeys(str(one) for use in uses for one in purposes(use))
    return [
        {
            "in": "header",
            "name": PURPOSE,
            "required": True,
            "description": "What for: a purpose for which a role of the account opens it. The access log keeps it.",
            "schema": {"type": "string", "enum": list(possible)},
        },
        {
            "in": "header",
            "name": REASON,
            "required": False,
            "description": "In a sentence, where a role opens names for a reason alone. The access log keeps it.",
            "schema": {"type": "string", "minLength": 15, "maxLength": 200, "pattern": "^[ -~]*$"},
        },
    ]
