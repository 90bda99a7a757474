"""A child."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Story
from keyworker.web.presenters.child import ChildPage, child_page
from keyworker.web.views.showing import Asking, asking, file, show, with_download


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """One child's whole time with the service."""
    ask = asking(request)
    story, shown = _page(ask, handle)
    tables = [with_download(one, reverse("child-csv", args=[handle, one.id]) + ask.asked.query) for one in shown.tables]
    return show(
        ask,
        "child.html",
        story.name,
        "Children",
        {"page": shown, "tables": tables},
        here="",
        sources=ask.source.sources(ask.account),
    )


def download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of the tables as a file. Its name holds no child's name."""
    ask = asking(request)
    return file(ask, "child", _page(ask, handle)[1].table(part))


def _page(ask: Asking, handle: str) -> tuple[Story, ChildPage]:
    moment = ask.asked.moment
    story = ask.source.child_story(ask.account, handle, moment)
    since_learnt = ask.source.child_story(ask.account, handle, Moment(moment.at)) if moment.known_at else None
    return story, child_page(story, moment, ask.child_address, since_learnt)
