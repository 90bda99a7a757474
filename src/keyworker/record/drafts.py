"""What somebody has begun to write and not sent, sealed, as the database keeps it beside the record for them alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

import psycopg

from keyworker.record.sealing import Key

_KEPT = "select draft_id, address, tab, saved_at, until, sealed, key_name from begun.draft"


@dataclass(frozen=True)
class Draft:
    """A form that somebody has begun and not sent.

    Takes   address, of the page that asks for it; tab, a random word of the window in which it was typed, empty where
            no script ran; until, when it ends; said, what was typed by field; empty where its key is not here.
    """

    draft_id: str
    address: str
    tab: str
    saved_at: datetime
    until: datetime
    said: Mapping[str, str] = field(default_factory=dict, repr=False)


def drafts(own: psycopg.Connection, key: Callable[[], Key], now: datetime, address: str | None = None) -> list[Draft]:
    """The asker's own drafts that have not ended, the latest first.

    Takes   key, asked for where there are any; address, of one page alone.
    """
    rows = own.execute(
        f"{_KEPT} where until > %(now)s and (%(address)s::text is null or address = %(address)s)"
        " order by saved_at desc, draft_id".encode(),
        {"now": now, "address": address},
    ).fetchall()
    return [_opened(row, key()) for row in rows]


def keep(own: psycopg.Connection, account: str, key: Key, draft: Draft, seen_at: datetime | None) -> Draft:
    """Keep what was typed: over what the same window kept, or what it had been shown; else beside it, losing nothing.

    Takes   draft, its draft_id empty where the window knows of none; seen_at, when the window was last shown what is
            kept. Gives it with the number under which it is kept.
    """
    with own.transaction():
        own.execute("select begun.forget_ended(%s)", (draft.saved_at,))
        found = own.execute(
            f"{_KEPT} where draft_id = %(id)s or address = %(address)s and tab = %(tab)s and tab <> ''"
            " order by tab = %(tab)s desc limit 1 for update".encode(),
            {"id": draft.draft_id, "address": draft.address, "tab": draft.tab},
        ).fetchone()
        is_over = found is not None and (
            (bool(draft.tab) and found[2] == draft.tab) or (seen_at is not None and found[3] <= seen_at)
        )
        number = str(found[0]) if found and is_over else uuid4().hex
        kept = Draft(number, draft.address, draft.tab, draft.saved_at, draft.until, draft.said)
        own.execute(
            "insert into begun.draft (draft_id, account, address, tab, sealed, key_name, saved_at, until)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (draft_id) do update set address = excluded.address,"
            " tab = excluded.tab, sealed = excluded.sealed, key_name = excluded.key_name,"
            " saved_at = excluded.saved_at, until = excluded.until",
            (number, account, kept.address, kept.tab, _sealed(kept, key), key.name, kept.saved_at, kept.until),
        )
    return kept


def forget(own: psycopg.Connection, draft_ids: list[str]) -> int:
    """Take the asker's own drafts away, as if they had never been begun. Gives how many."""
    return own.execute("delete from begun.draft where draft_id = any(%s)", (draft_ids,)).rowcount


def counted(own: psycopg.Connection, now: datetime) -> int:
    """How many drafts the asker has that have not ended."""
    row = own.execute("select count(*) from begun.draft where until > %s", (now,)).fetchone()
    return int(row[0]) if row else 0


def _sealed(draft: Draft, key: Key) -> bytes:
    return key.seal(json.dumps(dict(draft.said), ensure_ascii=False).encode(), f"draft {draft.draft_id}")


def _opened(row: tuple[str, str, str, datetime, datetime, bytes, str], key: Key) -> Draft:
    number, address, tab, saved_at, until, sealed, name = row
    said = json.loads(key.unseal(bytes(sealed), f"draft {number}")) if name == key.name else {}
    return Draft(number, address, tab, saved_at, until, said)


def forget_about(own: psycopg.Connection, pages: list[str]) -> None:
    """Take away what anybody has begun on some pages, by their addresses, and beneath them: only within an act that
    erases what they are about."""
    own.execute("select begun.forget_about(%s)", (pages,))
