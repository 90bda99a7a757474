"""Ask the public list of faults about every library that the lock pins, and say what it could not be asked.

    tools/audit.py                 as `make audit` runs it: 1 for a known fault, 3 where the list could not be asked
    tools/audit.py --in-a-build    as `make test` runs it: the same words, but what could not be asked does not stop it

pip-audit asks; by itself it ends well when it could ask about nothing, so its answer is counted here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INTO = ROOT / ".venv" / "audit"
LOCK, OWN_LOCK = ROOT / "requirements.lock", ROOT / "tools" / "audit.lock"
PATIENCE = 240
FOUND, NOT_ASKED = 1, 3


@dataclass(frozen=True)
class Audit:
    """What the list says.

    Takes   asked, about how many libraries it answered; faults, each known fault in a line; unasked, the libraries
            about which it could not be asked.
    """

    asked: int
    faults: tuple[str, ...]
    unasked: tuple[str, ...]

    def words(self) -> str:
        """What was found, for a person."""
        lines = [f"Libraries asked about: {self.asked}. Known faults: {len(self.faults)}.", *self.faults]
        if self.unasked:
            lines.append(
                f"NOT AUDITED: the list of faults could not be asked about {len(self.unasked)} of "
                f"{self.asked + len(self.unasked)} libraries. Run `make audit` where it can be reached."
            )
        return "\n".join(lines)

    def exit_code(self, *, in_a_build: bool = False) -> int:
        """0 where every library was asked about and none has a known fault."""
        if self.faults:
            return FOUND
        return NOT_ASKED if self.unasked and not in_a_build else 0


def read(said: str, pinned: Sequence[str]) -> Audit:
    """Count what pip-audit answered. Takes said, its JSON, empty where it did not end; pinned, what the lock holds.

    A library that it does not name at all was not asked about.
    """
    try:
        answers = json.loads(said)["dependencies"] if said else []
    except (ValueError, KeyError):
        answers = []
    told = {one["name"].lower(): one for one in answers if "vulns" in one}
    faults = [
        f"  {one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none yet'}"
        for one in told.values()
        for fault in one["vulns"]
    ]
    return Audit(len(told), tuple(sorted(faults)), tuple(sorted(one for one in pinned if one not in told)))


def pinned(lock: str) -> list[str]:
    """The libraries that a lock file pins."""
    return [
        line.partition("==")[0].lower()
        for line in lock.splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]


def main(arguments: Sequence[str]) -> int:
    """Audit the lock file."""
    held = pinned(LOCK.read_text())
    audit = read(_asked(), held)
    print(audit.words())
    return audit.exit_code(in_a_build="--in-a-build" in arguments)


def _asked() -> str:
    """What pip-audit says of the lock; empty where it could not be installed or did not end."""
    tool = INTO / "bin" / "pip-audit"
    asking = [
        str(tool),
        "--disable-pip",
        "--require-hashes",
        "-r",
        str(LOCK),
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        if not tool.exists():
            venv.create(INTO, with_pip=True)
            installing = [INTO / "bin" / "pip", "install", "--quiet", "--require-hashes", "-r", OWN_LOCK]
            subprocess.run(installing, check=True, timeout=PATIENCE)
        return subprocess.run(asking, capture_output=True, text=True, timeout=PATIENCE).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
