"""Nine rules of the catalogue's shapes, bound by hand, so that the engine is tested apart from the shipped bindings."""

from __future__ import annotations

from typing import Any

from keyworker.clocks.catalogue import read_rulebook
from keyworker.clocks.rules import Rulebook

_SOURCE = {"document": "A guide (example)", "section": "1", "url": None}


def _rule(rule_id: str, n: int | None, unit: str | None, **more: Any) -> dict[str, Any]:
    due = {"n": n, "unit": unit, "direction": "after", "trigger_day_counts": False, **more.pop("due", {})}
    return {
        "id": rule_id,
        "title": rule_id,
        "applies_to": ["child"],
        "trigger": "start",
        "due": due,
        "recurring": more.pop("recurring", {"is_recurring": False}),
        "completes_when": "done",
        "basis": "national guidance",
        "source": _SOURCE,
        "in_force_from": None,
        "in_force_until": None,
        **more,
    }


def _bound(starts: list[str], meets: list[str], stops: list[str] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "kind": "deadline",
        "subject": "child",
        "belongs_to": "child",
        "starts": starts,
        "meets": meets,
        "stops": stops or [],
        **more,
    }


_EVERY_TEN = {"is_recurring": True, "n": 10, "unit": "working_days"}
_HELD = "personal_supervision.happened_on[outcome=held]"

RULES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        _rule("assessment", 45, "working_days"),
        _bound(["cin_episodes.from_on"], ["cin_assessments.to_on"], ["cin_episodes.to_on"]),
    ),
    (
        _rule("conference", 15, "working_days"),
        _bound(["s47_enquiry.from_on"], ["initial_cp_conference.happened_on"], ["s47_enquiry.to_on[nfa=true]"]),
    ),
    (
        _rule("visit", 10, "working_days", recurring=_EVERY_TEN),
        _bound(
            ["cp_plans.from_on", "visit:cp:seen"],
            ["visit:cp:seen"],
            ["cp_plans.to_on"],
            may_meet=["visit:cp:unsaid"],
            **{"while": "cp_plan"},
        ),
    ),
    (
        _rule("report", 5, "working_days", due={"direction": "before"}),
        _bound(["cp_reviews.happened_on", "cp_reviews.due_on[happened_on=]"], ["step:conference report"]),
    ),
    (
        _rule("writing up", 24, "hours"),
        _bound(["step:critical event"], ["entered"], by="row"),
    ),
    (
        _rule("interview", 72, "hours"),
        _bound(["missing.to_on"], ["step:return home interview"]),
    ),
    (
        _rule("supervision", 1, "months", recurring={"is_recurring": True, "n": 1, "unit": "months"}),
        _bound(["appointment.from_on", _HELD], [_HELD], ["appointment.to_on"], subject="worker"),
    ),
    (
        _rule("census", 4, "months", in_force_from="2025-01-01"),
        _bound(["calendar:03-31"], ["step:return submitted[belongs_to=cin census]"], subject="council"),
    ),
    (
        _rule("re-referral", 12, "months"),
        _bound(["cin_episodes.from_on"], ["cin_episodes.from_on"], kind="window"),
    ),
]


def small_rulebook() -> Rulebook:
    """The nine rules."""
    return read_rulebook([rule for rule, _ in RULES], {rule["id"]: bound for rule, bound in RULES})
