"""A crawler signs in as each role and asks for every address, with a child, worker and team far beyond most roles.

It finds the addresses by itself. The child `all` is with Cal of t3 of Marl; the setting is `own`, which widens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import get_resolver, reverse

from keyworker.access import Scope, Thing, who_may
from keyworker.access.scopes import Subject
from keyworker.access.table import roles
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.web import bound, doors, entry
from keyworker.web.record import RealRecord
from tests.access.made import NOW, account, told
from tests.access.restricting import restricted
from tests.servers.started import Database, Server
from tests.web.conftest import Page
from tests.web.opened import PASSWORD

Fetch = Callable[..., Page]
FAR = {HandleKind.CHILD: "all", HandleKind.WORKER: "cal", HandleKind.TEAM: "t3"}
NAME = "All Madeup"
BEYOND = {"Cal Madeup"}
"""A worker whose figures go to those alone who lead the whole service."""
WHY_AWAY = "MADEUPREASON"
AWAY = {"from_on": date(2026, 3, 2), "expected_return_on": date(2026, 4, 13), "reason_class": WHY_AWAY}
"""Pat, Ann and Cal are away until 13 April; why is told by no page to any role."""
WORDS = {
    "part": "children",
    "what": "open",
    "name": "open-children",
    "rule": "cp-visit",
    "measure": "cin-rate-31-march",
    "load": 1,
    "exception": "none-such",
    "note": "none-such",
    "opening": "none-such",
    "visit": "none-such",
    "rebase": "none-such",
    "marker": "none-such",
    "naming": "none-such",
    "glass": "none-such",
    "copy": "none-such",
    "handover": "none-such",
    "supervision": "none-such",
    "entry": 1,
    "asked": "none-such",
}
"""What stands in an address beside a handle."""
PLACED = {"due", "due-calendar", "ahead", "nothing-recent", "nothing-recent-csv", "counted", "counted-csv"} | {
    "missed-visits",
    "missed-visits-csv",
    "posts",
}
"""The addresses that may name a team, a district or the whole service."""


@pytest.fixture(scope="module")
def loaded(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, absence=[AWAY | {"absence_id": f"x-{one}", "worker_id": one} for one in ("pat", "ann", "cal")])
    yield made
    embedded_server.drop(made)


@pytest.fixture(scope="module")
def restricting(embedded_server: Server) -> Iterator[Database]:
    """The same service, of which the child furthest off is restricted to somebody who is not here."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    restricted(made, "all", "nobody.here")
    yield made
    embedded_server.drop(made)


@pytest.fixture
def hiding(restricting: Database, client: Fetch, site: Database) -> Iterator[Database]:
    """The pages bound to it."""
    yield from _bound(restricting, site)


@pytest.fixture
def record(loaded: Database, client: Fetch, site: Database) -> Iterator[Database]:
    """The pages bound to the made-up service, with a sign-in for each role."""
    yield from _bound(loaded, site)


