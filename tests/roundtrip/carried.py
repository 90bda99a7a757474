"""What each return can carry of the record, as data: the manual's page on returns says the same, and a test holds it.

An extract and its pack carry every described column of every table. A return carries, of the rows that are of its
year or look-back, the columns below; `TOLD_ONCE` are those that a return says and the record has no place for.
"""

from __future__ import annotations

CARRIED: dict[str, dict[str, tuple[str, ...]]] = {
    "cin": {
        "person": ("child_id", "sex or gender", "ethnicity", "birth_on", "expected_birth_on", "died_on", "upn_unknown"),
        "disability": ("child_id", "disability_code"),
        "linked_identifiers": ("child_id", "identifier_value"),
        "cin_episodes": (
            "child_id", "from_on", "to_on", "referral_source_code", "primary_need_code", "referral_nfa", "close_reason",
        ),
        "cin_assessments": ("child_id", "from_on", "to_on"),
        "assessment_factors": ("assessment_factors_json",),
        "cin_plans": ("child_id", "from_on", "to_on"),
        "s47_enquiry": ("child_id", "from_on"),
        "initial_cp_conference": ("child_id", "target_on", "happened_on"),
        "cp_plans": ("child_id", "from_on", "to_on", "initial_category", "latest_category"),
        "cp_reviews": ("child_id", "happened_on"),
        "step": ("child_id", "kind", "happened_on"),
    },
    "annex-a": {
        "person": ("child_id", "sex or gender", "ethnicity", "birth_on"),
        "contacts": ("child_id", "happened_on", "source_code"),
        "early_help_episodes": ("child_id", "from_on", "to_on", "organisation"),
        "cin_episodes": ("child_id", "from_on"),  # and what list 3, list 6 or both say of each
        "cin_assessments": ("child_id", "from_on", "to_on", "child_seen", "outcome_nfa"),
        "s47_enquiry": ("child_id", "from_on"),
        "initial_cp_conference": ("child_id", "happened_on", "outcome_cp_flag"),
        "cp_plans": ("child_id", "from_on", "to_on", "initial_category", "latest_category"),
        "cp_visits": ("child_id", "happened_on", "seen_alone"),
        "cp_reviews": ("child_id", "happened_on"),
        "cla_episodes": ("child_id", "to_on", "primary_need_code"),
        "cla_placement": ("child_id", "from_on", "type", "provider", "postcode", "urn"),
        "legal_status": ("child_id", "from_on", "legal_status"),
        "cla_reviews": ("happened_on",),
        "cla_visits": ("child_id", "happened_on"),
        "care_leavers": ("child_id", "latest_contact_on", "pathway_plan_reviewed_on", "accommodation", "activity"),
        "permanence": ("child_id", "adm_decision_on", "placement_order_on", "matched_on", "placed_for_adoption_on"),
    },
    "903": {
        "person": ("child_id", "sex or gender", "ethnicity", "birth_on"),
        "linked_identifiers": ("child_id", "identifier_value"),
        "cla_episodes": (
            "child_id", "from_on", "to_on", "episode_start_reason", "episode_ceased_reason", "primary_need_code",
        ),
        "cla_reviews": ("happened_on", "participation"),
        "missing": ("child_id", "from_on", "to_on", "episode_type"),
        "care_leavers": ("child_id", "in_touch", "activity"),
        "sdq_scores": ("child_id", "score"),
        "permanence": ("child_id", "adm_decision_on", "matched_on", "number_of_adopters", "adopter_sex"),
    },
    "workforce": {
        "workforce_snapshot": (
            "worker_id", "happened_on", "agency_worker", "role_class", "fte", "cases", "contract_from_on",
            "role_ended_on", "start_origin", "leaving_reason", "leaving_destination", "absent_on_day",
            "absence_reason", "working_days_lost", "birth_on", "sex", "ethnicity", "qualification_level",
        ),
        "workforce_totals": ("authority", "happened_on", "vacancies_fte", "agency_fte", "agency_headcount"),
        "professionals": ("registration_no",),
    },
}  # fmt: skip

# What a return says, worked out from more than it holds, so that a record made of it alone says less.
TOLD_ONCE: dict[str, dict[str, tuple[str, ...]]] = {
    "cin": {"ChildProtectionPlans": ("NumberOfPreviousCPP",)},
    "annex-a": {
        "List 3": ("Number of Referrals in Last 12 Months",),
        "List 5": (
            "Number of Section 47 Enquiries in the last 12 months",
            "Number of ICPCs in the last 12 months",
        ),
        "List 6": ("Case Status", "Allocated Team", "Allocated Worker"),
        "List 7": (
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
            "Number of Previous Child Protection Plans",
            "Allocated Team",
            "Allocated Worker",
        ),
        "List 8": (
            "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
            "What is the permanence plan for this child?",
            "Number of Placements in the Last 12 months",
            "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
            "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
            "Did the child accept a Return Interview after their last missing episode (Y/N)?",
            "Allocated Team",
            "Allocated Worker",
        ),
        "List 9": ("Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",),
        "List 10": ("Date the Child Entered Care",),
    },
    "903": {
        "header": ("MC_DOB",),
        "oc2": ("CONVICTED", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED"),
    },
    "workforce": {},
}
