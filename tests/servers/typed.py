"""A command as a person types it, in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

ABSENT = Path(__file__).parent / "absent"
COMMAND = [
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(ABSENT)!r}); from keyworker.cli import main; main()",
]
"""As on a machine that has only what Keyworker asks for: pandas comes with the tests' tools, and pyarrow takes it."""
