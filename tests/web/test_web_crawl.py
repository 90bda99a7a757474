"""A crawler signs in as each role, asks for every address and sends every form: nothing is told that is beyond it.

It finds the addresses by itself, and the forms. One child is furthest off, one restricted to somebody who is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg
import pytest
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import given

from keyworker.access import Thing
from keyworker.access.table import roles
from keyworker.record.connect import DatabaseRole
from keyworker.web import bound, doors, entry
from keyworker.web.record import RealRecord
from tests.access.made import NOW, account
from tests.servers.started import Database, Server
from tests.web import crawled, forms_found, fuzzed
from tests.web.conftest import FORM
from tests.web.crawling import Crawl, asks, is_closed, last_act, sees
from tests.web.opened import PASSWORD

OVER_EVERYTHING = ("director", "quality assurance")
"""They are told of the child furthest off, so that the crawler is known to find it."""


@dataclass(frozen=True)
class Made:
    """What is made once: the record, who is known of it, the owner's look at it, and the forms of its pages."""

    database: Database
    known: crawled.Known
    looking: psycopg.Connection
    forms: dict[str, dict[str, str]]
    parts: dict[str, str]

    def crawl(self, role: str, only: frozenset[str] = frozenset()) -> Crawl:
        """A role's way through the pages."""
        return Crawl(role, self.known, self.looking, self.forms, self.parts, only)


