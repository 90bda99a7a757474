"""Restricting made-up children for a test: who is named, and how many questions an answer costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from tests.access.made import NOW, TODAY
from tests.servers.asking import asking
from tests.servers.started import Database


def restricted(database: Database, child_id: str, *accounts: str, kind: str = "staff family", on: date = TODAY) -> None:
    """Restrict a child to some accounts, as a director far away would."""
    rows = {
        "restriction": [
            {
                "restriction_id": f"r-{child_id}-{kind}",
                "child_id": child_id,
                "kind": kind,
                "reason": "made up for a test",
                "decided_by": "far.away",
                "from_on": on,
            }
        ],
        "restriction_named": [
            {
                "named_id": f"n-{child_id}-{kind}-{account}",
                "restriction_id": f"r-{child_id}-{kind}",
                "child_id": child_id,
                "account": account,
                "named_by": "far.away",
                "reason": "works with the child",
                "from_on": on,
            }
            for account in accounts
        ],
    }
    with database.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, Act("entry", "far.away", "test", "keyworker"), NOW, {k: v for k, v in rows.items() if v})


@contextmanager
def opened(database: Database, account: str) -> Iterator[Keyworker]:
    """The record, opened on a page by an account."""
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, TODAY, purpose="test", door=Door.PAGE)
        yield asking(asker, connection, NOW)


def handle(door: Keyworker, child_id: str) -> str:
    """A child's handle, whoever asks."""
    return handles_of(door.connection, HandleKind.CHILD, [child_id])[child_id]


def questions(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]) -> list[str]:
    """Every question that the database is asked meanwhile."""
    asked: list[str] = []
    plain = psycopg.Cursor.execute

    def counting(cursor: psycopg.Cursor, query: object, *more: object, **also: object) -> object:
        asked.append(str(query)[:60])
        return plain(cursor, query, *more, **also)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", counting)
        ask()
    return asked
