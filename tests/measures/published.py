"""The files of published answers, read where they lie in the repository."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "answers"


def answers(name: str) -> Any:
    """What a JSON file of answers holds."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of published figures."""
    with (FOLDER / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
