"""Made-up copies that were asked for: one that waits, one that was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from keyworker.actions.copies import Copy, WantedCopy, pieces, title
from keyworker.actions.leaving import let_out
from keyworker.actions.questions.copies import Looked
from keyworker.actions.questions.outside import ToldOutside
from keyworker.actions.telling import Leaves, Message, leaves, some
from keyworker.facts.copies import CopyAsked
from keyworker.facts.marked import Marker
from tests.web import fictional as made_up
from tests.web.made_markers import WRITTEN, markers

TODAY = made_up.NOW.date()
WAITS, AGREED = "1" * 32, "2" * 32


def looked(wanted: WantedCopy, marked: Sequence[Marker]) -> Looked:
    """What a copy of the made-up child would say."""
    story = made_up.story()
    held = [one for one in marked if one.holds_on(TODAY)]
    out = let_out(pieces(story, (), wanted, TODAY), held, wanted.audience, frozenset({story.name}))
    copy = Copy(title(story, wanted.relation), TODAY, out.pieces)
    return Looked(story.handle, story.name, copy, out, bool(held), copy)


def leaves_outside(account: str, said: Mapping[str, str], marked: Sequence[Marker]) -> Leaves:
    """What of some words another agency would be shown."""
    held = [one for one in marked if one.holds_on(TODAY)]
    return leaves(account, "c1", some(said), held)


def outside() -> ToldOutside:
    """An action for a school that waits for a second person: one thing in it stays behind."""
    said = (("What is to be done", "Fetch him from 12 Quillberry Lane"), ("Words for the child", "A. in class 4"))
    message = Message("plan_action", "a" * 32, "c1", "heather", said)
    return ToldOutside(f"ch{1:022}", "Ashby Testwood", message, leaves("heather", "c1", said, markers()[:1]))


def copies() -> list[CopyAsked]:
    """One for the mother that waits, one for the child that was agreed."""
    return [
        CopyAsked(
            WAITS, "c1", "mother", "Mary Unreal", "She asked who the worker is.", "See you at Quillberry Lane.", False,
            "0" * 64, 2, "ash", None, TODAY - timedelta(days=1), "asked", None, None, WRITTEN, 11, f"ch{1:022}",
        ),
        CopyAsked(
            AGREED, "c1", "child", "Ashby Testwood", "To know who is who.", None, False, "0" * 64, 1, "sorrel", None,
            date(2026, 11, 20), "agreed", "ash", "It names no place.", WRITTEN, 12, f"ch{1:022}",
        ),
    ]  # fmt: skip
