"""Webhooks of a token: an address that is told when something moved."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from keyworker.access import Thing
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import bound
from keyworker.web.api import webhooks
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads, watches
from keyworker.web.api.shapes import Nothing, Ref, Sent
from keyworker.web.api.webhooks import WebhookKept

router = Router(tags=["Webhooks"])
Address = Annotated[str, StringConstraints(pattern=r"^[!-~]{8,300}$")]


class NewWebhook(Sent):
    """An address to be told, such as https://name.example/moved. It must not be on a private network."""

    address: Address


class Made(Schema):
    """A webhook that was registered. The secret signs its messages and is told only now."""

    webhook: str
    secret: str


class Webhook(Schema):
    """A webhook, and how many of its messages wait, were taken, and were given up."""

    webhook: str
    address: str
    made_at: datetime
    ended_at: datetime | None
    waiting: int
    taken: int
    given_up: int
    last_try: str = Field(description="What came of the last try, in a word.")


class Webhooks(Schema):
    """The webhooks of the token that asks."""

    items: list[Webhook]


@reads(router, "/webhooks", Thing.CHILDREN, Webhooks)
def list_webhooks(request: HttpRequest) -> Any:
    """The webhooks of this token, the latest first, also those that were ended."""
    with asked(request) as keyworker:
        keyworker.may("moved")
    return Webhooks(items=[_webhook(one) for one in webhooks.of_token(program_of(request).token.ref)])


@watches(router, "/webhooks", Thing.CHILDREN, Made)
def register_webhook(request: HttpRequest, new: NewWebhook) -> Any:
    """Register an address, which is told of what is recorded from now on, for the purpose that is sent."""
    with asked(request) as keyworker:
        keyworker.may("moved")
    program = program_of(request)
    ref, secret = webhooks.make(program.token.ref, new.address, program.purpose, bound.now(), bound.source().last_act())
    return Status(201, Made(webhook=ref, secret=secret))


@watches(router, "/webhooks/{webhook}/end", Thing.CHILDREN, Webhooks)
def end_webhook(request: HttpRequest, webhook: Ref, nothing: Nothing) -> Any:  # noqa: ARG001 - a body is always sent
    """End a webhook of this token from now on."""
    with asked(request) as keyworker:
        keyworker.may("moved")
    token = program_of(request).token.ref
    if not webhooks.end(token, webhook, bound.now()):
        raise KeyworkerError("No open webhook is called so.", where="webhook", remedy="List this token's webhooks.")
    return Status(201, Webhooks(items=[_webhook(one) for one in webhooks.of_token(token)]))


def _webhook(one: WebhookKept) -> Webhook:
    return Webhook(
        webhook=one.ref,
        address=one.address,
        made_at=one.made_at,
        ended_at=one.ended_at,
        waiting=one.waiting,
        taken=one.taken,
        given_up=one.given_up,
        last_try=one.said,
    )
