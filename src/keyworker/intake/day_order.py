"""Whether the days of a file of rows are written month first, as some scripts' settings have them.

03/04/2024 can be read either way, and a wrong reading would never show. 12/31/2023 can be read in one way only, so
the days that leave no choice speak for those that do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from keyworker.intake.text_files import CHUNK, Content, Heading, as_utf8

ENOUGH = 200  # days that leave no choice
MOST = 1 << 26  # bytes to look at
KEPT = 64  # bytes of one piece that the next one begins with: longer than a day


@dataclass(frozen=True)
class DayOrder:
    """How many days leave no choice, and are written day first or month first."""

    day_first: int = 0
    month_first: int = 0

    @property
    def is_month_first(self) -> bool:
        """Whether every day of the file may be read month first: some must be, and none may not."""
        return self.month_first > 0 and self.day_first == 0

    def note(self, shown_as: str) -> str:
        """What a person should know of it; empty where there is nothing to know."""
        if not self.month_first:
            return ""
        if self.is_month_first:
            return f"{shown_as}: days are written month first, such as 12/31/2023, and were read so."
        return (
            f"{shown_as}: some days are written month first and some day first. Those that could be either were read "
            "day first; those that can only be month first were set aside. Write them all as 2023-12-31."
        )


def day_order(path: Path, heading: Heading, content: Content) -> DayOrder:
    """Look for the order of days in a file's beginning."""
    if not content.slashed:
        return DayOrder()
    edge = re.escape(heading.separator).encode()
    either = re.compile(
        rb"(?:^|[\r\n\"" + edge + rb"])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})(?=[ T\r\n\"" + edge + rb"]|$)"
    )
    day_first = month_first = looked = 0
    held = b""
    with as_utf8(path, content.encoding) as file:
        while looked < MOST and day_first + month_first < ENOUGH and (chunk := file.read(CHUNK)):
            looked += len(chunk)
            for first, second in either.findall(held + chunk):
                day_first += int(first) > 12 >= int(second)
                month_first += int(second) > 12 >= int(first)
            held = chunk[-KEPT:]
    return DayOrder(day_first, month_first)
