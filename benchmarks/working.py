"""Five hundred people at work at once: how long their pages take, and whether anything that was confirmed is lost.

`python -m benchmarks.working` serves the record of `benchmarks.pages` for social workers who hold children. Somebody
signs in with a password and works alone; then all are signed in beforehand, a few at a time, by what completes a
sign-in behind the form, for 500 passwords are minutes of a processor and no part of the work. What their first pages
cost is told apart. Each acts every 15 seconds on average: opens what needs them, their children, a child, what is due,
a cover sheet, looks somebody up, and one time in ten writes a visit down on the page's own form. Afterwards the record
is asked, as its owner, for every visit of which a page confirmed that it was written. With `--kill`, the server of the
pages and then the database are ended in the middle with `kill -9` and started again: what is not answered until the
pages are there again is counted apart. The simplest alternative in the same run is one person alone who does the same.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from benchmarks.ledger import begun, end, options
from benchmarks.pages import TOKEN, Worked, served, settled
from benchmarks.pages_record import PASSWORD, record

from keyworker.facts.belonging import workers_belonging
from keyworker.facts.days import london_day
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.writer import Act, append
from keyworker.web.entry import SignIn, add_sign_ins

PACE = 15.0
"""Seconds between one act of somebody's and the next, on average."""
WANTED = 400.0
TOGETHER = re.compile(r'name="together_id" value="([0-9a-f]{32})"')
CHILD = re.compile(r'href="(/child/[A-Za-z0-9_-]+)"')
PATIENCE, AT_FIRST = 30.0, 180.0
"""How many seconds an answer is waited for, and how many somebody's first page, which is no part of the work."""
AT_ONCE = 4
"""How many of those who have just been signed in open their first page at one time."""
ALONE_FOR = 15.0
MIX = (
    ("what needs me", 14),
    ("my children", 22),
    ("a child", 34),
    ("what is due", 10),
    ("a cover sheet", 5),
    ("find somebody", 5),
    ("write a visit", 10),
)
SETTING = {"name": "home of visits", "applies_to": "all", "value": "keyworker", "from_on": date(2020, 1, 1)}

_WORKERS = """select i.worker_id from record.involvements i
join record.cin_episodes e on e.child_id = i.child_id and e.superseded_at is null and e.to_on is null
where i.superseded_at is null and i.standing = 'reported' and i.to_on is null and i.worker_id is not null
    and not exists (select from record.role_holding h where h.worker_id = i.worker_id and h.superseded_at is null)
group by i.worker_id having count(distinct i.child_id) >= 3 order by md5(i.worker_id)"""
_ACCOUNTS = """select account, worker_id from record.role_holding
where superseded_at is null and account like 'working.%' order by entry_id"""
_WRITTEN = """select together_id, count(*) from record.visit_note where superseded_at is null
and together_id = any(%s) group by together_id"""


