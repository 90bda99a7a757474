"""Who may sign in as what, over what and until when. It holds no child, and nothing of how often anybody signs in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from keyworker.facts.accounts import RoleHeldBy
from keyworker.web.presenters.records import Step
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken

DAY = timedelta(days=1)
NOTE = (
    "Roles come with the list role_holding of the workforce pack; it is mended there and loaded again. A role that "
    "begins later is listed already."
)


def roles_answer(rows: Sequence[RoleHeldBy], today: date) -> str:
    """How many sign-ins hold a role today, and how many of them belong to nobody who is known."""
    held = {one.account for one in rows if one.from_on <= today}
    nameless = {one.account for one in rows if one.from_on <= today and not one.name}
    if not held:
        return "No sign-in holds a role today."
    said = f"{plural(len(held), 'sign-in')} {'holds' if len(held) == 1 else 'hold'} a role today."
    return f"{said} {len(nameless)} of them {'belongs' if len(nameless) == 1 else 'belong'} to no worker of the record."


def is_one_person(rows: Sequence[RoleHeldBy], one: str, other: str) -> bool:
    """Whether two sign-ins are one, or belong to one worker."""
    whose = {row.account: row.worker_id for row in rows if row.worker_id}
    return one == other or (one in whose and whose[one] == whose.get(other))


def waiting_steps(waits: int, href: str) -> list[Step]:
    """What there is to do beside the list: sign-ins that wait for a second person to let them be set up anew."""
    if not waits:
        return []
    says = f"{plural(waits, 'sign-in')} {'waits' if waits == 1 else 'wait'} to be set up anew."
    return [Step(says, href=href, link="Agree, or say no")]


def roles_table(rows: Sequence[RoleHeldBy], today: date) -> Table:
    """Each role, by the name of its sign-in."""
    return Table(
        "roles",
        "Sign-ins and roles",
        heads("^Sign-in", "^Role", "^Over", "From", "^Until"),
        tuple(_row(one, today) for one in rows),
        "Nobody holds a role. The workforce pack’s list role_holding would fill this.",
        NOTE,
    )


def _row(one: RoleHeldBy, today: date) -> tuple[Cell, ...]:
    cover = (f"as cover for {one.covering_for}",) if one.covering_for else ()
    later = ("not yet",) if one.from_on > today else ()
    until = Cell(spoken(one.until - DAY), sort=one.until.toordinal()) if one.until else Cell("No last day", sort=10**7)
    return (
        Cell(one.account, notes=(one.name,) if one.name else ("belongs to no worker",)),
        Cell(sentence(one.role), notes=cover),
        Cell("The whole service" if one.scope == "all" else one.scope),
        Cell(spoken(one.from_on), notes=later),
        until,
    )
