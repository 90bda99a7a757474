"""What people enter in Keyworker itself: each act has the person as its author and a purpose."""

from __future__ import annotations

from keyworker.access import Asker
from keyworker.record.writer import Act
from keyworker.record.writer.act import ActKind

HERE = "keyworker"
"""The source of what is entered by hand, on a page or by a command: it is nobody else's to load over."""


def act_of(asker: Asker, kind: ActKind) -> Act:
    """The act of somebody who writes: a correction or an ending is of its entry's own source."""
    return Act(kind, author=asker.account, purpose=asker.purpose, source=HERE if kind == "entry" else "")
