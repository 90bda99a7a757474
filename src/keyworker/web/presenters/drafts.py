"""What somebody has begun to write, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keyworker.record.drafts import Draft
from keyworker.web.presenters.device import WHY
from keyworker.web.words import plural, spoken, spoken_instant


@dataclass(frozen=True)
class BegunForm:
    """A form that was begun. Takes go_on and throw_away, where each leads; why, why a person must look first."""

    title: str
    about: str
    stopped: str
    until: str
    go_on: str
    throw_away: str
    opens: bool = True
    why: str = ""
    number: str = ""


def begun_answer(found: Sequence[Draft]) -> str:
    """How much was begun, in a sentence."""
    if not found:
        return "You have begun nothing that you have not sent."
    return f"{plural(len(found), 'form was', 'forms were')} begun and not sent. Only you see this."


def stopped(draft: Draft) -> str:
    """When somebody stopped."""
    return f"You stopped on {spoken_instant(draft.saved_at)}"


def begun_form(draft: Draft, title: str, about: str, throw_away: Callable[[str], str]) -> BegunForm:
    """One form that was begun. Takes about, the child's name where the person may see it."""
    return BegunForm(
        title,
        about,
        stopped(draft),
        spoken(draft.until.date()),
        going_on(draft),
        throw_away(draft.draft_id),
        bool(draft.said),
        draft.said.get(WHY, ""),
        draft.draft_id,
    )


def going_on(draft: Draft) -> str:
    """Where a form is gone on with."""
    return f"{draft.address}{'&' if '?' in draft.address else '?'}draft={draft.draft_id}"
