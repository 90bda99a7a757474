"""Duties as flat rows, for a command, a file and Python."""

from __future__ import annotations

from datetime import date
from typing import Any

from keyworker.actions.due import Due
from keyworker.clocks.engine import Reading
from keyworker.clocks.missed import Missed

NAMED = frozenset({"name"})
"""What of a worklist's line names somebody."""


def reading_record(reading: Reading) -> dict[str, Any]:
    """One reading as a flat row."""
    return {
        reading.subject_kind.value: reading.subject,
        "rule": reading.rule,
        "title": reading.title,
        "started_on": reading.started_on,
        "due_on": reading.due_on,
        "understood_due_on": reading.understood_due_on,
        "met_on": reading.met_on,
        "stopped_on": reading.stopped_on,
        "state": reading.state.value,
        "passed_due": reading.passed_due,
        "recorded_late": reading.recorded_late,
        "said": reading.said,
        "reason": reading.reason,
        "source": reading.source,
        "basis": reading.basis,
        "unconfirmed": reading.unconfirmed,
    }


def due_record(one: Due, at: date) -> dict[str, Any]:
    """One line of a worklist as a flat row: the child or the worker whom the duty is about.

    Who holds a child is not told beside it: together these would be lateness by worker. Names leave only when they are
    asked for.
    """
    due = one.reading.due_on
    return {
        "child": one.child.child_id if one.child else None,
        "worker": one.worker.worker.worker_id if one.worker else None,
        "name": one.child.name if one.child else None,
        "team": one.team.name if one.team else None,
        "district": one.team.district if one.team else None,
        "rule": one.reading.rule,
        "title": one.reading.title,
        "started_on": one.reading.started_on,
        "due_on": due,
        "met_on": one.reading.met_on,
        "days": (due - at).days if due else None,
        "state": one.reading.state.value,
        "passed_due": one.reading.passed_due,
        "recorded_late": one.reading.recorded_late,
        "reason": one.reading.reason,
        "source": one.reading.source,
        "unconfirmed": one.reading.unconfirmed,
    }


def missed_record(one: Missed) -> dict[str, Any]:
    """One visit that was not made in time as a flat row, its chain in words."""
    return {
        "child": one.reading.subject,
        "rule": one.reading.rule,
        "started_on": one.reading.started_on,
        "due_on": one.reading.due_on,
        "met_on": one.reading.met_on,
        "state": one.reading.state.value,
        "coincided": "; ".join(dict.fromkeys(link.what.value for link in one.chain)),
        "chain": " ".join(link.words for link in one.chain),
    }