@dataclass
class Seen:
    """What everybody's asking came to: milliseconds by act, errors in words, and visits confirmed as written."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    while_down: int = 0
    confirmed: list[str] = field(default_factory=list)
    people: int = 0
    seconds: float = 0.0
    processor: float = 0.0  # of this process, which asks, in milliseconds


@dataclass
class Person:
    """Somebody at work: their browser, and the addresses of the children whom they hold."""

    client: httpx.AsyncClient
    chance: random.Random
    children: list[str]

    async def act(self, what: str) -> tuple[list[float], str | None]:
        """Do one thing. Gives the milliseconds of each answer, and the visit that was confirmed, if one was."""
        child = self.chance.choice(self.children)
        if what == "write a visit":
            return await self._writes(child)
        if what == "find somebody":
            return [await self._posts("/find", {"who": self.chance.choice(("Test", "Madeup", "Inven", "Sam"))})], None
        paths = {
            "what needs me": "/needs-me",
            "my children": "/my-children",
            "a child": child,
            "what is due": "/due",
            "a cover sheet": f"{child}/cover-sheet",
        }
        return [await self._opens(paths[what])], None

    async def _writes(self, child: str) -> tuple[list[float], str | None]:
        began = time.perf_counter()
        form = await self.client.get(f"{child}/visits/new")
        opened = (time.perf_counter() - began) * 1000
        token, together = TOKEN.search(form.text), TOGETHER.search(form.text)
        if form.status_code != 200 or token is None or together is None:
            raise Unexpected(form.status_code)
        said = {"csrfmiddlewaretoken": token.group(1), "together_id": together.group(1)}
        said |= {"on": datetime.now(UTC).date().isoformat(), "place": "home", "announced": "yes"}
        said |= {"1-outcome": "seen alone", "1-words": "Made-up words."}
        began = time.perf_counter()
        answer = await self.client.post(f"{child}/visits/new", data=said, headers={"Referer": str(form.url)})
        wrote = (time.perf_counter() - began) * 1000
        if answer.status_code != 302:
            raise Unexpected(answer.status_code)
        return [opened, wrote], together.group(1)

    async def _posts(self, path: str, said: dict[str, str]) -> float:
        token = self.client.cookies.get("keyworker-form") or ""
        began = time.perf_counter()
        said = said | {"csrfmiddlewaretoken": token}
        answer = await self.client.post(path, data=said, headers={"Referer": str(self.client.base_url)})
        if answer.status_code not in (200, 302):
            raise Unexpected(answer.status_code)
        return (time.perf_counter() - began) * 1000

    async def _opens(self, path: str) -> float:
        began = time.perf_counter()
        answer = await self.client.get(path)
        if answer.status_code != 200:
            raise Unexpected(answer.status_code)
        return (time.perf_counter() - began) * 1000


class Unexpected(Exception):
    """An answer that is no page: its status."""


def people_of(home: Path, count: int) -> list[str]:
    """As many social workers as are wanted, who hold children and may write visits down; made where they are not."""
    with connect(DatabaseRole.SERVICE, home=home, autocommit=True) as service:
        made_before = service.execute(_ACCOUNTS.encode()).fetchall()
        # Whose last appointment has ended is let into no page, whether or not a child is still in their name.
        belonging = workers_belonging(service, london_day(datetime.now(UTC)))
        left = {worker for worker, belongs in belonging.items() if belongs.has_left}
        held = [account for account, worker in made_before if worker not in left][:count]
        here = [worker for (worker,) in service.execute(_WORKERS.encode()) if worker not in left]
    wanted = here[: count - len(held)]
    rows: dict[str, list[dict[str, Any]]] = {
        "role_holding": [
            {"account": f"working.{len(made_before) + place}", "role": "social worker", "scope": "own"}
            | {"worker_id": worker, "from_on": date(2020, 1, 1)}
            for place, worker in enumerate(wanted)
        ]
    }
    if not made_before:
        rows["setting"] = [SETTING]
    if wanted:
        with connect(DatabaseRole.LOADER, home=home) as loader:
            append(loader, Act("load", "benchmark", "people at work", "working"), datetime.now(UTC), rows)
        made = [str(row["account"]) for row in rows["role_holding"]]
        first = {} if made_before else {made[0]: PASSWORD}
        add_sign_ins([SignIn(account, first.get(account, "")) for account in made], home=home)
        held += made
    return held


def cookies_of(home: Path, accounts: Sequence[str]) -> list[dict[str, str]]:
    """Complete a sign-in of each, as the form does once the password was right. Gives what each browser keeps of it."""
    add_sign_ins([], home=home)
    # What stands on the web framework can be read only once it is set up.
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from keyworker.web import bound
    from keyworker.web.signing import completing, sessions

    found = []
    model = get_user_model()
    for account in accounts:
        request = HttpRequest()
        request.user, request.session = AnonymousUser(), sessions.SessionStore()
        completing.complete(request, model.objects.get(**{model.USERNAME_FIELD: account}), "a benchmark")
        request.session.save()
        found.append({settings.SESSION_COOKIE_NAME: str(request.session.session_key)})
    bound.source().close()  # type: ignore[attr-defined]
    return found


async def with_password(client: httpx.AsyncClient, account: str) -> None:
    """Sign somebody in on the form."""
    page = await client.get("/sign-in")
    token = TOKEN.search(page.text)
    assert token is not None
    form = {"csrfmiddlewaretoken": token.group(1), "account": account, "password": PASSWORD}
    await client.post("/sign-in", data=form, headers={"Referer": str(client.base_url)})


async def at_their_desk(client: httpx.AsyncClient, number: int, few: asyncio.Semaphore) -> Person | None:
    """Open the first page of somebody who is signed in. Gives nobody where they hold no child whom they may see."""
    async with few:
        mine = await client.get("/my-children", timeout=AT_FIRST)
    children = sorted(set(CHILD.findall(mine.text)))
    return Person(client, random.Random(number), children) if children else None


async def at_work(person: Person, until: float, seen: Seen, is_down: Callable[[], bool], pace: float) -> None:
    """Act, and think, and act, until the time is over."""
    acts, weights = zip(*MIX, strict=True)
    await asyncio.sleep(person.chance.uniform(0, pace))
    while time.monotonic() < until:
        (what,) = person.chance.choices(acts, weights)
        try:
            spent, confirmed = await person.act(what)
            seen.spent[what] += spent
            seen.confirmed += [confirmed] if confirmed else []
        except (Unexpected, httpx.HTTPError) as error:
            if is_down():
                seen.while_down += 1
            else:
                seen.errors[f"{what}: {type(error).__name__} {error}"[:80]] += 1
        # Nobody thinks on once the time is over: it would count as time in which nobody asked.
        await asyncio.sleep(min(person.chance.expovariate(1 / pace), max(0.0, until - time.monotonic())))


async def everybody(
    address: str, cookies: Sequence[dict[str, str]], seconds: float, seen: Seen, fault: Fault, ready: Callable[[], None]
) -> None:
    """Let everybody open their first page, and then work. Takes ready, told between the two."""
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(browser(address, kept)) for kept in cookies]
        few = asyncio.Semaphore(AT_ONCE)
        desks = await asyncio.gather(*(at_their_desk(one, number, few) for number, one in enumerate(clients)))
        # Of whoever's children were all closed since, the page lists nobody to open.
        people = [person for person in desks if person]
        ready()
        await together(people, seconds, PACE, seen, fault)


async def alone(address: str, account: str, seen: Seen) -> None:
    """Let one person sign in with a password and work with nobody beside them."""
    async with browser(address, {}) as client:
        await with_password(client, account)
        person = await at_their_desk(client, 0, asyncio.Semaphore(1))
        assert person is not None, "who works alone holds no child"
        await together([person], ALONE_FOR, 0.5, seen, Fault())


async def together(people: Sequence[Person], seconds: float, pace: float, seen: Seen, fault: Fault) -> None:
    """Let people work until the time is over, and note what it took to ask for them."""
    seen.people = len(people)
    began, processor = time.monotonic(), time.process_time()
    work = [at_work(person, began + seconds, seen, fault.is_down, pace) for person in people]
    await asyncio.gather(fault.strike(seconds), *work)
    seen.seconds, seen.processor = time.monotonic() - began, (time.process_time() - processor) * 1000


def browser(address: str, kept: dict[str, str]) -> httpx.AsyncClient:
    """A browser that keeps one connection open. Takes kept, its cookies."""
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=30)
    return httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits, cookies=kept)


class Fault:
    """What goes wrong in the middle, if anything is to."""

    def __init__(self, again: Callable[[], None] | None = None, blows: Sequence[Callable[[], None]] = ()) -> None:
        self._again, self._blows = again, blows
        self._down = 0.0

    def is_down(self) -> bool:
        """Whether the pages were struck and had no half a minute since to come back."""
        return time.monotonic() < self._down

    async def strike(self, seconds: float) -> None:
        """Each blow at its time, and the server of the pages again after it."""
        for blow in self._blows:
            await asyncio.sleep(seconds / (len(self._blows) + 1))
            self._down = time.monotonic() + PATIENCE + 15
            await asyncio.to_thread(blow)
            if self._again is not None:
                await asyncio.to_thread(self._again)


def lost(home: Path, confirmed: Sequence[str]) -> tuple[int, int]:
    """How many confirmed visits the record does not hold, and how many it holds more than once."""
    with connect(DatabaseRole.OWNER, home=home, autocommit=True) as owner:
        held = dict(owner.execute(_WRITTEN, (list(confirmed),)).fetchall())
    return sum(one not in held for one in confirmed), sum(count > 1 for count in held.values())


def shape(spent: Sequence[float]) -> dict[str, float]:
    """The middle and the tail, in milliseconds."""
    ordered = sorted(spent)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {"answers": len(ordered), "median": round(statistics.median(ordered), 1), "p95": round(p95, 1)}


def told(seen: Seen) -> dict[str, Any]:
    """What was seen, in numbers."""
    every = [one for some in seen.spent.values() for one in some]
    return {
        "all": shape(every),
        "a_second": round(len(every) / seen.seconds, 1),
        "asking_cpu_each": round(seen.processor / len(every), 1),
        "by_act": {what: shape(seen.spent[what]) for what, _ in MIX if seen.spent[what]},
        "errors": dict(seen.errors),
        "unanswered_while_down": seen.while_down,
        "confirmed_visits": len(seen.confirmed),
    }


def main() -> None:
    """Measure, print and keep."""
    arguments = options()
    arguments.add_argument("--people", type=int, default=500)
    arguments.add_argument("--seconds", type=float, default=180)
    arguments.add_argument("--kill", action="store_true", help="end the pages, then the database, in the middle")
    arguments.add_argument("--note", default="")
    given = arguments.parse_args()
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    line = begun("people at work at once, milliseconds")
    with record(Path(kept) if kept else None) as measured, ExitStack() as stack:
        accounts = people_of(measured.home, given.people)
        cookies = cookies_of(measured.home, accounts)
        server = _Server(stack, measured.home)
        worked = Worked(server.process, measured.home)
        is_warm = settled(worked)
        one, many = Seen(), Seen()
        asyncio.run(alone(server.address, accounts[0], one))
        fault = Fault(server.again, (server.strike, server.strike_database)) if given.kill else Fault()
        at_desks: list[float] = []
        worked.since()
        ready = lambda: at_desks.append(worked.since())  # noqa: E731 - told once, between signing in and working
        asyncio.run(everybody(server.address, cookies, given.seconds, many, fault, ready))
        each = worked.since() / max(1, sum(map(len, many.spent.values())))
        missing, twice = lost(measured.home, many.confirmed)
        numbers = told(many)
        line |= {
            "people": many.people,
            "rows": measured.rows,
            "killed": given.kill,
            "warm": is_warm,
            "numbers": numbers,
            "cpu_each": None if given.kill else round(each, 1),
            "cpu_of_first_page_each": round(at_desks[0] / max(1, many.people), 1),
            "one_alone": told(one),
            "lost": missing,
            "written_twice": twice,
            "wanted": "p95 under 400 ms, no error, nothing lost",
            "met": numbers["all"]["p95"] < WANTED and not numbers["errors"] and not missing and not twice,
        }
    line |= {"note": given.note} if given.note else {}
    end(line, given)


class _Server:
    """The pages of the record, that can be ended at once and started again on the same port."""

    def __init__(self, stack: ExitStack, home: Path) -> None:
        self._stack, self._home = stack, home
        self.address, self.process = stack.enter_context(served(home))
        self._port = int(self.address.rsplit(":", 1)[1])

    def strike(self) -> None:
        """End the process of the pages."""
        os.kill(self.process, signal.SIGKILL)
        time.sleep(1)

    def strike_database(self) -> None:
        """End the database's own process, and with it everybody's connection, and the pages, whose pool it was."""
        os.kill(int((self._home / "database/cluster/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(2)
        self.strike()

    def again(self) -> None:
        """Start the pages, and with them the database where it is down."""
        self.address, self.process = self._stack.enter_context(served(self._home, port=self._port))


if __name__ == "__main__":
    main()
