"""The reason for which somebody sees names that their role opens for a reason alone: typed, kept for the day, ended."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

KEPT = "keyworker_reason"
SHORTEST, LONGEST = 15, 200


def reason_of(request: HttpRequest, today: date) -> str:
    """The reason that was typed today; empty where none was. It ends with the day, and when its owner signs out."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict) or kept.get("day") != today.isoformat():
        return ""
    return str(kept.get("reason", ""))


def keep(request: HttpRequest, reason: str, today: date) -> None:
    """Keep a reason for the rest of the day."""
    request.session[KEPT] = {"reason": reason, "day": today.isoformat()}


def stop(request: HttpRequest) -> None:
    """Keep none any more."""
    request.session.pop(KEPT, None)


def problem(reason: str) -> str:
    """What is wrong with a reason; empty where nothing is."""
    if SHORTEST <= len(reason) <= LONGEST:
        return ""
    return f"Enter in a sentence what you need the names for, in {SHORTEST} to {LONGEST} characters"