@pytest.fixture(scope="module")
def made(embedded_server: Server, site: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The pages bound to the made-up service, with a sign-in for each role."""
    database = embedded_server.fresh()
    crawled.make(database)
    accounts = [entry.SignIn(account(role), PASSWORD) for role in roles()]
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), accounts)
    real = RealRecord(database.conninfo, size=2, home=tmp_path_factory.mktemp("key"))
    bound.bind(real, lambda: NOW)
    with database.connect(DatabaseRole.OWNER, autocommit=True) as looking:
        known = crawled.known(database)
        yield Made(database, known, looking, *forms_found.found(known, roles()))
    real.close()
    embedded_server.drop(database)


@pytest.mark.parametrize("role", roles())
def test_no_address_and_no_form_tells_a_role_of_a_child_a_worker_or_a_thing_beyond_it(made: Made, role: str) -> None:
    crawl = made.crawl(role)
    crawl.all_addresses()
    crawl.searches()
    crawl.every_form()
    assert crawl.faults == []
    if role in OVER_EVERYTHING:
        assert {"child", "child-due", "counted", "nothing-recent", "due"} <= crawl.told_by


def test_the_forms_that_are_sent_are_those_of_the_pages(made: Made) -> None:
    found = {"visit-new", "allocation-new", "child-supervision-new", "child-copy-new", "restriction", "handover"}
    assert found <= set(made.forms)
    assert made.forms["visit-withdraw"] == {"why": forms_found.TYPED}


def test_a_page_that_takes_no_form_is_sent_none(made: Made) -> None:
    sender = made.crawl("director").sender
    read_only = ("/my-children", "/service", "/measures")
    assert {sender.post(path, "who=made-up", FORM).status_code for path in read_only} == {405}


LEAKS = {
    "leaks-name": "the child's name",
    "leaks-count": "another answer than of nobody",
    "leaks-words": "the child's name",
    "leaks-status": "another answer than of nobody",
    "leaks-fault": "500",
    "leaks-note": "a note of a supervision of others",
    "leaks-leads": "the restricted child",
    "leaks-writes": "it wrote something",
}


@contextmanager
def _leaking(made: Made, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it the pages have addresses beside them that leak."""
    # The web framework must be set up before its views are.
    from tests.web import leaking_urls

    opened = {thing: (*names, *leaking_urls.DOORS.get(thing, ())) for thing, names in doors.DOORS.items()}
    monkeypatch.setattr(doors, "DOORS", opened)
    monkeypatch.setattr(doors, "FORMS", doors.FORMS | set(leaking_urls.FORMS))
    monkeypatch.setattr(leaking_urls, "record", [made.database])
    with override_settings(ROOT_URLCONF="tests.web.leaking_urls"):
        yield


def test_the_crawler_finds_an_address_that_leaks_whether_by_name_number_words_status_fault_or_what_it_writes(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _leaking(made, monkeypatch):
        crawl = made.crawl("team manager", only=frozenset(LEAKS))
        crawl.all_addresses()
        crawl.every_form()
    found = {name: " ".join(str(what) for of, what in crawl.faults if of == name) for name in LEAKS}
    assert {name: words for name, words in LEAKS.items() if words not in found[name]} == {}


def test_no_list_and_no_count_moves_with_children_whom_the_role_may_not_see(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each role asks for every list, and again once there are more children beyond it: whoever sees everybody when only
    restricted ones came, all others when one came furthest off too. Two addresses beside the pages count them all."""
    # The web framework must be set up before its views are.
    from tests.web import leaking_urls

    with _leaking(made, monkeypatch):
        crawls = {role: made.crawl(role) for role in roles()}
        before = {role: crawl.lists() for role, crawl in crawls.items()}
        sees_all = {role for role in crawls if sees(role, Thing.CHILD, Thing.CHILDREN)}
        crawled.more_hidden(made.database)
        after = {role: crawls[role].lists() for role in sees_all}
        crawled.more_far(made.database)
        after |= {role: crawl.lists() for role, crawl in crawls.items() if role not in sees_all}
        told = made.crawl("director").lists({"counted"})
    moved = {(role, at) for role, said in after.items() for at in said if said[at] != before[role][at]}
    assert sum(map(len, after.values())) > 200
    assert moved == {
        (role, f"/leaks/{one}") for role in crawls if not is_closed(role, "counted") for one in leaking_urls.COUNTS
    }
    assert any(told[at] != after["director"][at] for at in told), "whoever may see one more is shown one more"


@pytest.mark.parametrize(("role", "says"), [("team manager", True), ("director", False)])
def test_a_list_says_that_it_holds_only_whom_one_may_see_to_whoever_may_not_see_everybody(
    made: Made, role: str, says: bool
) -> None:
    browser = made.crawl(role).browser
    for address in (reverse("counted", args=["open"]), "/nothing-recent?whole=yes"):
        page = browser.get(address)
        assert page.status_code == 200
        assert ("Only children whom you may see are listed and counted here." in page.content.decode()) is says


def test_every_form_that_is_sent_twice_writes_once(made: Made) -> None:
    """Each form of one's own, as whoever is given it. Before what fits no form is sent, which uses numbers up."""
    wrote: set[str] = set()
    for role in ("social worker", "team manager", "director", "performance analyst"):
        browser = asks(role)
        for name, pattern in crawled.taking_forms().items():
            if name not in made.forms or is_closed(role, name) or name in wrote:
                continue
            path = crawled.path_of(pattern, made.known.of("own"), "own", made.parts)
            said = urlencode({**made.forms[name], **({"time": ""} if name == "visit-new" else {})})
            counts = [last_act(made.looking)]
            for _ in range(2):
                assert browser.post(path, said, FORM).status_code < 500, name
                counts.append(last_act(made.looking))
            assert counts[1] == counts[2], f"{name} wrote again when it was sent a second time"
            wrote |= {name} if counts[1] > counts[0] else set()
    # So many of them say enough with made-up words; of the others it is held that nothing is written at all.
    assert {"own-words-new", "direct-work-new", "handover", "plan-action-end"} <= wrote


def test_nothing_that_can_be_sent_to_a_form_brings_it_down(made: Made) -> None:
    """Every address that takes a form is sent some as nobody would fill them in, by a role to which it is open."""
    answered: dict[str, set[int]] = {}
    for name, path, plausible in fuzzed.forms(made.forms, made.known):
        send = _sending(fuzzed.whoever_may(name, path, roles()), path, answered.setdefault(name, set()))
        fuzzed.EXAMPLES(given(fuzzed.sent(plausible))(send))()
    assert {name: found for name, found in answered.items() if max(found) >= 500} == {}
    assert len(answered) == len(doors.FORMS) - len(fuzzed.LEAVES)
    looked_at = [name for name, found in answered.items() if found & {200, 302, 400}]
    assert len(looked_at) > 30, "most are refused before what was sent is looked at"


def _sending(browser: Client, path: str, answered: set[int]) -> Callable[[str], None]:
    def send(body: str) -> None:
        answered.add(browser.post(path, body, FORM).status_code)

    return send
