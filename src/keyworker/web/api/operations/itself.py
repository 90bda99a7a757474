"""What a token is told about itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from keyworker.web.api.admission import AnyBearer
from keyworker.web.api.shapes import Problem

router = Router(tags=["The token"])


class Itself(Schema):
    """A token, without its secret."""

    token: str
    account: str
    name: str
    uses: list[str]
    expires_at: datetime


@router.get("/token", auth=AnyBearer(), response={200: Itself, 401: Problem, 429: Problem})
def itself(request: HttpRequest) -> Any:
    """As whom this token asks, what it may be used for and until when."""
    kept = request.auth
    return Itself(
        token=kept.ref,
        account=kept.account,
        name=kept.name,
        uses=sorted(map(str, kept.uses)),
        expires_at=kept.expires_at,
    )
