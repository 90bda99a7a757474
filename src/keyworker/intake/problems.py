"""What can be wrong with a value, in words, and what to do about it."""

from __future__ import annotations

from enum import Enum

LONGEST_TEXT = 32_768


class Problem(Enum):
    """One kind of fault: why the row cannot be trusted, and the remedy."""

    REQUIRED = ("is empty, and the row cannot be trusted without it", "Fill in the column.")
    ZERO_BYTE = ("holds a zero byte", "Take the zero bytes out of the text.")
    CONTROL = ("holds a control character that no text may hold", "Take the control characters out of the text.")
    LONG = (f"is longer than {LONGEST_TEXT:,} characters", "Shorten the text.")
    FLAG = ("is neither yes nor no", "Write Y or N, or leave it empty.")
    INTEGER = ("is not a whole number", "Write a whole number, such as 12.")
    DECIMAL = ("is not a number", "Write a number, such as 0.6.")
    DATE = ("is not a real date", "Write it as day/month/year, for example 28/02/2026, or as 2026-02-28.")
    EARLY = ("lies before 1900", "Write the year in full, 1900 or later.")
    LATE = ("lies too far ahead", "Correct the year, or leave an end that has not come empty.")
    TIME = ("is not a time of day", "Write hours and minutes, such as 09:30.")
    INSTANT = ("is not a date and time", "Write it as 2026-02-28 09:30:00.")
    ORDER = ("lies before the first day", "Correct the first or the last day.")
    NOT_LATER = (
        "is not later than the first due date to which it applies",
        "Write the later date that was agreed, or leave it empty where the duty is not asked for.",
    )
    CLASH = (
        "is the same in another row of this load that says otherwise",
        "Keep the row that is right, or give each its own identifier.",
    )

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
