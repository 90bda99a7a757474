"""Columns that say how a period ended: like its last day, they are not yet seen on a day before it."""

from __future__ import annotations

ENDING_COLUMNS: dict[str, frozenset[str]] = {
    "early_help_episodes": frozenset({"end_reason"}),
    "cin_episodes": frozenset({"close_reason"}),
    "cin_assessments": frozenset({"outcome_json", "outcome_nfa"}),
    "s47_enquiry": frozenset({"outcome_json", "nfa"}),
    "cla_episodes": frozenset({"episode_ceased_reason"}),
    "cla_placement": frozenset({"change_reason"}),
    "missing": frozenset({"to_time", "rhi_offered", "rhi_accepted"}),
    "ehcp_named_plan": frozenset({"named_plan_ceased_reason"}),
    "involvements": frozenset({"change_reason"}),
    "appointment": frozenset({"leaving_destination", "leaving_reason"}),
}
