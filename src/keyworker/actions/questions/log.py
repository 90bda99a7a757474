"""Who has looked: the access log for those who keep watch over it, and a child's and a worker's own part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from keyworker.access import Thing, require, worker_of
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen, nobody
from keyworker.facts.accounts import Account, accounts_at, named_in
from keyworker.facts.days import LONDON
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.restricted import identifiers
from keyworker.record.looking import Line, Look, Search, lines, looks, own_looks
from keyworker.vocabulary.errors import KeyworkerError, Refused

A_PAGE = 100
THE_RECORD = "child"
TELLING = frozenset(
    {"not to be told", "restricted children", "emergency", "emergency reviews", "erasure", "erasures waiting"}
    | {
        "copies",
        "copies waiting",
        "words outside",
        "visit warnings",
        "warnings to look at",
        "going alone",
        "challenges",
    }
)
"""Routes whose very name tells that something is kept from somebody, or said of a family: a child's own sheet, which
a parent may read over the shoulder, says of them what it says of the rest of the record."""
LOOKED_BACK = timedelta(days=365)
"""How far back who has looked at somebody is told."""
SHORTEST = 15


@dataclass(frozen=True)
class LogSearch:
    """Which lines of the access log are wanted.

    Takes   first_on and last_on, days; child, a handle, or for a command an identifier; account, a sign-in name, for
            which a reason is needed; route and purpose, words of the log; page, from 1.
    """

    first_on: date
    last_on: date
    child: str = ""
    account: str = ""
    reason: str = ""
    route: str = ""
    purpose: str = ""
    page: int = 1


@dataclass(frozen=True)
class LogPage:
    """A part of the access log. Takes names, by account; has_more, whether another page follows."""

    lines: tuple[Line, ...]
    names: dict[str, str]
    has_more: bool


class AboutLog(Opened):
    """Who has looked at what."""

    def access_log(self, search: LogSearch, *, a_page: int = A_PAGE) -> LogPage:
        """Lines of the access log, the latest first. That it was searched, and for whom, is in the log too.

        Raises  Refused for whoever may not, and for a search by account without a reason; NotKnown for a child whom the
                asker may not see.
        """
        with self._attempt("access log"):
            require(refusal_to_search(search))

        def read() -> tuple[LogPage, Seen]:
            child = self._every_handle(self._child_id(search.child)) if search.child else None
            accounts = accounts_at(self.connection, self._today)
            wanted = Search(
                _midnight(search.first_on),
                _midnight(search.last_on + timedelta(days=1)),
                search.account,
                search.route,
                search.purpose,
                child,
            )
            first = (max(search.page, 1) - 1) * a_page
            found = lines(self.own, wanted, first=first, most=a_page + 1)
            names = {one.account: named_in(accounts, one.account) for one in found}
            return LogPage(tuple(found[:a_page]), names, len(found) > a_page), self._searched(child, accounts, search)

        return self._read("access log", read, lambda answer: answer[1], purpose=search.reason.strip())[0]

    def looked_at(self, child: str) -> list[Look]:
        """On which days of the last year, as what and what for somebody looked at a child; never who.

        Nor that anything is marked, restricted, erased or challenged: it is made to be shown to the child.
        """

        def read() -> tuple[list[Look], list[str]]:
            handles = self._every_handle(self._child_id(child))
            return _folded(looks(self.connection, handles, self.now - LOOKED_BACK, self.now)), handles

        return self._read("looked", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def looked_at_me(self) -> list[Look]:
        """The same of the asker's own figures as a worker, and of searches of the access log for their sign-in.

        What they looked at themselves under the same sign-in is not among it.
        """
        self._require_places("worker", Thing.WORKER, of_places=False)
        worker_id = worker_of(self.asker, "there are no figures about it at which anybody could look")

        def read() -> list[Look]:
            handles = list(handles_of(self.connection, HandleKind.WORKER, [worker_id]).values())
            since = self.now - LOOKED_BACK
            mine = own_looks(self.own, handles, since, self.now, self.asker.account)
            return _without(looks(self.connection, handles, since, self.now), mine)

        return self._read("worker", read, nobody)

    def _every_handle(self, child_id: str) -> list[str]:
        """A child's handles, under every identifier of theirs."""
        lens = lens_at(self.connection, self._today)
        return list(handles_of(self.connection, HandleKind.CHILD, identifiers(lens, lens.root(child_id))).values())

    def _searched(self, child: list[str] | None, accounts: Mapping[str, Account], search: LogSearch) -> Seen:
        """Whom a search was about, so that they can see that somebody looked."""
        worker_id = accounts[search.account].worker_id if search.account in accounts else None
        worker = handles_of(self.connection, HandleKind.WORKER, [worker_id] if worker_id else [])
        return {HandleKind.CHILD: child or (), HandleKind.WORKER: worker.values()}


def _folded(found: Sequence[Look]) -> list[Look]:
    """The same, with whatever tells of something hidden told as the record."""
    times: dict[Look, int] = {}
    for one in found:
        told = replace(one, route=THE_RECORD if one.route in TELLING else one.route, times=0)
        times[told] = times.get(told, 0) + one.times
    return [replace(one, times=count) for one, count in times.items()]


def _without(all_looks: Sequence[Look], mine: Sequence[Look]) -> list[Look]:
    """Who has looked but for whoever asks. The service may not read who looked, so the two are counted apart."""
    times = {replace(one, times=0): one.times for one in mine}
    left = (replace(one, times=one.times - times.get(replace(one, times=0), 0)) for one in all_looks)
    return [one for one in left if one.times > 0]


def refusal_to_search(search: LogSearch) -> Refused | None:
    """Why the log may not be searched so, or None when it may."""
    if search.last_on < search.first_on:
        raise KeyworkerError(
            "The last day lies before the first.", where="the access log", remedy="Change one of them."
        )
    if search.account and len(search.reason.strip()) < SHORTEST:
        return Refused(
            "The access log is searched by a person’s sign-in only for a reason that is kept.",
            where="the access log",
            remedy="Say in a sentence what it is for. It is never for managing performance, and they can see that "
            "somebody looked.",
        )
    return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), LONDON)
