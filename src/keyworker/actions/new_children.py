"""A child whom nobody here knows, written down by hand with the contact or referral that brought them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.by_hand import WantedEntry, new_rows
from keyworker.actions.by_hand import problems as problems_of_entry
from keyworker.actions.writing import LONGEST, act_of, written_down
from keyworker.facts.alike import Described
from keyworker.record.writer import Act, AlreadyRecorded, Amendment, append, append_and_amend
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.homes import HERE

NEW = "new_child"
BROUGHT = ("contact", "referral")
"""What brings a child here, by the names of the forms that ask for it."""
ON_DUTY = "taken in"
"""As what whoever takes a child in works with the child. It is no hold of the child: a manager decides that."""
OLDEST, SOONEST = timedelta(days=26 * 366), timedelta(days=300)
LONGEST_NAME = 100
_NAMED = """select entry_id, forename, surname, birth_on, expected_birth_on, common_child_id from record.person
where child_id = %s and source = %s and superseded_at is null and standing = 'reported'"""
_BEGIN = "select access.begin_child(%s, %s, %s)"


@dataclass(frozen=True)
class WantedChild:
    """A child whom somebody means to write down.

    Takes   number, a random word of the form's, so that a form sent twice writes once; entry, the contact or referral,
            as its own form asks for it; parent and relation, of somebody of the family; team_id, of whoever writes;
            shown, how many children like it were shown; why, why it is none of them.
    """

    number: str
    who: Described
    entry: WantedEntry
    address: str = ""
    postcode: str = ""
    parent: str = ""
    relation: str = ""
    team_id: str | None = None
    shown: int = 0
    why: str = ""

    @property
    def child_id(self) -> str:
        """The identifier under which the record will know the child."""
        return f"kw-{self.number}"

    @property
    def form(self) -> Form:
        """The form of what brought the child."""
        return self.entry.form


@dataclass(frozen=True)
class WantedName:
    """What is right of a child who was written down here. Takes number, a random word of the form's; why it changes."""

    number: str
    who: Described
    why: str


@dataclass(frozen=True)
class NamedHere:
    """Who a child is that was written down here. Takes entry_id, the entry that says so."""

    child_id: str
    entry_id: int
    who: Described


def named_here(connection: psycopg.Connection, child_id: str) -> NamedHere | None:
    """Who a child is, where that was written down here; None where the case system names the child."""
    row = connection.execute(_NAMED, (child_id, HERE)).fetchone()
    if row is None:
        return None
    entry_id, forename, surname, birth_on, expected_on, number = row
    return NamedHere(child_id, entry_id, Described(forename or "", surname or "", birth_on, expected_on, number or ""))


def wrong_description(who: Described, today: date) -> dict[str, str]:
    """What is wrong with how a child is described, by the field in which it was typed."""
    found: dict[str, str] = {}
    if not who.surname:
        found["surname"] = "Enter the family name, or what the child is known by"
    if not who.forename and who.expected_on is None:
        found["forename"] = "Enter the first name; only an unborn child may be without"
    for name, said in (("surname", who.surname), ("forename", who.forename)):
        if len(said) > LONGEST_NAME:
            found[name] = f"Use {LONGEST_NAME} characters or fewer"
    if (who.birth_on is None) == (who.expected_on is None):
        found["birth_on"] = "Enter the day of birth, or the day on which the birth is expected, and not both"
    elif who.birth_on is not None and not today - OLDEST <= who.birth_on <= today:
        found["birth_on"] = "The day of birth must be today or before, and of somebody under 26"
    elif who.expected_on is not None and not today - SOONEST <= who.expected_on <= today + SOONEST:
        found["expected_on"] = "The day on which the birth is expected must be within ten months"
    if who.number and not (len(who.number) == 10 and who.number.isascii() and who.number.isdigit()):
        found["nhs"] = "An NHS number has ten digits"
    return found


def problems_of_name(wanted: WantedName, today: date) -> dict[str, str]:
    """What is wrong with a correction, by the field in which it was typed."""
    found = wrong_description(wanted.who, today)
    if not wanted.why or len(wanted.why) > LONGEST:
        found["why"] = f"Say why, in {LONGEST} characters or fewer"
    return found


