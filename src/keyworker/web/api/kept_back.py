"""What no program is told: words that tell anything that is marked of the children of whom an answer tells.

A program is somewhere outside: what it is given stands in another system, before people whom nobody here knows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from keyworker.access.spelled import Spelled
from keyworker.actions import Keyworker

LEFT_OUT = "Left out: it is marked as not to be told."
HEADER = "Keyworker-Left-Out"
"""How many words of an answer were left out; absent where none was."""
_NOTED = "kept_back"


def note(request: HttpRequest, record: Keyworker) -> None:
    """Keep, until the answer is given, what is marked of every child whom it tells of and of their families."""
    setattr(request, _NOTED, record.spellings_kept_back())


def without_marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, with whatever tells what is marked left out, and how much was."""
    marked: Sequence[Spelled] = getattr(request, _NOTED, ())
    if not marked or not response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    left: list[str] = []

    def told(said: Any) -> Any:
        if isinstance(said, dict):
            return {name: told(one) for name, one in said.items()}
        if isinstance(said, list):
            return [told(one) for one in said]
        if isinstance(said, str) and any(one.is_told_by(said) for one in marked):
            left.append(said)
            return LEFT_OUT
        return said

    said = told(json.loads(response.content))
    if left:
        response.content = json.dumps(said, ensure_ascii=False).encode()
        response[HEADER] = str(len(left))
    return response
