"""A made-up family for the pages' tests: obviously fictional, on fixed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from keyworker.facts.pictures import Gap, Outcome, Role, Status
from keyworker.facts.stories import HeldBy, Together
from tests.web.fictional import ADEYEMI, MANAGER, OKAFOR, REID, ago


def kin(number: int, name: str, **changes: Any) -> Together:
    base = Together(
        f"ch{number:022}",
        name,
        9,
        True,
        (Status("cin", date(2025, 3, 4), None, "Abuse or neglect"),),
        (
            HeldBy(OKAFOR, Role.LEAD, date(2025, 3, 4), date(2025, 10, 2)),
            HeldBy(ADEYEMI, Role.LEAD, date(2025, 11, 5), None),
            HeldBy(MANAGER, Role.ACCOUNTABLE, date(2025, 3, 4), None),
        ),
        (Gap(date(2025, 10, 2), date(2025, 11, 5)),),
        ((date(2025, 4, 1), Outcome.SEEN_ALONE), (date(2026, 2, 1), Outcome.NO_ACCESS), (ago(20), Outcome.SEEN)),
        ago(20),
    )
    return replace(base, **changes)


def family() -> tuple[Together, ...]:
    """Ashby, a brother with another worker, and a sister who is no longer open."""
    return (
        kin(1, "Ashby Testwood"),
        kin(
            2,
            "Birch Testwood",
            age_years=12,
            holds=(HeldBy(REID, Role.LEAD, date(2025, 6, 1), None),),
            gaps=(),
            visits=((ago(6), Outcome.SEEN_ALONE),),
            last_seen_on=ago(6),
        ),
        kin(
            3,
            "Clover Testwood",
            age_years=0,
            is_open=False,
            statuses=(Status("referral", date(2025, 3, 4), date(2025, 6, 1)),),
            holds=(),
            gaps=(),
            visits=(),
            last_seen_on=None,
        ),
    )
