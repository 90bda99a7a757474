"""Every address is asked for by whoever sees most of a marked child, and every marked value is searched for in it.

It finds new addresses by itself. What tells one must say that it stays inside and stand in the list below; the sheet
that is made to leave, and whatever the browser keeps or shows in its address, tells none.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import get_resolver, resolve

from keyworker.access import INSIDE_ONLY
from keyworker.actions.carried import FILES as FILES_IN_A_DAY
from keyworker.actions.copies import WantedCopy
from keyworker.actions.plan_actions import LEFT_OUT
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.web import bound, doors, entry
from keyworker.web.api.kept_back import HEADER
from keyworker.web.record import RealRecord
from tests.access.made import account, holding, setting
from tests.clocks.made import tell
from tests.leaving.made import NOW
from tests.leaving.searching import MARKED, NEEDLES, ROLES, ash, director, marked_record, texts, told_in
from tests.servers.started import Database, Server
from tests.web import crawled
from tests.web.api.conftest import asks, operations
from tests.web.conftest import Page
from tests.web.opened import PASSWORD

Fetch = Callable[..., Page]
TELLING = {
    "child": "the reasons of visits, as they were written",
    "child-csv": "the same as a file",
    "child-due": "the reasons of agreed exceptions",
    "child-due-csv": "the same as a file",
    "child-not-to-be-told": "what is marked, for those who must not tell it",
    "child-not-to-be-told-new": "the addresses and placements that can be marked",
    **dict.fromkeys(
        ("my-children", "my-children-csv", "my-work", "my-work-csv", "worker", "worker-csv"),
        "what stands before the door, for whoever is to visit",
    ),
    "child-direct-work": "what direct work was for and what changed, in the child's words",
    "child-case-notes": "what was written of the child in case notes",
    "child-own-words": "what the child and the family said, in their own words",
    "child-meetings": "what was decided in a meeting about the child, as it was written",
    **dict.fromkeys(
        ("child-challenges", "challenges", "challenges-csv"), "what was challenged and answered, as it was written"
    ),
    "child-plan": "what the plan asks, as it was written",
    "my-actions": "what was undertaken in supervision, as it was written, for whoever undertook it",
    "my-actions-csv": "the same as a file",
    "own-actions": "what a plan asks of whoever reads it, who sees the child; another agency is told nothing marked",
    "own-actions-csv": "the same as a file",
    "child-supervision": "what was decided and undertaken for the child, as it was written",
    "child-workers": "what was written at a handover",
    "cover-sheet": "a warning's own words, which may say what a marked row must not",
    "supervision": "what was written in a supervision, for the two who held it",
    "emergency-reviews": "why a record was opened in an emergency, for whoever reviews it",
    "looked": "the same, for whoever is named for the child or leads the district",
    **dict.fromkeys(("meaning", "records-csv", "workbook"), "each word of a source, to be given its meaning"),
    **dict.fromkeys(
        ("learning", "staff-record", "my-staff-record"),
        "what was written of a worker, in the words of whoever wrote it",
    ),
    "child-copy": "what was left out, for the sender",
    "child-copy-answer": "what was left out, for the second person",
}
"""The addresses that tell a marked value to those who may see the child, and why they do. Each was thought of."""
FILES = (".csv", ".ics", ".xlsx", ".zip")
GIVEN = ("/due.ics", "/meaning/workbook.xlsx", "/meaning/download.csv")


@pytest.fixture(scope="module")
def marked(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    marked_record(made)
    with made.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"role_holding": [holding("partner", worker_id=None)]}, now=NOW - timedelta(hours=3))
        tell(loader, _of_the_brother(), source="keyworker", now=NOW - timedelta(hours=3))
    with made.connect(DatabaseRole.LOADER) as loader:  # every file of every page is asked for, more than a day allows
        tell(loader, {"setting": [setting(FILES_IN_A_DAY, "10000")]}, now=NOW - timedelta(hours=2))
    yield made
    embedded_server.drop(made)


def _of_the_brother() -> dict[str, list[dict[str, Any]]]:
    """What another agency is to do for Bexley, whose brother's markers are his too: every way to tell one of them."""
    ways = [way for _, _, ways in MARKED.values() for way in ways]
    return {
        "plan_action": [
            {
                "action_id": f"way-{number}", "child_id": "bex", "happened_on": NOW.date(), "plan": "cin",
                "need": f"Near {way}", "what": f"Visit: {way}", "agency": "health", "account": account("partner"),
                "told_as": f"B. of {way}", "due_on": NOW.date(), "moved_why": f"Because of {way}",
            }
            for number, way in enumerate(ways)
        ]
    }  # fmt: skip


