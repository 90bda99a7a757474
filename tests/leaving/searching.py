"""Looking for marked values in whatever leaves: as written, in other spellings, packed and in a program's own form.

The spellings are written out by hand, not made by the search that is under test.
"""

from __future__ import annotations

import gzip
import html
import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote_plus
from uuid import uuid4

import polars as pl
import psycopg

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary import TABLES
from tests.access.made import holding
from tests.clocks.made import tell
from tests.leaving.made import BEGAN, NOW, rows, wanted
from tests.leaving.planting import planted
from tests.servers.asking import asking
from tests.servers.started import Database

ROLES = ("social worker", "team manager", "business support", "performance analyst", "director")
"""Those who between them see every kind of page of the child."""
MARKED: dict[str, tuple[tuple[str, str] | None, str, tuple[str, ...]]] = {
    "address": (("address", "AD2"), "", ("Quillberry Lane", "quillberry ln", "QUILLBERRYLANE", "ZZ1 2AB", "zz12ab")),
    "placement": (("cla_placement", "PL1"), "", ("ZZ3 4CD", "zz34cd", "SC123456")),
    "school": (None, "Fernbank Primary School", ("Fernbank", "FERNBANK PRIMARY", "fern-bank primary")),
    "carer": (None, "Rose Unreal", ("Rose Unreal", "Unreal, Rose", "Mrs UNREAL")),
    "name": (None, "Ashby Wizzlethorpe", ("Ashby Wizzlethorpe", "WIZZLETHORPE", "Wizzlethorpe, Ashby")),
    "fact": (None, "is having another baby", ("is having another baby", "Is having  another BABY")),
}
"""For each kind of marker the row or the words that are marked, and ways to tell it."""
PLANTED = "Told at Quillberry Ln, ZZ12AB, by Rose Unreal of Fernbank: Ashby Wizzlethorpe is having another baby."
"""A sentence of free text that tells five of them."""
NEEDLES = tuple("".join(one.casefold().split()).replace("-", "") for _, _, ways in MARKED.values() for one in ways)


def marked_record(database: Database) -> None:
    """Ashby and Bexley, sign-ins of several roles, marked values in every free text, and a marker of every kind."""
    told = rows()
    told["role_holding"] = [
        {**holding(role), "scope": "all" if role in ("director", "performance analyst") else "t1", "worker_id": "ann"}
        for role in ROLES
    ]
    told["cp_visits"] += [
        {
            "cp_visit_id": "v9",
            "child_id": "ash",
            "happened_on": BEGAN,
            "worker_id": "ann",
            "seen": False,
            "reason": PLANTED,
        }
    ]
    told["contacts"] = [{"contact_id": "k1", "child_id": "ash", "happened_on": BEGAN, "outcome_json": PLANTED}]
    told["case_supervision"] = [
        {"supervision_id": "s1", "child_id": "ash", "happened_on": BEGAN, "outcome": "held", "decision": PLANTED}
    ]
    told["visit_warning"] = [
        {"warning_id": "w1", "child_id": "ash", "kind": "safe contact", "says": PLANTED, "from_on": BEGAN}
    ]
    told["timescale_exception"] = [
        {
            "exception_id": "x1", "child_id": "ash", "rule": "cp-visit", "granted_by": "team manager",
            "reason": PLANTED, "from_on": BEGAN, "new_due_on": date(2026, 3, 25),
        }
    ]  # fmt: skip
    told["child_plan"] = [
        {
            "child_id": "ash",
            "visit_every": 5,
            "unit": "working_days",
            "set_by": "conference",
            "why": PLANTED,
            "from_on": BEGAN,
        }
    ]
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, told, now=NOW - timedelta(days=1))
        tell(loader, _planted(stays=False), now=NOW - timedelta(hours=23))
    with database.connect(DatabaseRole.OWNER) as owner:  # what stays is loaded by nobody
        tell(owner, _planted(stays=True), source="keyworker", now=NOW - timedelta(hours=22))
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        door = director(connection)
        for kind, (row, value, _) in MARKED.items():
            changed: dict[str, Any] = {"row": row, "kind": "" if row else kind, "value": value}
            door.mark(ash(connection), wanted(marker_id=uuid4().hex, told_to="anyone outside", **changed))


def _planted(*, stays: bool) -> dict[str, list[dict[str, Any]]]:
    rows_of = planted(PLANTED, BEGAN + timedelta(days=1))
    return {name: found for name, found in rows_of.items() if TABLES[name].stays is stays}


def director(connection: psycopg.Connection, account: str = "di") -> Keyworker:
    """A director who marks and looks."""
    who = Asker(account, "test what leaves", Door.PAGE, (RoleHeld("director", "all"),), None)
    return asking(who, connection, NOW - timedelta(hours=1))


def ash(connection: psycopg.Connection) -> str:
    """The marked child's handle."""
    return handles_of(connection, HandleKind.CHILD, ["ash"])["ash"]


def texts(body: bytes) -> Iterator[str]:
    """What some bytes say: themselves, what is packed in them, the rows of Parquet; also with escapes undone."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            yield archive.comment.decode(errors="replace")
            for one in archive.namelist():
                yield one
                yield from texts(archive.read(one))
        return
    if body[:2] == b"\x1f\x8b":
        yield from texts(gzip.decompress(body))
        return
    if body[:4] == b"PAR1":
        yield pl.read_parquet(io.BytesIO(body)).write_csv()
        return
    said = body.decode(errors="replace")
    yield said
    yield html.unescape(said)
    yield unquote_plus(said)


def told_in(body: bytes) -> set[str]:
    """The marked values that some bytes tell, in whatever spelling."""
    found: set[str] = set()
    for text in texts(body):
        run = "".join(text.casefold().split()).replace("-", "")
        found |= {one for one in NEEDLES if one in run}
    return found
