"""Who may see what, for people: a list for each role, whoever asks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keyworker.access import Beyond, RoleHeld
from keyworker.actions.questions.permissions import WhoMay
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import sentence

Row = Mapping[str, Any]
SETTING = {
    Beyond.OWN: "Here most staff may open the records of their own children alone.",
    Beyond.TEAM: "Here most staff may open, beyond their own children, the records of their team’s.",
    Beyond.DISTRICT: "Here most staff may open, beyond their own children, the records of their district’s.",
    Beyond.SERVICE: "Here most staff may open, beyond their own children, the records of the whole service’s.",
}


@dataclass(frozen=True)
class WhoMayPage:
    """Every role's list, those of whoever asks first."""

    answer: str
    setting: str
    tables: tuple[Table, ...]

    def table(self, id: str) -> Table | None:
        """One of the lists."""
        return next((table for table in self.tables if table.id == id), None)


def who_may_page(rows: Sequence[Row], found: WhoMay) -> WhoMayPage:
    """The table of who may see what. Takes rows, every cell."""
    own = list(dict.fromkeys(held.role for held in found.roles))
    order = [*own, *(role for role in dict.fromkeys(row["role"] for row in rows) if role not in own)]
    tables = tuple(_table(role, [row for row in rows if row["role"] == role], role in own) for role in order)
    return WhoMayPage(_answer(found.roles), _setting(found), tables)


def _answer(roles: Sequence[RoleHeld]) -> str:
    held = "; ".join(f"{one.role} over {_over(one)}" for one in roles)
    return f"You are here as {held}. What that opens stands first." if held else "You hold no role here."


def _over(held: RoleHeld) -> str:
    where = "the whole service" if held.scope == "all" else held.scope
    return f"{where}, as cover" if held.covering_for else where


def _setting(found: WhoMay) -> str:
    says = SETTING[found.beyond]
    if found.said is None:
        return f"{says} The council has set nothing; the setting is called “beyond own children”."
    if found.said.strip().lower() not in set(Beyond):
        return (
            f"{says} The setting “beyond own children” says “{found.said}”, which is none of own, team, district and "
            "service, so it opens nothing."
        )
    return f"{says} The council’s setting “beyond own children” says so."


def _table(role: str, rows: Sequence[Row], is_own: bool) -> Table:
    return Table(
        role.replace(" ", "-"),
        f"You, as {role}" if is_own else sentence(role),
        heads("What", "How far", "What for"),
        tuple(
            (
                Cell(sentence(row["thing"]), notes=(row["says"],)),
                Cell(sentence(row["in_words"]), notes=tuple(_notes(row)), tone="" if row["purpose"] else "quiet"),
                Cell(sentence(row["purpose"] or "")),
            )
            for row in rows
        ),
        "Nothing is open to this role.",
        folded=not is_own,
    )


def _notes(row: Row) -> list[str]:
    notes = []
    if row["widened_by_setting"]:
        notes.append("The council’s setting may widen it.")
    if row["needs_reason"]:
        notes.append("Only for a reason that is typed.")
    if row["purpose"] and row["not_yet"]:
        notes.append(f"Not yet: {row['not_yet']}.")
    return notes
