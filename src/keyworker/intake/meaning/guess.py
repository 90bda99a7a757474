"""A first guess at what a word means. A guess is offered, never used: a person accepts it or writes something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from keyworker.vocabulary.allocation_roles import role_by_published_word

Guess = dict[str, str]

# First match wins, so the particular stands before the general.
_TEAM_TYPES = (
    (r"mash|front door|first response|contact|access|referral|duty|edt|out of hours", "front door"),
    (r"disab|cwd|short break", "disabled children"),
    (r"leaving care|care leaver|pathway|14 ?(to|-) ?25|16\+|18\+", "leaving care"),
    (r"in care|looked after|\blac\b|\bcla\b|corporate parent|permanence", "children in care"),
    (r"adolescent|young people|exploitation|edge of care", "adolescent"),
    (r"assess", "assessment"),
    (r"foster|kinship", "fostering"),
    (r"adoption", "adoption"),
    (r"early help|family help|targeted support", "early help"),
    (r"conference|iro|review|quality|safeguarding unit", "conference and review"),
    (
        r"unit|safeguard|protect|\bcin\b|\bcp\b|long term|locality|children.?s team|family support",
        "child in need and child protection",
    ),
)
_ROLE_CLASSES = (
    (r"director|head of service|assistant director", "senior manager"),
    (r"service manager|group manager", "middle manager"),
    (r"team manager|assistant team manager|practice manager|unit manager", "first line manager"),
    (r"consultant|senior|advanced|principal", "senior practitioner"),
    (r"social worker|nqsw|asye|case ?holder", "case holder"),
    (r"chair|reviewing officer|auditor|trainer", "qualified without cases"),
)
_ALLOCATION_ROLES = (
    (r"duty|team|pool|unallocated|business support|admin", "none"),
    (r"co-?\s?work|secondary|second |support|family worker|involved", "co-worker"),
    (r"accountable|manager|supervis|consultant", "accountable"),
    (r"alloc|lead|key ?worker|case ?worker|case ?holder|primary|social worker|personal advis", "lead"),
)
_VISIT_KINDS = (
    (r"\bcp\b|protection", "cp"),
    (r"\bcla\b|\blac\b|looked after|in care|statutory", "cla"),
    (r"\bcin\b|in need|family help", "cin"),
    (r"assess|initial", "assessment"),
    (r"leav|pathway", "care leaver"),
)


def guess(subject: str, said: str, districts: Sequence[str] = ()) -> Guess:
    """What a word may mean, by column of `meaning`; empty when there is no telling."""
    word = " ".join(said.split()).lower()
    if subject == "team":
        return _team(word, districts)
    if subject == "job title":
        role_class = _first(_ROLE_CLASSES, word)
        holds = role_class in {"case holder", "senior practitioner"}
        return {"role_class": role_class, "holds_cases": "Y" if holds else "N"} if role_class else {}
    if subject == "involvement role":
        role = role_by_published_word(said) or _first(_ALLOCATION_ROLES, word)
        return {"allocation_role": role} if role else {}
    kind = _first(_VISIT_KINDS, word)
    return {"visit_kind": kind} if kind else {}


def _team(word: str, districts: Sequence[str]) -> Guess:
    district = next((name for name in sorted(districts, key=len, reverse=True) if name.lower() in word), None)
    kind = _first(_TEAM_TYPES, word)
    return {name: value for name, value in (("district", district), ("team_type", kind)) if value}


def _first(patterns: Sequence[tuple[str, str]], word: str) -> str | None:
    return next((meaning for pattern, meaning in patterns if re.search(pattern, word)), None)
