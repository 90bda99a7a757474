"""People who have signed in, each with a bare connection that shows their secret, on a record whose tables are full."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from keyworker.access import Asker, Door
from keyworker.actions import Keyworker
from keyworker.actions.sign_ins import signed_in
from keyworker.record.connect import DatabaseRole
from keyworker.record.digest import digest, row_key
from keyworker.record.sessions import show
from keyworker.record.signing import SIGNED, WRITTEN_BY
from keyworker.record.writer import Act, append
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.homes import HERE
from tests.access.made import HELD, NOW, TODAY, account
from tests.access.rows import every_row
from tests.clocks.made import tell
from tests.servers.asking import asking, closed_at_end
from tests.servers.started import Database, Server

CHILDREN = sorted(one.value for one in HELD)
ACT = Act("entry", "made-up", "made-up service", "keyworker")


@contextmanager
def whole(embedded_server: Server) -> Iterator[Database]:
    """The made-up service with a row in every table about each of its children, and raw rows that were set aside."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        tell(loader, every_row(staying=False), now=NOW)
        loader.execute(
            "insert into record.set_aside (act_id, file, table_name, row_number, column_name, value, reason, remedy)"
            " select act_id, 'person.csv', 'person', 1, 'birth_on', 'Ashby Madeup', 'no date', 'mend' from record.act"
        )
        loader.execute(
            "insert into record.refused_load (at, outcome, author, purpose, file, place, reason, remedy)"
            " values (%s, 'refused', 'Analyst', 'made-up', 'person.csv', '', 'no heading', 'mend')",
            (NOW,),
        )
        loader.commit()
    with made.connect(DatabaseRole.APPLICATION, autocommit=True) as keeper:
        append(keeper, Act("entry", "Analyst", "made-up service", "keyworker"), NOW, every_row(staying=True))
    yield made
    embedded_server.drop(made)


@dataclass(frozen=True)
class SignedIn:
    """Somebody who has signed in: the application as they open it, and a bare connection that shows their secret."""

    asker: Asker
    through: Keyworker
    bare: psycopg.Connection
    token: str


@contextmanager
def signed(record: Database, role: str, reason: str = "") -> Iterator[SignedIn]:
    """Within it somebody who holds a role has signed in. Takes reason, what they typed."""
    with closed_at_end(), record.bare_connect(DatabaseRole.SERVICE, autocommit=True) as service:
        asker, _ = signed_in(service, account(role), TODAY, purpose="test policies", door=Door.PAGE, reason=reason)
        through = asking(asker, service, NOW)
        with record.bare_connect(DatabaseRole.APPLICATION, autocommit=True) as bare:
            show(bare, through._token)
            yield SignedIn(asker, through, bare, through._token)


def writes(bare: psycopg.Connection, table: str, row: dict[str, Any]) -> bool:
    """Whether a row can be written as whoever asks, by a bare question, or could but that it stands. It is taken back.

    Takes   row, its values; what an entry has besides stands in it where it is not what it should be.
    """
    described = TABLES[table]
    said: dict[str, Any] = {"source": HERE, "row_key": row_key(HERE, described, row), "digest": digest(described, row)}
    said |= {"standing": "reported"} | row
    into = sql.SQL(
        "insert into record.{} (act_id, recorded_at, entered_at, {})"
        " select max(act_id), max(recorded_at), max(recorded_at), {} from record.act"
    ).format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, said)),
        sql.SQL(", ").join(map(sql.Literal, said.values())),
    )
    try:
        with bare.transaction():
            bare.execute(
                "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
                " values ('entry', access.account(), 'x', %s, array[%s], now())",
                (HERE, table),
            )
            bare.execute(into)
            raise psycopg.Rollback
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.errors.UniqueViolation:
        pass
    return True


def signed_by(account: str, name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row as whoever writes it signs it, of whom nobody has answered or ended anything. Pat writes."""
    by = SIGNED.get(name)
    mine = dict(row) if by is None else {**row, **dict.fromkeys(by.later), by.first: account}
    mine |= {"worker_id": "pat"} if name in WRITTEN_BY else {}
    mine |= {"supervisor_id": "pat"} if name == "case_supervision" else {}
    if name in ("case_supervision_note", "supervision_action"):
        unanswered = dict.fromkeys(("confirmed", "answered_on", "answer"))
        mine |= {"supervision_id": f"held {row['child_id']}"} | (unanswered if name != "supervision_action" else {})
    mine |= dict.fromkeys(("asked_by", "asked_why", "kept_why", "withdrawn_why")) if name == "not_to_be_told" else {}
    mine |= {"back_by": row["back_by"], "told_id": "ann"} if name == "lone_visit" else {}
    return mine | ({"state": "asked"} if name == "copy_for_outside" else {})
