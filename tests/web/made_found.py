"""Made-up people found by what somebody typed."""

from __future__ import annotations

from datetime import date

from keyworker.actions.finding import Found, FoundChild, FoundWorker
from keyworker.facts.found import By
from tests.web import fictional as made_up


def found_child(number: int, by: By = By.NEAR, score: float = 0.8, *, is_open: bool = True) -> FoundChild:
    """One child who answers."""
    row = made_up.child(number)
    return FoundChild(
        row.child_id, row.handle, row.name, row.birth_on, row.age_years, by, score, row if is_open else None
    )


def answers(typed: str) -> Found:
    """One child for `one`, one who is only near for `near`, too many for `many`, nobody for `nobody`, else a few."""
    if typed == "nobody":
        return Found()
    if typed in ("one", "near"):
        return Found((found_child(1, By.NUMBER, 1) if typed == "one" else found_child(1),))
    if typed == "many":
        return Found(tuple(found_child(number) for number in range(1, 21)), is_cut=True)
    former = FoundChild("c9", f"ch{9:022}", "<b>Child 9</b> Testwood", date(2012, 5, 6), 14, By.FORMER, 0.9, None)
    here, left = FoundWorker(made_up.OKAFOR, (made_up.team(),), False), FoundWorker(made_up.worker("Reid", 4), (), True)
    return Found((found_child(1, By.NAME, 1), former), (here, left), (made_up.team(),))
