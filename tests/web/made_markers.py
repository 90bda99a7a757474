"""Made-up things that must not be told, two that hold, one withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime

from keyworker.facts.marked import Markable, Marker

HELD, PLACED, GONE = "a" * 32, "e" * 32, "b" * 32
HOME = '{"HOUSE": "12", "STREET": "Quillberry Lane", "TOWN": "Elsewhere"}'
ASKED = ("sorrel", "No longer so.")
WRITTEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def markers() -> list[Marker]:
    """The address not to be told to the father; a placement not to be told to anyone; a school, withdrawn."""
    return [
        Marker(
            HELD, "c1", "address", "address", "AD2", None, "named person", "father", "Fred Testwood", "safe address",
            "Family court", date(2026, 11, 2), None, "sorrel", WRITTEN, 7, None, (HOME, "ZZ1 2AB"),
            date(2026, 1, 5),
        ),
        Marker(
            PLACED, "c1", "placement", "cla_placement", "PL1", None, "anyone outside", None, None, "court order",
            "Family court", date(2026, 10, 1), date(2027, 1, 1), "analyst", WRITTEN, 8, None, ("ZZ3 4CD",),
            date(2026, 1, 5),
        ),
        Marker(
            GONE, "c1", "school", None, None, "Fernbank Primary", "anyone outside", None, None, "other danger",
            "Team manager", date(2026, 9, 1), date(2026, 9, 1), "ash", WRITTEN, 9,
            ("ash", WRITTEN, "The school has changed."), ("Fernbank Primary",), None,
        ),
    ]  # fmt: skip


def markables() -> list[Markable]:
    """Today's address and placement."""
    return [
        Markable("address", "AD2", "address", (HOME, "ZZ1 2AB"), date(2026, 1, 5), None),
        Markable("cla_placement", "PL1", "placement", ("ZZ3 4CD",), date(2025, 1, 5), date(2026, 1, 5)),
    ]
