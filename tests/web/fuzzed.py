"""Forms as nobody would fill them in: what is typed is left out, said twice, or is nothing that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote_plus

from django.test import Client
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from keyworker.web import doors
from tests.web import crawled
from tests.web.crawled import Known
from tests.web.crawling import asks, is_closed
from tests.web.opened import PASSWORD

EXAMPLES = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The same few in each build."""
NASTY = (
    *("", " ", "\x00", "a\x00b", "\x1b[31m", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")),
    *("-1", "0", "1", "99999999999999999999999", "1e309", "nan", "inf", "²", "١٢", "true", "None", "[]", "{}"),
    *(
        "9999-12-31",
        "31 December 9999",
        "1/1/0001",
        "29 February 2025",
        "0000-00-00",
        "24:00",
        "99:99",
        "2026-03-19T00",
    ),
    *("%s%n%(a)s", "../../etc/passwd", "'; drop table record.act; --", "<script>alert(1)</script>", "{{ 7 * 7 }}"),
    *("\u202eabc", "\u0000\u0000", "🏠" * 300, "x" * 6_000, "\r\nSet-Cookie: a=b", "0" * 32, "f" * 32),
)
"""What has brought programs down before."""
OPENLY: Mapping[str, Mapping[str, str]] = {
    "sign-in": {"account": "sorrel", "password": PASSWORD, "next": "/"},
    "second-step": {"code": "123456", "step": "code"},
    "first-password": {"new": PASSWORD, "again": PASSWORD},
    "first-factor": {"code": "123456"},
    "first-passkey": {"credential": "{}", "name": "mine"},
    "passkey-sign-in": {"credential": "{}"},
    "my-password": {"now": PASSWORD, "new": PASSWORD, "again": PASSWORD},
    "my-app": {"code": "123456"},
    "my-codes": {"step": "new"},
    "my-passkey": {"credential": "{}", "name": "mine"},
    "my-passkey-remove": {"passkey": "1"},
    "my-sessions-end": {"which": "a"},
    "my-tokens": {"step": "make", "name": "A test", "days": "30", "uses": "read: a list of children", "token": "a"},
    "my-reminders": {"wanted": "yes", "hour": "8"},
    "prove": {"password": PASSWORD, "code": "123456", "next": "/"},
}
"""What the forms of signing in, and of one's own sign-in, ask for: no page of the record holds them."""
NOT_GIVEN: Mapping[str, str] = {
    "why": "Made-up words, long enough.",
    "reason": "Made-up words, long enough.",
    "answer": "no",
    "step": "agree",
    "agreed": "yes",
    "sure": "yes",
    "so": "yes",
    "says": "Made-up words.",
    "on": "19 March 2026",
    "kind": "other",
}
"""What forms ask that nobody here is given, since nothing waits for them."""
MOST_TRIED = 4
LEAVES = frozenset({"sign-out"})
"""What ends the session with which all others are sent."""


def sent(plausible: Mapping[str, str]) -> st.SearchStrategy[str]:
    """The bodies of a form: each field as a person might fill it in, or not."""
    odd = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
    fields = [
        st.one_of(
            st.just([(name, value)]),
            st.just([(name, value)]),
            odd.map(lambda one, name=name: [(name, one)]),  # type: ignore[misc]
            odd.map(lambda one, name=name, value=value: [(name, one), (name, value)]),  # type: ignore[misc]
            st.just([]),
        )
        for name, value in plausible.items()
    ]
    return st.tuples(*fields).map(lambda parts: "&".join(_pair(*pair) for part in parts for pair in part))


def _pair(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value, errors='surrogatepass')}"


def forms(found: Mapping[str, Mapping[str, str]], known: Known) -> list[tuple[str, str, Mapping[str, str]]]:
    """Every address that takes a form, about the child nearest by, with what it asks for."""
    patterns: dict[str, URLPattern] = {str(one.name): one for one in get_resolver().url_patterns}
    return [
        (
            name,
            crawled.path_of(patterns[name], known.of("own"), "own"),
            OPENLY.get(name) or found.get(name.removesuffix("-csv")) or NOT_GIVEN,
        )
        for name in sorted(doors.FORMS - LEAVES)
    ]


def whoever_may(name: str, path: str, roles: tuple[str, ...]) -> Client:
    """Somebody to whom an address is open: of several whoever is given its page, if it has one."""
    preferred = dict.fromkeys(("team manager", "social worker", "director", "performance analyst", *roles))
    open_to = [role for role in preferred if name in doors.OPEN | doors.OWN or not is_closed(role, name)]
    given = (browser for role in open_to[:MOST_TRIED] if (browser := asks(role)).get(path).status_code == 200)
    return next(given, None) or asks(open_to[0])
