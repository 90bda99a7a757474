"""How a benchmark ends: its line is printed and, unless it was asked not to, added to `ledger.jsonl`."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LEDGER = Path(__file__).parent / "ledger.jsonl"


def options() -> argparse.ArgumentParser:
    """What every benchmark may be told."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-ledger", action="store_true", help="print the line and do not add it to the ledger")
    return parser


def begun(what: str) -> dict[str, Any]:
    """The first words of a line: when and what was measured, and how busy the machine was before."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": what,
        "load_average": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }


def end(line: Mapping[str, Any], given: argparse.Namespace) -> None:
    """Print a line, and add it to the ledger, worse ones included."""
    print(json.dumps(line))
    if not given.no_ledger:
        with LEDGER.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(line) + "\n")
