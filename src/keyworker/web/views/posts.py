"""Every post that is empty: the posts behind the number of vacancies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters.post import empty_posts_table, other_posts_table, posts_answer
from keyworker.web.tables import Table
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads

NOWHERE = "no team"


def page(request: HttpRequest) -> HttpResponse:
    """The posts of the service, of a district or of a team: those that are empty, the longest first."""
    ask = asking(request)
    place = _place(ask)
    answer, tables, sources = _read(ask, "see which posts are empty")
    keeps = _keeps(ask)
    query = ask.query(**place)
    listed = with_downloads(tables, "posts-csv", query)
    whole = reverse("posts") + ask.asked.query if place else ""
    return show(
        ask,
        "posts.html",
        "Posts",
        "Posts",
        {
            "answer": answer,
            "tables": listed,
            "whole": whole,
            "new": reverse("post-new") if keeps and ask.asked.is_now else "",
        },
        here="posts",
        sources=sources,
        kept=place,
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    _, tables, _ = _read(ask, "download a list of posts")
    return file(ask, "posts", next((one for one in tables if one.id == part), None))


def address(ask: Asking, **place: str) -> str:
    """Where the posts of a district or team stand, at the same moment."""
    return reverse("posts") + ask.query(**place)


def _read(ask: Asking, purpose: str) -> tuple[str, list[Table], tuple[SourceAge, ...]]:
    place = _place(ask)
    district = place.get("district")
    with ask.page(purpose) as record:
        rows, sources = record.posts(
            ask.asked.moment, team=place.get("team"), district="" if district == NOWHERE else district
        )
    where = district or next((row.team.name for row in rows if row.team and place.get("team")), "")
    at = ask.asked.moment.at
    return (
        posts_answer(rows, where),
        [empty_posts_table(rows, at, ask.ways), other_posts_table(rows, ask.ways)],
        sources,
    )


def _keeps(ask: Asking) -> bool:
    if "keeping posts" not in ask.visitor.routes:
        return False
    with ask.record("see which posts are empty") as record:
        return record.refusal_to_keep_posts() is None


def _place(ask: Asking) -> dict[str, str]:
    return {name: ask.request.GET[name] for name in ("district", "team") if ask.request.GET.get(name)}
