"""Records opened in an emergency: one's own, those to be reviewed, and those of one child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from keyworker.actions.emergencies import Rules
from keyworker.actions.questions.emergencies import Emergency
from keyworker.facts.emergencies import Opening
from keyworker.vocabulary.codes import codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_instant

OPENED_OF_NAMED = "A record for which you are named was opened in an emergency, and is not reviewed yet: see by whom."
NOBODY = "nobody is known by what was typed"


def outcomes() -> list[tuple[str, str]]:
    """What a review may find: each code with its words."""
    return [(code, label) for code, label in codes("glass_outcome").items()]


def rules_in_words(rules: Rules, left: int) -> str:
    """What the council has set, and how often one may still try."""
    return (
        f"A record stays open for {plural(rules.hours, 'hour')}. It is reviewed within "
        f"{plural(rules.review_days, 'working day')}. You may try {plural(left, 'more time')} in 24 hours."
    )


def mine_table(rows: Sequence[Emergency], child: Callable[[str], str], now: Callable[[Opening], bool]) -> Table:
    """What somebody opened themselves. Takes now, whether an opening still stands."""
    return Table(
        "mine",
        "What you opened in an emergency",
        heads("When", "Child", "Why", "Review"),
        tuple(
            (
                Cell(spoken_instant(one.opening.opened_at)),
                _open_child(one, child) if now(one.opening) else Cell(_ended(one)),
                Cell(one.opening.reason),
                _review(one),
            )
            for one in rows
        ),
        "You have opened no record in an emergency.",
    )


def reviews_table(
    rows: Sequence[Emergency], today: date, review: Callable[[Emergency], str], child: Callable[[str], str]
) -> Table:
    """What is to be reviewed, and what was. Takes review, the address of one's review, empty where there is none."""
    return Table(
        "reviews",
        "Records opened in an emergency",
        heads("Opened", "By", "Child", "Why", "Review"),
        tuple(
            (
                Cell(spoken_instant(one.opening.opened_at)),
                Cell(one.who, notes=(f"as {one.opening.role}",)),
                Cell(one.child.name, child(one.child.handle)) if one.child else Cell(sentence(NOBODY)),
                Cell(one.opening.reason),
                _review(one, today, review(one)),
            )
            for one in rows
        ),
        "No record was opened in an emergency.",
    )


def reviews_answer(rows: Sequence[Emergency], today: date) -> str:
    """How many wait, in a sentence."""
    waiting = [one.opening for one in rows if one.opening.waits]
    late = sum(one.is_overdue(today) for one in waiting)
    if not waiting:
        return "No record that was opened in an emergency waits for a review."
    are = "is" if len(waiting) == 1 else "are"
    said = f"{sentence(plural(len(waiting), 'opening'))} in an emergency {are} waiting for a review"
    return f"{said}; {late} should have been reviewed by now." if late else f"{said}."


def _open_child(one: Emergency, child: Callable[[str], str]) -> Cell:
    until = f"open until {spoken_instant(one.opening.until_at)}"
    return Cell("The child’s page", child(one.child.handle), notes=(until,)) if one.child else Cell(_ended(one))


def _ended(one: Emergency) -> str:
    return f"Closed since {spoken_instant(one.opening.until_at)}" if one.child else sentence(NOBODY)


def _review(one: Emergency, today: date | None = None, href: str = "") -> Cell:
    opening = one.opening
    if opening.reviewed_at:
        says = dict(outcomes()).get(opening.outcome or "", opening.outcome or "")
        return Cell(says, notes=(opening.found or "", f"by {one.reviewed_by}, {spoken_instant(opening.reviewed_at)}"))
    late = today is not None and opening.is_overdue(today)
    due = f"{'should have been reviewed' if late else 'to be reviewed'} by {spoken(opening.review_by_on)}"
    return Cell("Review it" if href else "Waits for a review", href, notes=(due,), tone="past" if late else "")
