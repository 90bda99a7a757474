"""Made-up copies that were asked for: one that waits, one that was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from keyworker.actions.copies import Copy, WantedCopy, pieces, title
from keyworker.actions.leaving import let_out
from keyworker.actions.questions.copies import Looked
from keyworker.facts.copies import CopyAsked
from keyworker.facts.marked import Marker
from tests.web import fictional as made_up
from tests.web.made_markers import WRITTEN

TODAY = made_up.NOW.date()
WAITS, AGREED = "1" * 32, "2" * 32


def looked(wanted: WantedCopy, marked: Sequence[Marker]) -> Looked:
    """What a copy of the made-up child would say."""
    story = made_up.story()
    held = [one for one in marked if one.holds_on(TODAY)]
    out = let_out(pieces(story, (), wanted, TODAY), held, wanted.audience, frozenset({story.name}))
    return Looked(story.handle, story.name, Copy(title(story, wanted.relation), TODAY, out.pieces), out, bool(held))


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
