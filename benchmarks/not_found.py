"""Whether the time of "not found" tells a child who exists from one who does not, over HTTP, as two roles.

Run it as `python -m benchmarks.not_found`, with KEYWORKER_BENCH_HOME naming the data folder of a loaded demonstration
(`keyworker demo --load-only`); every run adds a line to `ledger.jsonl`, worse ones included. A handle that nobody has,
a restricted child's and one beyond reach are asked for in turn, so that all meet the same load, by each address that
takes a child's handle and is open to the role. For each of the two
that exist it gives how often it was slower than the handle that nobody has (one half: no telling), the difference of
the medians, and what one asking alone would have to be to tell: the spread. Beside them stands a handle that nobody
has against itself: what chance alone gives in as many askings.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from benchmarks.pages import served, signed_in
from benchmarks.pages_record import PASSWORD

from keyworker.facts.days import london_day
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.restricted import restricted_at
from keyworker.record.connect import DatabaseRole, connect
from keyworker.web.entry import SignIn, add_sign_ins

LEDGER = Path(__file__).parent / "ledger.jsonl"
NOBODY, AGAIN = "nobodyhasthishandle001", "nobodyhasthishandle002"
ROUTES = (
    "",
    "/due",
    "/cover-sheet",
    "/workers",
    "/supervision",
    "/not-to-be-told",
    "/copies",
    "/visits/new",
)
"""What follows the handle in an address that is of one child; the first is the child's own page."""
ASKED: Mapping[str, Sequence[str]] = {
    "social.worker": ROUTES,
    "business.support": ("", "/due", "/cover-sheet", "/copies"),
}
"""The demonstration's accounts of one team, with the routes that are open to each. There the council's setting opens to
the first every child but the restricted; the second's role no setting widens, so that somebody is beyond its reach."""


def named(home: Path, account: str) -> dict[str, str]:
    """The handles that are asked for: nobody's twice, a restricted child's, and one of a team far off."""
    today = Moment(london_day(datetime.now(UTC)))
    with connect(DatabaseRole.SERVICE, home=home, autocommit=True) as service:
        hidden = sorted(restricted_at(service, today).hidden_from(account))
        far = service.execute(_FAR.encode(), {"account": account}).fetchone()
        if not hidden or far is None:
            raise SystemExit("The record holds no restricted child, or nobody beyond reach: use the demonstration's.")
        known = handles_of(service, HandleKind.CHILD, [hidden[0], far[0]])
    return {"nobody": NOBODY, "nobody again": AGAIN, "restricted": known[hidden[0]], "beyond reach": known[far[0]]}


_FAR = """select i.child_id from record.involvements i join record.team t on t.team_id = i.team_id
where i.superseded_at is null and i.to_on is null and t.district <> (
    select t2.district from record.role_holding r join record.team t2 on t2.team_id = r.scope
    where r.account = %(account)s limit 1
) order by i.child_id limit 1"""


def asked(client: httpx.Client, handles: Mapping[str, str], route: str, times: int) -> dict[str, list[float]]:
    """How long each answer of a route took, all kinds in turn and in another order each time."""
    chance = random.Random(4)
    spent: dict[str, list[float]] = {kind: [] for kind in handles}
    order = list(handles)
    for number in range(times + 5):
        chance.shuffle(order)
        for kind in order:
            took = _not_found(client, f"/child/{handles[kind]}{route}")
            if number >= 5:  # the first few warm what is kept
                spent[kind].append(took)
    return spent


def measured(address: str, home: Path, account: str, times: int, most: int) -> dict[str, dict[str, list[float]]]:
    """How long each answer took, by route and kind, at the first routes that are open to an account."""
    client = signed_in(address, account)
    # Where the council's setting opens every district, nobody is beyond reach but the restricted.
    handles = named(home, account)
    shut = {kind: one for kind, one in handles.items() if client.get(f"/child/{one}").status_code == 404}
    if not {"nobody", "restricted"} <= set(shut):
        raise SystemExit(f"{account} was let in to nothing: is this the demonstration, with its sign-ins?")
    client.close()
    # A browser of its own for each, so that none has to wait for asking faster than people read.
    return {route or "/": asked(signed_in(address, account), shut, route, times) for route in ASKED[account][:most]}


def _not_found(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    answer = client.get(path)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code == 429:
        time.sleep(int(answer.headers["Retry-After"]))
        return _not_found(client, path)
    if answer.status_code not in (403, 404):  # some addresses refuse whom they do not know
        raise SystemExit(f"{answer.status_code} in place of not found")
    return took


def compared(plain: Sequence[float], other: Sequence[float]) -> dict[str, float]:
    """How often the other was slower, of all pairs (one half: they cannot be told apart), and the medians."""
    slower = sum((b > a) + (a == b) / 2 for a in plain for b in other) / (len(plain) * len(other))
    ordered = sorted(other)
    return {
        "median": round(statistics.median(other), 2),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 2),
        "spread": round(statistics.stdev(other), 2),
        "difference_of_medians": round(statistics.median(other) - statistics.median(plain), 2),
        "ratio": round(statistics.median(other) / statistics.median(plain), 3),
        "slower_share": round(slower, 3),
    }


def main() -> None:
    """Measure, print and keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--no-ledger", action="store_true")
    arguments.add_argument("--times", type=int, default=150)
    arguments.add_argument("--routes", type=int, default=len(ROUTES), help="how many of each account, the first ones")
    given = arguments.parse_args()
    home = Path(os.environ["KEYWORKER_BENCH_HOME"])
    add_sign_ins([SignIn(account, PASSWORD) for account in ASKED], home=home)
    before = os.getloadavg()[0]
    with served(home) as (address, _):
        time.sleep(30)  # what is kept warm is read at the start
        spent = {account: measured(address, home, account, given.times, given.routes) for account in ASKED}
    line: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": "not found: whether its time tells of a child, milliseconds over HTTP",
        "answers_each": given.times,
        "load_average": [round(before, 1), round(os.getloadavg()[0], 1)],
        "cores": os.cpu_count(),
        "numbers": {
            account: {
                route: {kind: compared(took["nobody"], one) for kind, one in took.items()}
                for route, took in routes.items()
            }
            for account, routes in spent.items()
        },
    }
    print(json.dumps(line))
    if not given.no_ledger:
        with LEDGER.open("a") as ledger:
            ledger.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
