"""By which thing of the table of who may see what a row about a child is written: by what it is, and who says it.

A right to write of some children is laid down for each session thing by thing, as far as its cell reaches
(`actions.questions.sighting`). A policy asks it of the child of the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keyworker.record.entry import quoted
from keyworker.vocabulary.forms import forms, things_by_table

MEETINGS, PEOPLE, EXCEPTIONS = "meetings about a child", "recording people and households", "exceptions"
ASKED = {
    "time_asked": ("asking for time", "answering who asks for time"),
    "copy_for_outside": ("copies for people outside", "agreeing a copy"),
    "erasure_asked": ("asking for an erasure", "agreeing to an erasure"),
}
"""What one person asks and another answers, and the thing by which each does."""


def writes(table: str, things: Iterable[str]) -> str:
    """The condition that one of some things is open, of the child of a row, to whoever writes it."""
    return f"access.writes_of({quoted(table)}.child_id, {_of_row(table, tuple(things))})"


def _of_row(table: str, things: tuple[str, ...]) -> str:
    if table in ASKED:
        ask, answer = ASKED[table]
        asks = "asked_by = (select access.account())" + (" or answer = 'taken back'" if table == "time_asked" else "")
        return f"case when {asks} then {_array((ask,))} else {_array((answer,))} end"
    if table == "changed_why":
        return _case("in_table", {**things_by_table(), "person": (PEOPLE,)})
    if table == "step":
        return _case("kind", {kind: (*found, MEETINGS) for kind, found in _by_kind().items()}, MEETINGS)
    return _array(things)


def _by_kind() -> Mapping[str, tuple[str, ...]]:
    """The things by which a step of each kind is written by hand."""
    found: dict[str, tuple[str, ...]] = {}
    for one in forms().values():
        if one.table.name == "step" and "kind" in one.fixed:
            kind = one.fixed["kind"]
            found[kind] = (*found.get(kind, ()), one.thing)
    return found


def _case(column: str, things: Mapping[str, tuple[str, ...]], *otherwise: str) -> str:
    named = " ".join(f"when {_text(word)} then {_array(found)}" for word, found in things.items())
    return f"case {column} {named} else {_array(otherwise)}::text[] end"


def _array(things: Iterable[str]) -> str:
    return f"array[{', '.join(map(_text, things))}]"


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
