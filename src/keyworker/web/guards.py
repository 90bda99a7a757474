"""What stands before every page: strict headers, one host, and words in place of errors."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from keyworker.actions.questions.opened import SessionOver
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import bound, doors
from keyworker.web.signing import completing
from keyworker.web.views import problems
from keyworker.web.views.showing import visitor_of

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
ONLY_TLS = "max-age=31536000"
FORM, FORM_WITH_FILE = "application/x-www-form-urlencoded", "multipart/form-data"
METHODS = ("GET", "HEAD", "POST")
Handler = Callable[[HttpRequest], HttpResponse]
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")  # neither the record nor a page can hold them


class StrictHeaders:
    """Nothing from elsewhere is loaded, nothing inline runs, and no page is kept by the browser."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers that every answer has."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.KEYWORKER_SIGN_IN.is_shared:
            response.headers.setdefault("Strict-Transport-Security", ONLY_TLS)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class OneHost:
    """A request for any other host is refused, and one without TLS where other machines reach the pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse another host's requests before a session is looked up."""
        request.get_host()
        if settings.KEYWORKER_SIGN_IN.is_shared and not request.is_secure():
            raise DisallowedHost("The proxy in front of the pages did not bring this request by TLS.")
        return self.get_response(request)


class FormsOnly:
    """Pages are read and forms are sent: a file only where one is asked for, and no other kind of request at all."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what is neither a page nor a plain form, before any of it is read."""
        if request.method not in METHODS:
            return problems.not_a_form(request, 405)
        if request.method == "POST" and request.content_type != FORM and not _brings_a_file(request):
            return problems.not_a_form(request, 415)
        return self.get_response(request)


def _brings_a_file(request: HttpRequest) -> bool:
    """Whether a form with a file is sent to an address that asks for one. It is held in memory, never on the disk."""
    if request.content_type != FORM_WITH_FILE:
        return False
    try:
        return resolve(request.path_info).url_name in doors.UPLOADS
    except Resolver404:
        return False


class WordsForErrors:
    """Show what a room below says has gone wrong, in its own words."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal or for something that a person can mend; any other fault goes on its way."""
        return in_words(request, exception) if isinstance(exception, KeyworkerError) else None


class KeepableText:
    """No page reads a text that the record cannot hold, whether it was typed or stands in the address.

    What a device sends is sealed: it is looked at once it is opened.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Handler, args: object, kwargs: object) -> HttpResponse | None:  # noqa: ARG002 - the framework's signature
        """A page that says so, or nothing where every text can be kept."""
        said = [text for sent in (request.GET, request.POST) for name, texts in sent.lists() for text in (name, *texts)]
        return problems.unkeepable(request) if any(map(_UNKEEPABLE.search, said)) else None


class OneTable:
    """No page begins but by the table of who may see what. An address that it knows nothing of is closed.

    Nor is a form looked at that is sent to an address that takes none.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Handler, args: object, kwargs: object) -> HttpResponse | None:  # noqa: ARG002 - the framework's signature
        """A page for a refusal, or nothing where the table opens the address to whoever has signed in."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if request.method == "POST" and name not in doors.FORMS:
            return problems.not_a_form(request, 405)
        if name in doors.OPEN or name in doors.OWN:
            return None
        try:
            visitor = visitor_of(request)
        except SessionOver:
            completing.leave(request)
            return redirect("sign-in")
        except Refused as error:
            # No role today, or the worker has left: the way in is shut too, and not only each page.
            completing.leave(request)
            return in_words(request, error)
        except KeyworkerError as error:
            return in_words(request, error)
        if name in doors.SIGNED_IN or doors.is_open(name, visitor.routes):
            return None
        return in_words(request, bound.source().refusal(visitor.account, doors.things(name), bound.now()))


def in_words(request: HttpRequest, error: KeyworkerError) -> HttpResponse:
    """A page for a refusal, or for something that a person can mend."""
    return problems.refused(request, error) if isinstance(error, Refused) else problems.mendable(request, error)
