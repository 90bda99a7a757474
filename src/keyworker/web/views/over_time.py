"""The sister pictures of the throughline: a worker, a post, a team over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters.frame import Link
from keyworker.web.presenters.picture import PicturePage
from keyworker.web.presenters.post import post_page
from keyworker.web.presenters.team_over_time import team_over_time_page
from keyworker.web.presenters.worker import worker_page
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads


@dataclass(frozen=True)
class _Read:
    page: PicturePage
    sources: Sequence[SourceAge]
    keeps: bool = False


def my_work(request: HttpRequest) -> HttpResponse:
    """The signed-in worker's own page: every figure about them that anybody sees."""
    ask = asking(request)
    read = _worker(ask, None, "see what is shown of my own work")
    looked = Link("Who has looked at the figures about me", reverse("my-work-looked"))
    load = Link("My load: how it was worked out, and whether it is right", reverse("my-load") + ask.asked.query)
    kept = Link("What is kept of me: posts, absence, registration and learning", reverse("my-staff-record"))
    return _show(ask, read, "Workers", "my-work", [], here="my work", elsewhere=[load, kept, looked])


def my_work_download(request: HttpRequest, part: str) -> HttpResponse:
    """One of its tables as a file."""
    ask = asking(request)
    return file(ask, "my-work", _worker(ask, None, "download a part of my own work").page.table(part), own=True)


def worker(request: HttpRequest, handle: str) -> HttpResponse:
    """One worker's time with the service. The browser keeps no worker's name."""
    ask = asking(request)
    read = _worker(ask, handle, "see how a worker's load has been")
    load = Link("How this load was worked out", reverse("worker-load", args=[handle]) + ask.asked.query)
    kept = Link("What is kept of this worker", reverse("staff-record", args=[handle]))
    return _show(ask, read, "Workers", "worker", [handle], called="A worker", elsewhere=[load, kept])


def worker_download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of its tables as a file. Its name holds no worker's name."""
    ask = asking(request)
    return file(ask, "worker", _worker(ask, handle, "download a part of a worker's time").page.table(part))


def post(request: HttpRequest, handle: str) -> HttpResponse:
    """One post's time on the establishment."""
    ask = asking(request)
    read = _post(ask, handle, "see who has been in a post")
    keep = [Link("Change it, or write a step in filling it down", reverse("post-keep", args=[handle]))]
    return _show(ask, read, "Posts", "post", [handle], elsewhere=keep if read.keeps and ask.asked.is_now else [])


def post_download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of its tables as a file."""
    ask = asking(request)
    return file(ask, "post", _post(ask, handle, "download a part of a post's time").page.table(part))


def team(request: HttpRequest, handle: str) -> HttpResponse:
    """One team through each reorganisation."""
    ask = asking(request)
    read = _team(ask, handle, "see a team through its reorganisations")
    return _show(ask, read, "Teams", "team-over-time", [handle])


def team_download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of its tables as a file."""
    ask = asking(request)
    return file(ask, "team-over-time", _team(ask, handle, "download a part of a team's time").page.table(part))


def _show(
    ask: Asking,
    read: _Read,
    section: str,
    name: str,
    handle: list[str],
    *,
    here: str = "",
    called: str = "",
    elsewhere: Sequence[Link] = (),
) -> HttpResponse:
    query = ask.asked.query
    tables = with_downloads(read.page.tables, f"{name}-csv", query, *handle)
    context = {"page": read.page, "tables": tables, "elsewhere": elsewhere}
    return show(ask, "picture.html", read.page.title, section, context, here=here, called=called, sources=read.sources)


def _worker(ask: Asking, handle: str | None, purpose: str) -> _Read:
    with ask.page(purpose) as record:
        story = record.worker(handle, ask.asked.moment)
        me = record.about_me(ask.asked.moment) if handle is None else None
    shown = worker_page(story, ask.ways, me=me, is_today=_is_today(ask))
    return _Read(shown, story.sources)


def _post(ask: Asking, handle: str, purpose: str) -> _Read:
    with ask.page(purpose) as record:
        story = record.post(handle, ask.asked.moment)
        keeps = record.refusal_to_keep_posts() is None
    return _Read(post_page(story, ask.ways, is_today=_is_today(ask)), story.sources, keeps)


def _team(ask: Asking, handle: str, purpose: str) -> _Read:
    with ask.page(purpose) as record:
        story = record.team_story(handle, ask.asked.moment)
    return _Read(team_over_time_page(story, ask.ways, is_today=_is_today(ask)), story.sources)


def _is_today(ask: Asking) -> bool:
    return ask.asked.moment.at == ask.asked.today
