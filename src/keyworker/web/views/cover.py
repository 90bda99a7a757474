"""The cover sheet of a child."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from keyworker.web.presenters.cover import cover_sheet
from keyworker.web.presenters.restrictions import marks
from keyworker.web.views.showing import asking, show

READING = "read a child's cover sheet"


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """What a worker who has never met this child must know, on one page that prints."""
    ask = asking(request)
    with ask.page(READING) as record:
        found = record.cover_sheet(handle)
        said = marks(record.mark_of(handle))
        sources = record.sources()
    sheet = cover_sheet(found, ask.asked.today)
    context = {"sheet": sheet, "child": reverse("child", args=[handle]), "marks": said}
    title = f"Cover sheet: {found.story.name}"
    return show(
        ask, "cover.html", title, "Children", context, here="", called="A cover sheet", sources=sources, moves=False
    )
