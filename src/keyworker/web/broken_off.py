"""What the server itself answers before any page or operation is asked: words for a person, a problem for a program."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from http import HTTPStatus

from keyworker.web.api.problems import PREFIX, TYPE, Kind, problem
from keyworker.web.guards import HEADERS

WAIT = 20
"""After so many seconds a file that found no place may be sent again: most are taken in within a few."""


@dataclass(frozen=True)
class _Words:
    title: str
    todo: str
    kind: Kind = Kind.MALFORMED


WORDS = {
    413: _Words(
        "That is too large",
        "A file must be 8 MB or smaller: take a smaller picture of it, or a shorter recording. A form without a file "
        "holds less. Nothing of it was taken. Go back and send it again.",
        Kind.TOO_LARGE,
    ),
    503: _Words(
        "Too many files are being taken in just now",
        f"Nothing of it was taken, and nothing is wrong with it. Wait {WAIT} seconds, go back and send it again.",
    ),
    431: _Words("The first lines of that request are too long", "Clear this site’s cookies and sign in again."),
    501: _Words("That request did not make sense", "Send it as a browser does."),
}
OTHERWISE = _Words("That request did not make sense", "Go back and try again, or start from the first page.")


@dataclass(frozen=True)
class BrokenOff:
    """An answer of the server's own, in the place of its usual one, which names what runs here in its own words.

    Takes   code, the status; path, what was asked for, which alone says whether a program asked.
    """

    code: int
    path: str

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002 - the server's signature
        """The status line, the headers and the body."""
        kind, body = self._said
        headers = {**HEADERS, "Cache-Control": "no-store", "Content-Type": kind}
        if self.code == 503:
            headers["Retry-After"] = str(WAIT)
        return f"{self.code} {HTTPStatus(self.code).phrase}", list(headers.items()), body

    @property
    def _said(self) -> tuple[str, bytes]:
        words = WORDS.get(self.code, OTHERWISE)
        if self.path.startswith(PREFIX):
            remedy = "Send less at once." if self.code == 413 else "Compare it with /api/v1/openapi.json."
            return TYPE, problem(self.code, words.kind, words.title, remedy=remedy).content
        title, todo = escape(words.title), escape(words.todo)
        return "text/html; charset=utf-8", (
            f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
            f"<body><main><h1>{title}</h1><p>{todo}</p></main></body></html>\n"
        ).encode()
