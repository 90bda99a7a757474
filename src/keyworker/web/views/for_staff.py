"""For staff and unions: what Keyworker shows about a worker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from keyworker.access import who_may
from keyworker.web.presenters.for_staff import for_staff_page
from keyworker.web.views.showing import asking, show

TITLE = "What Keyworker shows about you"


def page(request: HttpRequest) -> HttpResponse:
    """The page, for whoever has signed in."""
    ask = asking(request)
    with ask.record("read what is shown of staff") as record:
        record.may("who may")
        sources = record.sources()
    context = {"page": for_staff_page(who_may()), "has_work": "my work" in ask.visitor.routes - ask.visitor.hidden}
    return show(ask, "for-staff.html", TITLE, "For staff and unions", context, here="", sources=sources, moves=False)
