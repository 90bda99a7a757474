"""A made-up child's cover sheet."""

from __future__ import annotations

from datetime import date

from keyworker.actions.questions.cover import Cover
from keyworker.actions.questions.warnings import WarningsToLookAt
from keyworker.facts.cover import BeforeVisiting, Language, Lives, Warned
from keyworker.facts.marked import Marker
from tests.web import fictional as made_up

ADDRESS = Lives(
    "address", "a1", "Home", ('{"HOUSE": "9", "STREET": "Imaginary Way"}', "ZZ1 1ZZ"), None, date(2024, 5, 6)
)
PLACED = Lives("cla_placement", "p1", "U4", (), "PR1", date(2026, 3, 2))
BEFORE = BeforeVisiting(
    (
        Warned("visit in pairs", "See the <b>risk</b> note.", "team manager", date(2026, 3, 3), date(2026, 9, 1)),
        Warned("dog", None, None, date(2026, 5, 4), None),
    ),
    (Language("parent", "Madeupish", None), Language("child", "British Sign Language", True)),
    (ADDRESS,),
    ("HEAR",),
    True,
    None,
)
TO_LOOK_AT = WarningsToLookAt(
    (
        Warned(
            "visit in pairs", "See the <b>risk</b> note.", "team manager", date(2026, 3, 3), date(2026, 12, 1),
            "A neighbour <i>rang</i>.", None, date(2026, 11, 18), "mother", waits=True, child_id="C00001", entry_id=86,
        ),
        Warned("dog", None, None, date(2026, 5, 4), date(2026, 11, 2), child_id="C00001", entry_id=87),
    ),
    {"C00001": made_up.child()},
)  # fmt: skip
NOTHING = BeforeVisiting((), (), (), (), None, None)


def cover(*, empty: bool, marked: tuple[Marker, ...]) -> Cover:
    """The sheet of an open child with all that it may hold, or of one of whom nothing is known."""
    if empty:
        return Cover(made_up.empty_story(), NOTHING, ())
    return Cover(made_up.story(), BEFORE, marked, {"a1": marked} if marked else {})
