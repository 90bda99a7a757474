"""Restricting a child, naming who may see the child, taking that back, and lifting the restriction, by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, written_down
from keyworker.facts.restrictions import Named, Restriction
from keyworker.record.writer import append, correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

TABLE, NAMED = "restriction", "restriction_named"
DECIDED = "decided the restriction"


@dataclass(frozen=True)
class WantedRestriction:
    """A restriction that somebody means to decide.

    Takes   restriction_id, a random word of the form's, so that a form sent twice writes once; kind, a code; reason;
            accounts, the sign-in names of those who may see the child beside whoever decides it.
    """

    restriction_id: str
    kind: str
    reason: str
    accounts: tuple[str, ...]

    @property
    def everybody(self) -> Sequence[str]:
        """The accounts that are named, each once."""
        return tuple(dict.fromkeys(one.strip() for one in self.accounts if one.strip()))


def problems(wanted: WantedRestriction, standing: Restriction | None, known: Collection[str]) -> dict[str, str]:
    """What is wrong with a restriction, by the field in which it was typed; nothing when it can be decided.

    Takes   standing, the one that stands already; known, every account that holds a role today.
    """
    found: dict[str, str] = {}
    if standing is not None:
        found["kind"] = "This child is restricted already"
    elif wanted.kind not in codes("restriction_kind"):
        found["kind"] = "Choose what makes it needed"
    found |= reason_problems(wanted.reason, "it is needed")
    unknown = [one for one in wanted.everybody if one not in known]
    if unknown:
        found["accounts"] = f"Nobody signs in as {unknown[0]} today"
    return found


def naming_problems(restriction: Restriction, account: str, reason: str, known: Collection[str]) -> dict[str, str]:
    """What is wrong with naming somebody, by the field in which it was typed."""
    found: dict[str, str] = {}
    if account not in known:
        found["account"] = "Enter a name under which somebody signs in today"
    elif account in {one.account for one in restriction.may_see}:
        found["account"] = "They are named already"
    return found | reason_problems(reason, "they need to see the child")


def reason_problems(reason: str, what: str) -> dict[str, str]:
    """What is wrong with a reason that was typed. Takes what, as in `it is needed`."""
    if not reason.strip():
        return {"reason": f"Enter why {what}"}
    if len(reason) > LONGEST:
        return {"reason": f"The reason must be {LONGEST} characters or fewer"}
    return {}


def restrict(
    connection: psycopg.Connection, asker: Asker, now: datetime, child_id: str, wanted: WantedRestriction, today: date
) -> None:
    """Write a restriction down with everybody who is named for it, in one act.

    Whoever decides it is named too: somebody must be able to lift it.
    Raises  AlreadyRecorded when the same form was sent before.
    """
    row = {
        "restriction_id": wanted.restriction_id,
        "child_id": child_id,
        "kind": wanted.kind,
        "reason": wanted.reason.strip(),
        "decided_by": asker.account,
        "from_on": today,
    }
    reasons = {**dict.fromkeys(wanted.everybody, wanted.reason.strip()), asker.account: DECIDED}
    named = [
        _naming(wanted.restriction_id, child_id, account, asker, reason, today) for account, reason in reasons.items()
    ]
    _write(connection, asker, now, {TABLE: [row], NAMED: named})


def name(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    restriction: Restriction,
    account: str,
    reason: str,
    today: date,
) -> None:
    """Name one more person who may see a restricted child."""
    row = _naming(restriction.restriction_id, restriction.child_id, account, asker, reason.strip(), today)
    _write(connection, asker, now, {NAMED: [row]})


def take_back_naming(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: Named, why: str, today: date
) -> None:
    """Name somebody no longer, from this moment on."""
    changes = {"to_on": today, "ended_by": asker.account, "ended_why": why.strip()}
    _correct(connection, asker, now, NAMED, one.entry_id, changes)


def lift(
    connection: psycopg.Connection, asker: Asker, now: datetime, restriction: Restriction, why: str, today: date
) -> None:
    """Lift a restriction, from this moment on: the child is seen again by whoever the table says."""
    changes = {"to_on": today, "lifted_by": asker.account, "lifted_why": why.strip()}
    _correct(connection, asker, now, TABLE, restriction.entry_id, changes)


def require_none(found: Mapping[str, str]) -> None:
    """Stop here where anything is wrong. Raises KeyworkerError with the first of it."""
    if found:
        raise KeyworkerError(
            f"{next(iter(found.values()))}.", where="a restriction", remedy="Nothing was written. Mend it, try again."
        )


def _naming(restriction_id: str, child_id: str, account: str, asker: Asker, reason: str, today: date) -> dict[str, Any]:
    return {
        "named_id": uuid4().hex,
        "restriction_id": restriction_id,
        "child_id": child_id,
        "account": account,
        "named_by": asker.account,
        "reason": reason,
        "from_on": today,
    }


def _write(
    connection: psycopg.Connection, asker: Asker, now: datetime, rows: Mapping[str, list[dict[str, Any]]]
) -> None:
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))


def _correct(
    connection: psycopg.Connection, asker: Asker, now: datetime, table: str, entry_id: int, changes: Mapping[str, Any]
) -> None:
    written_down(connection, lambda: correct(connection, act_of(asker, "correction"), now, table, entry_id, changes))