def _bound(loaded: Database, site: Database) -> Iterator[Database]:
    accounts = [entry.SignIn(account(role), PASSWORD) for role in roles()]
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), accounts)
    real = RealRecord(loaded.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    yield loaded
    real.close()


@pytest.fixture
def handles(record: Database) -> dict[HandleKind, str]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        return {kind: handles_of(connection, kind, [one])[one] for kind, one in FAR.items()}


def _kind(name: str) -> HandleKind | None:
    """Whose handle an address takes, by the thing at which it stands: what is about nobody takes a post's."""
    kinds = {Subject.CHILD: HandleKind.CHILD, Subject.WORKER: HandleKind.WORKER, Subject.TEAM: HandleKind.TEAM}
    return next((kinds[about] for one in doors.things(name) if (about := who_may()[one].about) in kinds), None)


def _addresses(handles: dict[HandleKind, str]) -> list[tuple[str, str]]:
    """Every address by its name, filled in; of a post, which nobody has, with a handle that nobody has."""
    found = []
    for pattern in get_resolver().url_patterns:
        name = str(pattern.name)
        given: dict[str, object] = {}
        for wanted in pattern.pattern.converters:
            given[wanted] = handles.get(_kind(name), "nobodyhasthishandle1") if wanted == "handle" else WORDS[wanted]
        if name not in doors.OPEN:
            found.append((name, reverse(name, kwargs=given)))
    places = ({"team": handles[HandleKind.TEAM]}, {"district": "Marl"}, {"whole": "yes"})
    placed = [(name, f"{path}?{urlencode(of)}") for name, path in found if name in PLACED for of in places]
    return found + placed


def _workers_in(page: Page) -> set[str]:
    """The workers of whom a page has a row of figures: those named first in a list of workers or supervisors."""
    lists = page.tree.xpath("//table[thead]") if page.tree is not None else []
    heads = {"worker", "supervisor"}
    of_workers = [
        one
        for one in lists
        if one.xpath("string(./thead//th[1])").strip().lower() in heads
        # Who held a child, as what, from when until when, stands on the child's record and is no figure of theirs.
        and one.xpath("string(./thead//th[2])").strip() != "Role"
    ]
    named = {str(word) for one in of_workers for row in one.xpath("./tbody/tr") for word in row.xpath("./*[1]//text()")}
    return {word.strip() for word in named}


def _sees(role: str, *things: Thing) -> bool:
    """Whether a role that is held over everything sees what is furthest off."""
    cells = [who_may()[thing].cell(role) for thing in things]
    return any(cell.scope is Scope.ALL and not cell.needs_reason for cell in cells)


@pytest.mark.parametrize("role", roles())
def test_no_address_tells_a_role_of_a_child_a_worker_or_a_thing_beyond_it(
    client: Fetch, record: Database, handles: dict[HandleKind, str], role: str
) -> None:
    addresses = _addresses(handles)
    assert len(addresses) > 60
    faults = []
    for name, path in addresses:
        page = client(path, account=account(role))
        asked = doors.things(name)
        is_closed = bool(asked) and all(who_may()[one].cell(role).scope is Scope.NONE for one in asked)
        if page.status >= 500 or (is_closed and page.status != 403):
            faults.append((name, page.status))
        if not _sees(role, Thing.WORKER) and (told_of := _workers_in(page) & BEYOND):
            faults.append((name, f"the figures of {told_of}"))
        if WHY_AWAY in page.text:
            faults.append((name, "why somebody is away"))
        if NAME in page.text and not _sees(role, Thing.NAMES):
            faults.append((name, "the child's name"))
        if handles[HandleKind.CHILD] in page.text and not _sees(role, Thing.CHILD, Thing.CHILDREN):
            faults.append((name, "the child's handle"))
        if name == "access-log":
            page = client(path, account=account(role), data={"child": handles[HandleKind.CHILD]})
            faults += [(name, "the child")] if NAME in page.text or page.status >= 500 else []
        if name == "find":
            faults += [(name, told_by) for told_by in _found_beyond(client, role, handles[HandleKind.CHILD])]
        if name in doors.DOORS[Thing.WORKER] and "handle" in reverse_fields(name) and not _sees(role, Thing.WORKER):
            faults += [(name, page.status)] if page.status not in (403, 404) else []
    assert faults == []


def _found_beyond(client: Fetch, role: str, handle: str) -> Iterator[str]:
    """What looking for the child furthest off, by name, misspelt or by number, tells a role that may not see it."""
    for typed in (NAME, "al madup", FAR[HandleKind.CHILD]):
        page = client("/find", account=account(role), data={"who": typed})
        told = page.headers.get("Location", "") + page.text.replace(f'value="{typed}"', "")
        if page.status >= 500 or ((NAME in told or handle in told) and not _sees(role, Thing.NAMES)):
            yield f"the child by {typed}"


def reverse_fields(name: str) -> set[str]:
    """What an address takes."""
    (pattern,) = (one for one in get_resolver().url_patterns if one.name == name)
    return set(pattern.pattern.converters)


@pytest.mark.parametrize("role", ["director", "quality assurance"])
def test_a_role_over_everything_is_told_of_the_child_so_the_crawler_can_find_it(
    client: Fetch, record: Database, handles: dict[HandleKind, str], role: str
) -> None:
    told_by = {name for name, path in _addresses(handles) if NAME in client(path, account=account(role)).text}
    assert {"child", "child-due", "counted", "nothing-recent", "due"} <= told_by


@pytest.mark.parametrize("role", roles())
def test_no_address_tells_any_role_of_a_restricted_child_nor_answers_otherwise_than_of_nobody(
    client: Fetch, hiding: Database, role: str
) -> None:
    """The child `all` is restricted to somebody who is not here. Its name, number and handle are in no answer, and an
    address that takes a child's handle answers as it does for a handle that nobody has."""
    with hiding.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        known = {kind: handles_of(connection, kind, [one])[one] for kind, one in FAR.items()}
    hidden = known[HandleKind.CHILD]
    nobody = "nobodyhasthishandle1"
    faults = []
    for name, path in _addresses(known):
        page = client(path, account=account(role))
        if page.status >= 500 or NAME in page.text:
            faults.append((name, page.status))
        if hidden in page.text.replace(path.split("?")[0], ""):
            faults.append((name, "the child's handle"))
        if name == "find":
            said = {typed: client(path, account=account(role), data={"who": typed}) for typed in (NAME, "zzqqxx")}
            if len({(one.status, _unlike(one, "").replace(typed, "")) for typed, one in said.items()}) > 1:
                faults.append((name, "another answer than of nobody"))
        if hidden in path:
            other = client(path.replace(hidden, nobody), account=account(role))
            if (page.status, _unlike(page, hidden)) != (other.status, _unlike(other, nobody)):
                faults.append((name, "another answer than of nobody"))
    assert faults == []


def _unlike(page: Page, handle: str) -> str:
    """What an answer says, without what differs from answer to answer and without the address itself."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.text).replace(handle, "")


@pytest.mark.parametrize("role", roles())
def test_an_emergency_answers_alike_until_the_reason_is_kept(client: Fetch, hiding: Database, role: str) -> None:
    with hiding.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        hidden = handles_of(connection, HandleKind.CHILD, ["all"])["all"]
    said = [
        _unlike(client("/emergency", account=account(role), data={"handle": one, "reason": "too short"}), one)
        for one in (hidden, "nobodyhasthishandle1")
    ]
    assert re.sub(r"[0-9a-f]{32}", "", said[0]) == re.sub(r"[0-9a-f]{32}", "", said[1])


@pytest.mark.parametrize(("role", "says"), [("team manager", True), ("director", False)])
def test_a_list_says_that_it_holds_only_whom_one_may_see_to_whoever_may_not_see_everybody(
    role: str, says: bool, client: Fetch, record: Database
) -> None:
    for address in (reverse("counted", args=["open"]), "/nothing-recent?whole=yes"):
        page = client(address, account=account(role))
        assert page.status == 200
        assert ("Only children whom you may see are listed and counted here." in page.words()) is says
