"""The secret of the session under which this request reads the record: opened when somebody signs in, ended when out.

It is kept with the web framework's own session, which lies where the role under which people read cannot look, and
sealed: whoever has only the database or a copy of it has no secret that lives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

from keyworker.web import bound
from keyworker.web.signing.sealed import seal, unseal

KEPT = "record"
_token: ContextVar[str] = ContextVar("token", default="")


def token() -> str:
    """The secret of whoever makes this request; empty for nobody."""
    return _token.get()


@contextmanager
def showing(secret: str) -> Iterator[None]:
    """Within it the record is read under the session of a secret."""
    shown = _token.set(secret)
    try:
        yield
    finally:
        _token.reset(shown)


class ShownSecret:
    """Each request of somebody who has signed in reads the record under their own session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the secret at hand for as long as the answer takes."""
        with showing(_kept(request) if request.user.is_authenticated else ""):
            return self.get_response(request)


def end_everywhere_else(request: HttpRequest, account: str) -> None:
    """End every session of the record that a sign-in has, of the command line too. This browser's begins anew."""
    bound.source().signed_out_everywhere(account)
    request.session.pop(KEPT, None)


def _kept(request: HttpRequest) -> str:
    """The secret of this sign-in; a new one for a sign-in that has none yet of this record."""
    secret = _secret_in(request)
    if not secret:
        secret = bound.source().signed_in(request.user.get_username())
        request.session[KEPT] = [bound.source().place, seal(secret)]
    return secret


def _secret_in(request: HttpRequest) -> str:
    """The secret that is kept for the record that the pages are bound to; empty where none is, or none can be read."""
    place, sealed = request.session.get(KEPT) or ("", "")
    return (place == bound.source().place and unseal(sealed)) or ""


def _begun(request: HttpRequest, **_: object) -> None:
    # It is opened by the first request that follows.
    request.session.pop(KEPT, None)


def _ended(request: HttpRequest, **_: object) -> None:
    if secret := _secret_in(request):
        bound.source().signed_out(secret)


def listen() -> None:
    """Open a session whenever anybody has signed in, by whatever way, and end it when they sign out."""
    user_logged_in.connect(_begun, dispatch_uid="a session of the record begins")
    user_logged_out.connect(_ended, dispatch_uid="a session of the record ends")
