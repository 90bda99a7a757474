"""How long the pages take to answer, asked over HTTP of the real server with 10,000 open children in the record.

`python -m benchmarks.pages` makes the record, serves it with `keyworker serve` on a free port of this machine, signs in
as each role and asks for every page: today, another day, and another day as it was known then. Each other day is asked
for once, so that nothing remembered helps. Today's pages are asked for once the server has read what it keeps warm;
cold is the first answer of a server and a database that were started just before, which nothing has warmed.
The simplest alternatives are measured in the same run: an empty page, which is the sign-in form, and the same facts in
one plain SQL query of the tables as they are known, without names, words or a log. Every run adds to `ledger.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from benchmarks.pages_record import PASSWORD, Measured, record, rest

from keyworker.record.connect import DatabaseRole, connect

LEDGER = Path(__file__).parent / "ledger.jsonl"
WANTED = {"today": 150.0, "another day": 1000.0, "known then": 1000.0}
TIMES = {"today": 40, "another day": 10, "known then": 10}
YEARS_BACK = 3
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
LONGEST = 60.0
SETTLING = 240.0
TICKS = os.sysconf("SC_CLK_TCK")
FEWEST, ENOUGH_SECONDS = 3, 15.0
"""A page that takes seconds is asked for as often as fits in a quarter of a minute, and at least so many times."""

_PLAIN = """with involved as (select child_id, worker_id, role, from_on from record.involvements
    where superseded_at is null and standing = 'reported' and to_on is null),
opened as (select child_id from record.cin_episodes where superseded_at is null and standing = 'reported'
        and to_on is null and referral_nfa is not true
    union select child_id from record.cp_plans where superseded_at is null and standing = 'reported' and to_on is null
    union select child_id from record.cla_episodes
        where superseded_at is null and standing = 'reported' and to_on is null),
seen as (select child_id, max(happened_on) as seen_on from (
    select child_id, happened_on from record.cin_visits where superseded_at is null and seen
    union all select child_id, happened_on from record.cp_visits where superseded_at is null and seen
    union all select child_id, happened_on from record.cla_visits where superseded_at is null and seen) v
    group by child_id)