@pytest.fixture
def record(marked: Database, client: Fetch, site: Database) -> Iterator[Database]:
    """The pages bound to the marked record, with a sign-in for each role."""
    accounts = [entry.SignIn(account(role), PASSWORD) for role in (*ROLES, "partner")]
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), accounts)
    real = RealRecord(marked.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    yield marked
    real.close()


@pytest.fixture
def copy(record: Database) -> str:
    """A copy that was asked for with every marked value in the sender's own words, and agreed by another."""
    copy_id = uuid4().hex
    note = "\n".join(way for _, _, ways in MARKED.values() for way in ways[:2])
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        door, child = director(connection), ash(connection)
        wanted = WantedCopy(copy_id, "grandparent", "Gail Imaginary", "a test", note, with_family=True)
        door.ask_copy(child, wanted, door.look(child, wanted).copy.contents)
    return copy_id


def _addresses(record: Database, copy: str) -> list[str]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        far = {HandleKind.CHILD: "ash", HandleKind.WORKER: "ann", HandleKind.TEAM: "t1"}
        handles = {kind: handles_of(connection, kind, [one])[one] for kind, one in far.items()}
    return [path.replace("none-such", copy) if "/copies/" in path else path for _, path in crawled.addresses(handles)]


def _faults(name: str, path: str, page: Page) -> Iterator[str]:
    """What is wrong with one answer: a value told where it should not be, or without saying that it stays inside."""
    kept = f"{path} {page.headers} {page.tree.findtext('.//title') if page.tree is not None else ''}"
    if told_in(kept.encode()):
        yield f"{name}: in the address, a header or the title"
    told = told_in(page.body)
    if told and name not in TELLING:
        yield f"{name}: {sorted(told)}"
    if told and not any(INSIDE_ONLY in html.unescape(text) for text in texts(page.body)):
        yield f"{name}: does not say that it stays inside"


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells_a_marked_value_but_those_that_were_thought_of_and_say_that_they_stay_inside(
    client: Fetch, record: Database, copy: str, role: str
) -> None:
    waiting, seen, faults = _addresses(record, copy), set(), []
    assert len(waiting) > 80
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page = client(path, account=account(role))
        name = str(resolve(path.split("?")[0]).url_name)
        faults += list(_faults(name, path, page))
        if page.status >= 500:
            faults.append(f"{name}: {page.status}")
        if page.tree is not None and page.status == 200:
            found = page.tree.xpath("//main//a/@href")
            waiting += [one for one in found if one.split("?")[0].endswith(FILES)]
    assert not faults, "; ".join(sorted({one[:90] for one in faults}))


def test_what_is_thought_to_tell_a_marked_value_does_so_that_the_search_is_known_to_find_it(
    client: Fetch, record: Database, copy: str
) -> None:
    found = {
        str(resolve(path.split("?")[0]).url_name)
        for path in _addresses(record, copy)
        if told_in(client(path, account=account("team manager")).body)
    }
    assert {"child", "child-due", "child-not-to-be-told", "child-not-to-be-told-new", "child-copy"} <= found


@pytest.mark.parametrize("path", GIVEN)
def test_a_calendar_a_workbook_and_a_list_say_that_they_stay_inside(client: Fetch, record: Database, path: str) -> None:
    for role in ("performance analyst", "team manager"):
        answer = client(path, account=account(role))
        if answer.status == 200:
            # A line of a calendar is folded after 75 octets.
            said = [text.replace("\r\n ", "").replace("\\", "") for text in texts(answer.body)]
            assert any(INSIDE_ONLY in html.unescape(text) for text in said), role
            break
    else:
        pytest.fail("nobody was given it")


def test_the_sheet_that_leaves_tells_no_marked_value(client: Fetch, record: Database, copy: str) -> None:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        child = ash(connection)
        second = director(connection, "another")
        _, looked, _ = second.look_again(child, copy)
        second.answer_copy(child, copy, looked.copy.contents, "It names no place.", agrees=True)
    sheet = client(f"/child/{child}/copies/{copy}/sheet", account=account("director"))
    assert sheet.status == 200 and "Ann Madeup" in sheet.text
    assert told_in(sheet.body) == set() and "Fen 1" not in sheet.text and "Fenland" not in sheet.text


def test_another_agency_is_told_nothing_that_is_marked_of_a_brother_by_a_page_a_file_or_the_interface(
    client: Fetch, record: Database
) -> None:
    """A second person agreed to one, so that it is told, less what is marked."""
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        second = director(connection, "another")
        waits = second.waiting_outside()
        assert len(waits) == len(NEEDLES)
        one = next(each for each in waits if each.message.in_row == "way-0")
        second.answer_told(one.handle, one, one.leaves.contents, uuid4().hex, "It names no place.", agrees=True)
    paths = ("/plan-actions", "/plan-actions/to-do.csv", "/plan-actions/way-0/end", "/plan-actions/way-0/challenge")
    pages = {path: client(path, account=account("partner")) for path in paths}
    answer = asks()("/own-actions", "partner")
    assert LEFT_OUT in pages["/plan-actions"].words() and LEFT_OUT in str(answer.body)
    assert pages["/plan-actions"].text.count("/end") == answer.body["of"] == 1, "what nobody agreed to is not there"
    said = {path: page.body for path, page in pages.items()} | {"": answer.text.encode()}
    assert {page.status for page in pages.values()} == {200}
    assert {path: told for path, body in said.items() if (told := told_in(body))} == {}


def test_no_operation_of_the_interface_tells_a_marked_value(record: Database) -> None:
    """Asked by a token for everything, names too, about the child, the worker and the team."""
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        far = {HandleKind.CHILD: "ash", HandleKind.WORKER: "ann", HandleKind.TEAM: "t1", HandleKind.POST: "planted"}
        handles = {kind: handles_of(connection, kind, [one]).get(one, "none") for kind, one in far.items()}
    of = {f"/{kind.value}s/" if kind is not HandleKind.CHILD else "/children/": one for kind, one in handles.items()}
    asked = {one.path for one in operations() if one.method == "GET"}
    ask, answers = asks(), {}
    for path in asked:
        handle = next((one for part, one in of.items() if part in path), "none-such")
        (one,) = (each for each in operations() if (each.method, each.path) == ("GET", path))
        answers[path] = ask(one.filled(handle=handle), "director")
    assert sum(one.status == 200 for one in answers.values()) > 40
    assert sum(HEADER in one.headers for one in answers.values()) > 10, "there was something to leave out"
    assert {path: told for path, one in answers.items() if (told := told_in(one.text.encode()))} == {}


def test_every_address_that_is_thought_to_tell_one_exists(site: Database) -> None:
    assert set(TELLING) <= {str(one.name) for one in get_resolver().url_patterns}
    assert not set(TELLING) & doors.OPEN
