"""Asking for every address and sending every form as a role, and what is wrong with the answers."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.test import Client
from lxml import html

from keyworker.access import Scope, Thing, who_may
from keyworker.access.scopes import Subject
from keyworker.facts.handles import HandleKind
from keyworker.web import doors
from keyworker.web.pacing import BROWSER
from tests.access.made import account
from tests.web.conftest import FORM, Page, check_every_page, sign_in
from tests.web.crawled import (
    ABOUT_NO_OTHER,
    HIDDEN,
    NAME,
    NOBODY,
    NOTE,
    WHY_AWAY,
    Known,
    addresses,
    kind_of,
    path_of,
    takes_child,
    taking_forms,
)

BEYOND = "Cal Madeup"
"""A worker whose figures go to those alone who lead the whole service."""
KEPT_OF_WORKERS = {Thing.KEEPING_STAFF, Thing.RECORDING_LEARNING}
"""What some write down of every worker, and read again, without seeing any figure about them."""
SEEN_BY_FEW = {"agreed": "yes", "answer": "no", "so": "yes", "says": "Made-up words.", "step": "agree", "sure": "yes"}
"""What forms ask that nobody here is given."""
ITS_OWN = {"handle": "", "number": "", "reason": "too short"}
"""What is said of a child whose record is opened in an emergency, and would open none."""
_checked: set[tuple[str, int]] = set()


@dataclass(frozen=True)
class Answer:
    """One answer, as bytes: no more of it is read than is asked of it."""

    status: int
    body: bytes
    to: str = ""
    is_page: bool = False

    def unlike(self, handle: str) -> tuple[int, bytes, str]:
        """What it says, without what differs from answer to answer and without the address itself."""
        said = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{32}', b"", self.body)
        return self.status, said.replace(handle.encode(), b""), self.to.replace(handle, "")

    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.body.decode())


def asks(role: str) -> Client:
    """A browser in which somebody has signed in who holds a role."""
    from django.contrib.auth.models import User

    browser = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    sign_in(browser, User.objects.get(username=account(role)))
    return browser


def sees(role: str, *things: Thing) -> bool:
    """Whether a role that is held over everything sees what is furthest off."""
    cells = [who_may()[thing].cell(role) for thing in things]
    return any(cell.scope is Scope.ALL and not cell.needs_reason for cell in cells)


def is_closed(role: str, name: str) -> bool:
    """Whether the table opens none of what stands at an address to a role."""
    asked = doors.things(name)
    return bool(asked) and all(who_may()[one].cell(role).scope is Scope.NONE for one in asked)


def counts_children(name: str) -> bool:
    """Whether what stands at an address is about children, or is how much of such things waits for whoever asks."""
    return any(who_may()[one].about is Subject.CHILD or one is Thing.NEEDS for one in doors.things(name))


@dataclass
class Crawl:
    """One role's way through the pages. It gathers what is wrong, and which addresses told of the child furthest off.

    Takes   looking, the owner's connection to the record that the pages are bound to; forms, what is sent to each
            address that takes one; parts, the list that each address of a file gives; only, the addresses asked for.
    """

    role: str
    known: Known
    looking: psycopg.Connection
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    faults: list[tuple[str, object]] = field(default_factory=list)
    told_by: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.asked = 0
        self.browser, self.sender = asks(self.role), asks(self.role)

    def _unhurried(self) -> None:
        """Sign in anew before either browser has asked for more at once than one may."""
        self.asked += 1
        if self.asked % BROWSER.at_once == 0:
            self.browser, self.sender = asks(self.role), asks(self.role)

    def get(self, name: str, path: str) -> Answer:
        """Ask for an address, and look at the answer."""
        self._unhurried()
        return self._looked_at(name, path, self.browser.get(path))

    def send(self, name: str, path: str, said: Mapping[str, str]) -> Answer:
        """Send a form to an address, and look at the answer."""
        self._unhurried()
        return self._looked_at(name, path, self.sender.post(path, urlencode(said), FORM), said.values())

    def fault(self, name: str, what: object) -> None:
        """Keep what is wrong with the answer of an address."""
        self.faults.append((name, what))

    def all_addresses(self) -> None:
        """Ask for each address: one of a child for the child furthest off, the restricted one and for nobody."""
        of_far, of_hidden, of_nobody = (
            addresses(self.known.of(one), one, self.parts) for one in ("all", "hid", "nobody")
        )
        assert len(of_far) > 60
        for (name, far), (_, hidden), (_, nobody) in zip(of_far, of_hidden, of_nobody, strict=True):
            if self.only and name not in self.only:
                continue
            if is_closed(self.role, name):
                if self.get(name, hidden).status != 403:
                    self.fault(name, "the table closes it, and it is open")
            elif far == nobody:
                self.get(name, far)
            else:
                self._alike(name, self.get(name, far), {"hid": self.get(name, hidden)}, self.get(name, nobody))

    def lists(self, only: Collection[str] = ()) -> dict[str, tuple[int, bytes, str]]:
        """What each list and count of children says that is of nobody in particular, where the table opens it.

        A figure of a worker, a team or the service counts every child, also whom the role may not see, and is left out;
        so is a file in a build, as it is made of the lists of a page; not where KEYWORKER_HISTORIES is set.
        Takes only, the addresses that are asked for; all, if none.
        """
        found = {}
        of_far, of_nobody = (addresses(self.known.of(one), one, self.parts) for one in ("all", "nobody"))
        for (name, far), (_, nobody) in zip(of_far, of_nobody, strict=True):
            is_left_out = is_closed(self.role, name) or _is_a_copy(name) or (only and name not in only)
            if far == nobody and counts_children(name) and not is_left_out:
                found[far] = self.get(name, far).unlike(NOBODY)
        return found

    def searches(self) -> None:
        """Look for a child furthest off and a restricted one, by name, misspelt or by number; and in the access log."""
        if not is_closed(self.role, "find"):
            for typed in (NAME, "al madup", "all"):
                told = self.send("find", "/find", {"who": typed})
                if self.known.children["all"] in told.to and not sees(self.role, Thing.NAMES):
                    self.fault("find", "the child, by leading there")
            hidden, nobody = (self.send("find", "/find", {"who": one}) for one in (HIDDEN, "zzqqxx"))
            if _without(hidden, HIDDEN) != _without(nobody, "zzqqxx"):
                self.fault("find", "another answer than of nobody")
        if not is_closed(self.role, "access-log"):
            for child in ("all", "hid"):
                self.send("access-log", "/access-log", {"child": self.known.children[child]})

    def every_form(self) -> None:
        """Send each form, of a child furthest off, of the restricted one and of nobody alike: nothing is written."""
        before, acts = _counted(self.looking), last_act(self.looking)
        for name, pattern in taking_forms().items():
            if self.only and name not in self.only:
                continue
            if is_closed(self.role, name):
                sent = self._form(name, "hid")
                if self.send(name, path_of(pattern, self.known.of("hid"), "hid", self.parts), sent).status != 403:
                    self.fault(name, "the table closes it, and it takes a form")
            elif takes_child(name) or name == "emergency":
                answers = {
                    one: self.send(name, path_of(pattern, self.known.of(one), one, self.parts), self._form(name, one))
                    for one in ("all", "hid", "nobody")
                    if one != "all" or not self._reaches(name)
                }
                self._alike(name, answers.pop("all", None), answers, answers.pop("nobody"))
            elif not self._is_theirs(name):
                self.send(name, path_of(pattern, self.known.handles, parts=self.parts), self._form(name, "all"))
            if (now := last_act(self.looking)) != acts:
                self.fault(name, "it wrote something")
                acts = now
        if (after := _counted(self.looking)) != before:
            self.fault("all forms", {table for table in after if after[table] != before[table]})

    def _form(self, name: str, child: str) -> dict[str, str]:
        """What is sent: what the form of this address asks for or, where nobody was given one, what most ask."""
        own = self.known.children["own"]
        other = self.known.children.get(child, NOBODY)
        given = self.forms.get(name) or self._any_form()
        said = {key.replace(own, other): one.replace(own, other) for key, one in given.items()}
        return said | (ITS_OWN | {"handle": other} if name == "emergency" else {})

    def _any_form(self) -> dict[str, str]:
        small = [form for form in self.forms.values() if len(form) < 15]
        every = {key: one for form in small for key, one in form.items()}
        asked = Counter(key for form in small for key in form)
        # A form of more fields than any may have is refused before the table is looked at.
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - len(SEEN_BY_FEW) - len(ITS_OWN)
        return {key: every[key] for key, _ in asked.most_common(most)} | SEEN_BY_FEW

    def _reaches(self, name: str) -> bool:
        return sees(self.role, *doors.things(name))

    def _is_theirs(self, name: str) -> bool:
        """Whether a form is of whoever sends it alone, or of a worker for whom the role answers: it may write."""
        return name in ABOUT_NO_OTHER or (kind_of(name) is HandleKind.WORKER and self._reaches(name))

    def _alike(self, name: str, far: Answer | None, others: Mapping[str, Answer], nobody: Answer) -> None:
        """What is beyond is answered as what does not exist."""
        said = nobody.unlike(NOBODY)
        asked = dict(others)
        if far is not None and not self._reaches(name) and not sees(self.role, Thing.CHILD):
            asked["all"] = far
        for child, answer in asked.items():
            if answer.unlike(self.known.children[child]) != said:
                self.fault(name, f"of {child} another answer than of nobody: {answer.status}, {nobody.status}")

    def _looked_at(self, name: str, path: str, response: Any, typed: Any = ()) -> Answer:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and bool(body)
        answer = Answer(response.status_code, body, response.headers.get("Location", ""), is_page)
        for fault in self._leaks(name, answer, path, [str(one) for one in typed]):
            self.fault(name, fault)
        if NAME.encode() in body:
            self.told_by.add(name)
        if is_page and (name, answer.status) not in _checked:
            _checked.add((name, answer.status))
            tree = answer.tree()
            check_every_page(Page(answer.status, body.decode(), tree, dict(response.headers), body))
        return answer

    def _leaks(self, name: str, answer: Answer, path: str, typed: list[str]) -> Iterator[object]:
        """What is wrong with an answer. Takes typed, what was sent, which a page may show again."""
        said = answer.body
        for own in (one for one in {path.split("?")[0], *typed} if len(one) > 3):
            said = said.replace(escape(own).encode(), b"")
        said += answer.to.replace(path, "").encode()
        if answer.status >= 500 or answer.status == 429:
            yield answer.status
        if WHY_AWAY.encode() in said:
            yield "why somebody is away"
        if NOTE.encode() in said:
            yield "a note of a supervision of others"
        if HIDDEN.encode() in said or self.known.children["hid"].encode() in said:
            yield "the restricted child"
        if NAME.encode() in said and not sees(self.role, Thing.NAMES):
            yield "the child's name"
        if self.known.children["all"].encode() in said and not sees(self.role, Thing.CHILD, Thing.CHILDREN):
            yield "the child's handle"
        is_of_worker = self.known.handles[HandleKind.WORKER] in path
        of_everybody = [thing for thing in doors.things(name) if thing in KEPT_OF_WORKERS]
        if is_of_worker and not sees(self.role, Thing.WORKER, *of_everybody) and answer.status not in (403, 404, 405):
            yield f"{answer.status} of a worker beyond"
        if BEYOND.encode() in said and not sees(self.role, Thing.WORKER) and BEYOND in _workers_in(answer):
            yield "a worker's figures"


def _is_a_copy(name: str) -> bool:
    return name.endswith("-csv") and not os.environ.get("KEYWORKER_HISTORIES")


def _without(answer: Answer, typed: str) -> tuple[int, bytes, str]:
    status, body, to = answer.unlike("")
    return status, body.replace(typed.encode(), b""), to


def _workers_in(answer: Answer) -> set[str]:
    """The workers of whom a page has a row of figures: those named first in a list of workers or supervisors."""
    lists = answer.tree().xpath("//table[thead]") if answer.is_page else []
    of_workers = [
        one
        for one in lists
        if one.xpath("string(./thead//th[1])").strip().lower() in {"worker", "supervisor"}
        # Who held a child, as what, from when until when, stands on the child's record and is no figure of theirs.
        and one.xpath("string(./thead//th[2])").strip() != "Role"
    ]
    named = {str(word) for one in of_workers for row in one.xpath("./tbody/tr") for word in row.xpath("./*[1]//text()")}
    return {word.strip() for word in named}


def last_act(looking: psycopg.Connection) -> int:
    (found,) = looking.execute("select coalesce(max(act_id), 0) from record.act").fetchall()
    return int(found[0])


def _counted(looking: psycopg.Connection) -> dict[str, int]:
    """How many rows each table of the record has, but for the log, which every answer is written into."""
    tables = [one for (one,) in looking.execute(_TABLES)]
    counted = " union all ".join(f"select '{one}', count(*) from record.{one}" for one in tables)
    return dict(looking.execute(counted.encode()).fetchall())


_TABLES = """select relname from pg_class where relnamespace = 'record'::regnamespace and relkind = 'r'
    and relname <> 'access_log' order by relname"""
