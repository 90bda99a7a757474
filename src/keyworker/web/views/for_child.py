"""The page for the child, on the worker's own screen: what is given away goes as a copy."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from keyworker.actions.for_child import Words
from keyworker.web import handed
from keyworker.web.presenters.copies import for_the_worker
from keyworker.web.views.showing import asking

SHOWING = "show a child their own page"
OTHERS = {Words.YOUNG: "Use fuller words", Words.TEENAGER: "Use shorter words"}


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Who is my worker, who was it, did they come, who else helps: a page of its own, with no way into the record."""
    ask = asking(request)
    with ask.record(SHOWING) as record:
        found = record.for_child(handle, request.GET.get("words", ""))
    other = next(one for one in Words if one is not found.words)
    here = reverse("for-child", args=[handle])
    context = {
        "copy": found.looked.leaving,
        "is_handed": handed.is_handed(request),
        "for_the_worker": for_the_worker(found.looked),
        "handle": handle,
        "words": found.words,
        "is_young": found.words is Words.YOUNG,
        "council": settings.KEYWORKER_COUNCIL,
        "other": f"{here}?{urlencode({'words': other})}",
        "other_says": OTHERS[found.words],
        "give": f"{reverse('child-copy-new', args=[handle])}?{urlencode({'words': found.words})}",
        "child": reverse("child", args=[handle]),
    }
    return render(request, "for-child.html", context)


@require_POST
def hand(request: HttpRequest) -> HttpResponse:
    """Hand the screen to the child: it shows this page alone, until the worker shows who they are."""
    with asking(request).record(SHOWING) as record:
        found = record.for_child(request.POST.get("child", ""), request.POST.get("words", ""))
    handed.hand_over(request, found.looked.handle)
    return redirect(f"{reverse('for-child', args=[found.looked.handle])}?{urlencode({'words': found.words})}")
