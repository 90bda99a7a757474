"""My children: who must I see, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.actions import MyChildren
from keyworker.facts.pictures import ChildRow, Standing
from keyworker.web.presenters.children import Address, Planned, children_table, past
from keyworker.web.presenters.picture import nowhere
from keyworker.web.presenters.workers import supervised_table
from keyworker.web.tables import Table, Tabled
from keyworker.web.words import days_ago, in_words, plural, sentence, spoken


@dataclass(frozen=True)
class MyChildrenPage(Tabled):
    """The answer and the lists behind it."""

    answer: str
    more: tuple[str, ...]
    tables: tuple[Table, ...]


def my_children_page(
    mine: MyChildren,
    at: date,
    address: Address,
    worker: Address = nowhere,
    visit: Address | None = None,
    planned: Planned | None = None,
) -> MyChildrenPage:
    """The children a worker holds, parted by how they are held.

    Takes   address and worker, from a handle to a child's and to a worker's page; visit, to where a visit to a child
            is written down, where it may be; planned, from a row to the visit that is planned next, or to planning one.
    """
    rows = list({row.child_id: row for row in mine.every()}.values())
    tables = [
        children_table(
            "lead",
            "Children I lead",
            mine.lead,
            at,
            address,
            empty="You lead no child at this moment.",
            visit=visit,
            planned=planned,
        ),
        children_table(
            "co-worked",
            "Children I co-work",
            mine.co_worked,
            at,
            address,
            empty="You co-work no child at this moment.",
            leads=True,
            visit=visit,
            planned=planned,
        ),
        children_table(
            "accountable",
            "Children I am accountable for while others lead",
            mine.accountable,
            at,
            address,
            empty="You are accountable for no child whom somebody else leads.",
            leads=True,
            visit=visit,
            planned=planned,
        ),
    ]
    if mine.unmapped:
        tables.append(
            children_table(
                "unmapped",
                "Children I hold in a role that nobody has given a meaning",
                mine.unmapped,
                at,
                address,
                empty="",
                note="An analyst can say what the role means on the Meanings page; until then it is shown apart.",
                leads=True,
                visit=visit,
                planned=planned,
            )
        )
    if mine.supervised:
        tables.append(supervised_table("supervise", "People I supervise", mine.supervised, worker))
    return MyChildrenPage(answer(rows), tuple(_more(rows, at)), tuple(tables))


def answer(rows: list[ChildRow]) -> str:
    """Who must be seen, in one sentence."""
    if not rows:
        return "You hold no child at this moment."
    late = past(rows)
    if late:
        have = "has" if len(late) == 1 else "have"
        of = plural(len(rows), "child", "children")
        return f"{in_words(len(late))} of your {of} {have} not been seen when they should have been."
    known = [row for row in rows if row.standing is Standing.IN_TIME]
    if not known:
        return "It cannot be told yet whether your children have been seen when they should have been."
    return "No child of yours is overdue."


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _more(rows: list[ChildRow], at: date) -> list[str]:
    found = []
    coming = sorted((row.due_on, row.name) for row in rows if row.standing is Standing.IN_TIME and row.due_on)
    if coming:
        day = coming[0][0]
        names = [name for on, name in coming if on == day]
        who = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        found.append(f"Next: {who}, {day:%A} {spoken(day)} ({days_ago(day, at)}).")
    unset = sum(row.standing is Standing.NO_INTERVAL for row in rows)
    if unset:
        found.append(
            f"{sentence(plural(unset, 'child', 'children'))} of yours {_have(unset)} no interval in which to be seen."
        )
    unknown = sum(row.standing is Standing.CANNOT_TELL for row in rows)
    if unknown:
        found.append(f"For {plural(unknown, 'child', 'children')} it cannot be told yet; the list says why.")
    if not any(one.startswith("Next:") for one in found) and not unknown:
        found.append("No visit of yours has a day still to come.")
    return found