select * from opened left join involved using (child_id) left join seen using (child_id)"""


@dataclass(frozen=True)
class Page:
    """One page and who asks for it."""

    name: str
    account: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    moves: bool = True  # whether it can be asked about another moment

    def address(self, moment: dict[str, str]) -> str:
        """The page at a moment."""
        asked = dict(self.query) | moment
        return self.path + (f"?{urlencode(asked)}" if asked else "")


def pages(measured: Measured) -> list[Page]:
    """Every page that is measured."""
    most, typical, team = measured.child_with_most, measured.typical_child, measured.largest_team
    return [
        Page("what needs me, a worker", "social.worker", "/needs-me", moves=False),
        Page("what needs me, one who supervises", "team.manager", "/needs-me", moves=False),
        Page("what needs me, a head of service", "head.of.service", "/needs-me", moves=False),
        Page("what needs me, a director", "director", "/needs-me", moves=False),
        Page("my children", "social.worker", "/my-children"),
        Page("my children, of one who supervises", "team.manager", "/my-children"),
        Page("a child, with most visits", "director", f"/child/{most}"),
        Page("a child, typical", "director", f"/child/{typical}"),
        Page("a child, of the largest family", "director", f"/child/{measured.child_of_largest_family}"),
        Page("my team", "team.manager", "/team"),
        Page("the largest team", "director", f"/team/{team}"),
        Page("service by district", "head.of.service", "/service"),
        Page("service by team", "head.of.service", "/service", (("by", "team"),)),
        Page("service, and a year before", "head.of.service", "/service", (("then", "365"),)),
        Page("the busiest worker", "director", f"/worker/{measured.busiest_worker}"),
        Page("a post", "workforce", f"/post/{measured.changed_post}"),
        Page("posts", "workforce", "/posts"),
        Page("the largest team over time", "director", f"/team/{team}/over-time"),
        Page("my work", "social.worker", "/my-work"),
        Page("due, mine", "social.worker", "/due"),
        Page("due, of one who supervises", "team.manager", "/due"),
        Page("due, the largest team", "director", "/due", (("team", team),)),
        Page("due, the largest district", "director", "/due", (("district", measured.largest_district),)),
        Page("nothing recent, mine", "social.worker", "/nothing-recent"),
        Page("nothing recent, the largest team", "director", "/nothing-recent", (("team", team),)),
        Page("nothing recent, everybody", "director", "/nothing-recent", (("whole", "yes"),)),
        Page("visits not made in time", "head.of.service", "/service/missed"),
        Page("visits behind a share", "director", "/service/missed/visits"),
        Page("timescales", "social.worker", "/timescales"),
        Page("one timescale", "social.worker", f"/timescales/{measured.most_editions}"),
        Page("published figures", "head.of.service", "/figures", (("council", "873"),), moves=False),
        Page("a published figure", "head.of.service", "/figures/cin-rate-31-march", (("council", "873"),), moves=False),
        Page("a measure", "head.of.service", "/measures/caseload"),
        Page(
            "a measure, by district", "head.of.service", "/measures/changes-of-worker-12-months", (("by", "district"),)
        ),
        Page("loads", "performance.analyst", "/loads", moves=False),
        Page("meanings", "performance.analyst", "/meaning"),
        Page("data quality", "performance.analyst", "/quality"),
    ]


@contextmanager
def served(home: Path, port: int = 0) -> Iterator[tuple[str, int]]:
    """The real server on the record, until it is no longer wanted. Gives its address and its process."""
    command = [str(Path(sys.executable).with_name("keyworker")), "serve", "--port", str(port)]
    environment = os.environ | {
        "KEYWORKER_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
        "KEYWORKER_SECOND_FACTOR": "optional",
    }
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = ADDRESS.search(process.stdout.readline())
        if said is None:
            raise SystemExit("The server did not say its address.")
        yield said.group(), process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


class Worked:
    """The processor time of the server and of its database, in milliseconds: fair on a machine that others use too."""

    def __init__(self, server: int, home: Path) -> None:
        self._server = server
        self._postmaster = int((home / "database/cluster/postmaster.pid").read_text().split()[0])
        self._last = self._every()

    def since(self) -> float:
        """What they worked since this was last asked."""
        before, self._last = self._last, self._every()
        return sum(spent - before.get(process, 0) for process, spent in self._last.items()) * 1000 / TICKS

    def _every(self) -> dict[int, int]:
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                number, _, rest_of_it = stat.read_text().rpartition(")")
            except OSError:
                continue  # a process that ended while it was looked at
            process, fields = int(number.split()[0]), rest_of_it.split()
            if process in (self._server, self._postmaster) or int(fields[1]) == self._postmaster:
                # What ended workers did counts with the one that started them.
                found[process] = sum(map(int, fields[11:15] if process == self._postmaster else fields[11:13]))
        return found


def signed_in(address: str, account: str) -> httpx.Client:
    """A person who has signed in."""
    client = httpx.Client(base_url=address, follow_redirects=False, timeout=LONGEST)
    token = TOKEN.search(client.get("/sign-in").text)
    assert token is not None
    form = {"csrfmiddlewaretoken": token.group(1), "account": account, "password": PASSWORD}
    client.post("/sign-in", data=form, headers={"Referer": address})
    return client


def milliseconds(client: httpx.Client, address: str) -> float:
    """How long one answer took to arrive whole; one that is not the page stops the run. None is waited for longer
    than `LONGEST`, which then stands for it."""
    began = time.perf_counter()
    try:
        answer = client.get(address)
    except httpx.TimeoutException:
        return LONGEST * 1000
    spent = (time.perf_counter() - began) * 1000
    if answer.status_code == 429:
        # One browser may not ask as fast as this does: what is waited is no part of an answer's time.
        time.sleep(int(answer.headers["Retry-After"]))
        return milliseconds(client, address)
    if answer.status_code != 200:
        raise SystemExit(f"{answer.status_code} in place of a page")
    return spent


def moments(kind: str, today: date, measured: Measured, seed: int) -> Iterator[dict[str, str]]:
    """Moments to ask about: today again and again, or ever another day."""
    chance = random.Random(f"{kind}{seed}")
    last = today if kind == "another day" else measured.first_cut.date()
    known = (measured.first_cut + timedelta(days=1)).isoformat()
    days = list(range(1, 365 * YEARS_BACK))
    chance.shuffle(days)
    for back in days:
        on = {"at": (last - timedelta(days=back)).isoformat()}
        yield {} if kind == "today" else on if kind == "another day" else on | {"known": known}


def settled(worked: Worked) -> bool:
    """Wait until the server has read what it keeps warm: it works no longer. Gives False where it was not in time."""
    last = time.monotonic() + SETTLING
    quiet = 0
    while quiet < 2 and time.monotonic() < last:
        time.sleep(2)
        quiet = quiet + 1 if worked.since() < 200 else 0
    return quiet == 2


def several(client: httpx.Client, page: Page, asks: Iterator[dict[str, str]], times: int) -> list[float]:
    """How long each of several answers took."""
    spent: list[float] = []
    while len(spent) < times and (len(spent) < FEWEST or sum(spent) < ENOUGH_SECONDS * 1000):
        spent.append(milliseconds(client, page.address(next(asks))))
    return spent


def shape(spent: list[float], wanted: float) -> dict[str, Any]:
    """The middle and the tail of several answers, and whether the middle is as fast as is wanted."""
    ordered = sorted(spent)
    middle = statistics.median(ordered)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {
        "median": round(middle, 1),
        "p95": round(p95, 1),
        "answers": len(spent),
        "wanted": wanted,
        "met": middle <= wanted,
    }


def warm(measured: Measured, asked: list[Page], today: date, most: int) -> dict[str, dict[str, Any]]:
    """Every page of each kind of moment, of a server that has been asked for it once before."""
    found: dict[str, dict[str, Any]] = {}
    with served(measured.home) as (address, process):
        worked = Worked(process, measured.home)
        people = {account: signed_in(address, account) for account in {page.account for page in asked}}
        settled(worked)
        nobody = httpx.Client(base_url=address, timeout=LONGEST)
        empty = statistics.median(milliseconds(nobody, "/sign-in") for _ in range(40))
        found["an empty page"] = {"today": {"median": round(empty, 1)}}
        for number, page in enumerate(asked):
            found[page.name] = {}
            for kind in WANTED if page.moves else ["today"]:
                client = people[page.account]
                asks = moments(kind, today, measured, number)
                milliseconds(client, page.address(next(asks)))
                worked.since()
                spent = several(client, page, asks, min(TIMES[kind], most))
                each = worked.since() / len(spent)
                found[page.name][kind] = shape(spent, WANTED[kind]) | {"cpu_each": round(each, 1)}
                found[page.name][kind]["times_an_empty_page"] = round(statistics.median(spent) / empty, 1)
        for client in [*people.values(), nobody]:
            client.close()
    return found


def cold(measured: Measured, asked: list[Page], today: date) -> dict[str, dict[str, float]]:
    """The first answer of a server and a database that were only just started, for each page and kind of moment."""
    found: dict[str, dict[str, float]] = {}
    for page in asked:
        for kind in WANTED if page.moves else ["today"]:
            rest(measured.home)
            with served(measured.home) as (address, _), closing(signed_in(address, page.account)) as client:
                spent = milliseconds(client, page.address(next(moments(kind, today, measured, 1))))
            found.setdefault(page.name, {})[kind] = round(spent, 1)
    return found


def plain(home: Path) -> float:
    """Milliseconds for the plain query of who holds whom and when they were seen, of everybody."""

    def ask() -> float:
        began = time.perf_counter()
        connection.execute(_PLAIN.encode()).fetchall()
        return (time.perf_counter() - began) * 1000

    with connect(DatabaseRole.OWNER, home=home, autocommit=True) as connection:
        return round(statistics.median(ask() for _ in range(5)), 1)


def main() -> None:
    """Measure, print and keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--no-ledger", action="store_true")
    arguments.add_argument("--no-cold", action="store_true", help="leave out the starts, which take a minute or two")
    arguments.add_argument("--only", default="", help="only the pages whose names hold this")
    arguments.add_argument("--answers", type=int, default=max(TIMES.values()), help="ask no page more often than this")
    arguments.add_argument("--note", default="", help="what the ledger should say about this run")
    given = arguments.parse_args()
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    before = os.getloadavg()[0]
    with record(Path(kept) if kept else None) as measured:
        asked = [page for page in pages(measured) if given.only in page.name]
        today = datetime.now(UTC).date()
        numbers = warm(measured, asked, today, given.answers)
        query = plain(measured.home)
        firsts = {} if given.no_cold else cold(measured, asked, today)
    line = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": "pages: answers over HTTP, milliseconds",
        "open_children": measured.open_children,
        "rows": measured.rows,
        "load_average": [round(before, 1), round(os.getloadavg()[0], 1)],
        "cores": os.cpu_count(),
        "plain_query_of_all": query,
        "numbers": numbers,
        "cold": firsts,
    } | ({"note": given.note} if given.note else {})
    show(line)
    if not given.no_ledger:
        with LEDGER.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(line) + "\n")


def show(line: dict[str, Any]) -> None:
    """The run as a table."""
    print("milliseconds: median, 95th in 100, processor time of server and database, cold")
    for key in ("open_children", "rows", "load_average", "plain_query_of_all"):
        print(f"{key:20} {line[key]}")
    for page, kinds in line["numbers"].items():
        for kind, said in kinds.items():
            first = line["cold"].get(page, {}).get(kind, "")
            met = "" if said.get("met", True) else "  missed"
            print(
                f"{page:36} {kind:12} {said['median']:9} {said.get('p95', ''):>9} "
                f"{said.get('cpu_each', ''):>9} {first:>9}{met}"
            )


if __name__ == "__main__":
    main()