def correct_name(
    connection: psycopg.Connection, asker: Asker, now: datetime, stands: NamedHere, wanted: WantedName, today: date
) -> None:
    """Put in place who a child is, with the reason beside it. Sent twice it changes nothing more.

    Raises  KeyworkerError for what is not whole; NotCurrent where it was changed meanwhile.
    """
    if wrong := problems_of_name(wanted, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a correction", remedy="Mend it and try again.")
    if wanted.who == stands.who:
        return
    why = {"change_id": wanted.number, "child_id": stands.child_id, "happened_on": today, "in_table": "person"}
    why |= {"row_number": stands.child_id, "why": wanted.why, "worker_id": asker.worker_id}
    changed = [Amendment("person", stands.entry_id, person_row(wanted.who))]
    act = Act("correction", author=asker.account, purpose=asker.purpose, source=HERE)
    written_down(connection, lambda: append_and_amend(connection, act, now, {"changed_why": [why]}, changed))


def person_row(who: Described) -> dict[str, Any]:
    """Who a child is, as the record holds it."""
    return {
        "forename": who.forename or None,
        "surname": who.surname,
        "birth_on": who.birth_on,
        "expected_birth_on": who.expected_on,
        "common_child_id": who.number or None,
    }


def problems(wanted: WantedChild, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed; nothing when it can be written."""
    found = wrong_description(wanted.who, today)
    if len(wanted.parent) > LONGEST_NAME:
        found["parent"] = f"Use {LONGEST_NAME} characters or fewer"
    if bool(wanted.parent) != bool(wanted.relation):
        found["parent" if wanted.relation else "relation"] = "Say both who they are and what they are to the child"
    elif wanted.relation and wanted.relation not in codes("relation"):
        found["relation"] = "Choose what they are to the child"
    if wanted.postcode and not wanted.address:
        found["address"] = "Enter the address too"
    for name, said in (("address", wanted.address), ("why", wanted.why)):
        if len(said) > LONGEST:
            found[name] = f"Use {LONGEST} characters or fewer"
    if len(wanted.postcode) > 10:
        found["postcode"] = "Enter a postcode of ten characters or fewer"
    return found | problems_of_entry(wanted.entry, (), today)


def rows_of(asker: Asker, wanted: WantedChild, today: date) -> dict[str, list[dict[str, Any]]]:
    """What is written of the child, by table."""
    child, number, who = {"child_id": wanted.child_id}, wanted.number, wanted.who
    by = {"worker_id": asker.worker_id, "team_id": wanted.team_id}
    rows: dict[str, list[dict[str, Any]]] = {
        "person": [child | person_row(who)],
        NEW: [
            child
            | by
            | {"new_child_id": number, "happened_on": today, "shown": wanted.shown, "why_new": wanted.why or None}
        ],
        "involvements": [child | by | {"involvement_id": number, "role": ON_DUTY, "from_on": today}],
    }
    for table, row in new_rows(asker, wanted.child_id, wanted.entry, None).items():
        of_team = {"team_id": wanted.team_id} if "team_id" in wanted.form.signs else {}
        rows[table] = [row | of_team]
    if wanted.address:
        where = {"address_id": number, "json": wanted.address, "postcode": wanted.postcode or None, "type": "home"}
        rows["address"] = [child | where | {"from_on": today}]
    if wanted.parent:
        said = {"relationship_id": number, "person": wanted.parent, "relation": wanted.relation, "from_on": today}
        rows["relationship"] = [child | said | {"worker_id": asker.worker_id}]
    return rows


def write(connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedChild, today: date) -> None:
    """Write the child down with what brought them, in one act.

    Raises  KeyworkerError for what is not whole; AlreadyRecorded when the same form was sent before.
    """
    if wrong := problems(wanted, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a new child", remedy="Mend it and try again.")
    rows: Mapping[str, list[dict[str, Any]]] = rows_of(asker, wanted, today)
    with connection.transaction():
        begun = connection.execute(_BEGIN, (wanted.child_id, asker.worker_id, wanted.team_id)).fetchone()
        if not (begun and begun[0]):
            raise AlreadyRecorded(
                "This child was written down already, or may not be by you.",
                where="a new child",
                remedy="Find the child by name; if there is none, begin the form anew.",
            )
        written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))
