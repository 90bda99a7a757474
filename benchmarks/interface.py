"""What it costs another system to fetch every open child, page by page, beside one command that prints them all.

Run it as `python -m benchmarks.interface`; every run adds a line to `ledger.jsonl`, worse ones included. It uses the
record of the pages (`KEYWORKER_BENCH_HOME`). The interface answers in this process, as the pages' server would: token,
purpose, session, policies, log. Beside it, in the same run, the same children are read at once through the same door
and written as JSON, which is what `keyworker children --json` does: no page, no token, no shape that is checked.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import ledger, pages_record

from keyworker.access import Thing
from keyworker.actions import Keyworker, tables
from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment
from keyworker.web import bound, entry
from keyworker.web.record import RealRecord

SIZES = (100, 500)
TIMES = 3


def measured(home: Path) -> dict[str, Any]:
    """Milliseconds of wall and of this process's processor time, the median of some; the database's are not in it."""
    now = datetime.now(UTC)
    bound.bind(bound.source(), lambda: now)
    secret = _token(now)
    found: dict[str, Any] = {}
    with Keyworker.open_as("director", purpose="measure", now=now, home=home) as door:
        found["at once"] = _timed(lambda: _at_once(door, Moment(london_day(now))))
    for size in SIZES:
        found[f"pages of {size}"] = _timed(lambda size=size: _by_pages(secret, size))
        found[f"ratio of {size}"] = round(found[f"pages of {size}"]["wall"] / found["at once"]["wall"], 2)
    found["one page of 100"] = _timed(lambda: len(_page(secret, 100, 1)["items"]))
    return found


def _token(now: datetime) -> str:
    from keyworker.web.api import tokens
    from keyworker.web.api.uses import NAMES, Doing, Use

    uses = frozenset({NAMES, Use(Doing.READ, Thing.CHILDREN)})
    wanted = tokens.Wanted("director", "director", "A benchmark", uses, timedelta(days=1))
    return tokens.make(wanted, now, "a benchmark")[0]


def _at_once(door: Keyworker, moment: Moment) -> int:
    rows = [tables.child_record(one) for one in door.children(moment)]
    json.dumps(rows, default=str)
    return len(rows)


def _by_pages(secret: str, size: int) -> int:
    number, held = 1, 0
    while items := _page(secret, size, number)["items"]:
        number, held = number + 1, held + len(items)
    return held


def _page(secret: str, size: int, number: int) -> dict[str, Any]:
    from django.test import Client

    from keyworker.web.api.admission import refill

    refill()
    sent = {"Authorization": f"Bearer {secret}", "Keyworker-Purpose": "management"}
    answer = Client(SERVER_NAME="127.0.0.1").get(f"/api/v1/children?size={size}&page={number}", headers=sent)
    assert answer.status_code == 200, answer.content[:300]
    return dict(answer.json())


def _timed(ask: Callable[[], int]) -> dict[str, float]:
    answer = ask()
    walls, processor = [], []
    for _ in range(TIMES):
        begun, spent = time.perf_counter(), time.process_time()
        assert ask() == answer
        walls.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    return {
        "wall": round(statistics.median(walls), 1),
        "processor": round(statistics.median(processor), 1),
        "children": answer,
    }


def main() -> None:
    """Measure on the record of the pages, and write the ledger."""
    given = ledger.options().parse_args()
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    with pages_record.record(Path(kept) if kept else None) as made:
        entry.add_sign_ins([], home=made.home)
        result = ledger.begun("interface: every open child by pages, milliseconds") | measured(made.home)
        source = bound.source()
        assert isinstance(source, RealRecord)
        source.close()
    ledger.end(result, given)


if __name__ == "__main__":
    main()
