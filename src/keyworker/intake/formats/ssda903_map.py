"""What each table of the looked after children return becomes in the record."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from keyworker.facts.collection_year import CollectionYear
from keyworker.intake.carry import Carry, Fixed, Made

CHILD = "CHILD"

# The described tables that each table of the return holds in full; the first takes the rows that do not fit.
HOLDS: dict[str, tuple[str, ...]] = {
    "header": ("person",),
    "episodes": ("cla_episodes", "cla_placement", "legal_status"),
    "reviews": ("cla_reviews",),
    "missing": ("missing",),
    "oc2": ("cla_health",),
    "oc3": ("care_leavers",),
    "ad1": ("permanence",),
    "placed_for_adoption": ("permanence",),
    "previous_permanence": ("cla_previous_permanence",),
    "uasc": ("immigration_status",),
    "sw_episodes": ("involvements",),
}


def _number(name: str) -> Made:
    return Made((name,), pl.col(name).str.strip_suffix(".0"))


def carries(year: CollectionYear | None) -> list[Carry]:
    """Every carry of the return; what needs the year only where the year is known."""
    dated = [*_pupil_numbers(year), _immunised(year)] if year else []
    return [*_PEOPLE, *dated, *_CARE, *_OUTCOMES, *_ADOPTION]


def _pupil_numbers(year: CollectionYear) -> tuple[Carry, ...]:
    """The return gives a pupil number no dates: it holds for the year that the return speaks for."""
    return (
        Carry(
            "header",
            "linked_identifiers",
            {
                "linked_identifier_id": Made((), pl.concat_str(CHILD, pl.lit(f"/upn/{year.ends}/"), "UPN")),
                "child_id": CHILD,
                "identifier_type": Fixed("Unique Pupil Number"),
                "identifier_value": "UPN",
                "from_on": Fixed(year.first.isoformat()),
                "to_on": Fixed(year.last.isoformat()),
            },
            when=("UPN",),
        ),
    )


def _immunised(year: CollectionYear) -> Carry:
    """The return says how immunisations stood at the end of the year."""
    return Carry(
        "oc2",
        "cla_immunisations",
        {"child_id": CHILD, "happened_on": Fixed(year.last.isoformat()), "status": _number("IMMUNISATIONS")},
        when=("IMMUNISATIONS",),
    )


_PEOPLE = (
    Carry(
        "header",
        "person",
        {
            "child_id": CHILD,
            "sex": _number("SEX"),
            "ethnicity": "ETHNIC",
            "birth_on": "DOB",
            "upn_unknown": "@upn_unknown",
            "is_mother": _number("MOTHER"),
        },
    ),
    Carry(
        "uasc",
        "immigration_status",
        {
            "immigration_status_id": "@uasc",
            "child_id": CHILD,
            "immigration_status": Made(("UASC",), pl.lit("Unaccompanied Asylum Seeking Child")),
            "from_on": "@since",
            "to_on": "DUC",
        },
    ),
    Carry(
        "sw_episodes",
        "involvements",
        {
            "involvement_id": "@involvement",
            "child_id": CHILD,
            "worker_id": "SW_ID",
            "role": Fixed("Social worker (SSDA903)"),
            "from_on": "SW_DECOM",
            "to_on": "SW_DEC",
            "change_reason": "SW_REASON",
        },
    ),
    Carry("workers", "professionals", {"worker_id": "@worker", "registration_no": "@worker"}),
)

_CARE = (
    Carry(
        "episodes",
        "cla_episodes",
        {
            "episode_id": "@episode",
            "child_id": CHILD,
            "from_on": "DECOM",
            "to_on": "DEC",
            "episode_start_reason": "RNE",
            "episode_ceased_reason": "REC",
            "primary_need_code": "CIN",
            "care_period_id": "@care",
            "placement_id": "@placement",
            "entered_care_on": "@entered",
        },
    ),
    Carry(
        "episodes",
        "cla_placement",
        {
            "placement_id": "@placement",
            "child_id": CHILD,
            "care_period_id": "@care",
            "from_on": "DECOM",
            "to_on": "DEC",
            "type": "PLACE",
            "provider": "PLACE_PROVIDER",
            "urn": _number("URN"),
            "postcode": "PL_POST",
            "change_reason": "REASON_PLACE_CHANGE",
        },
        when=("PLACE", "PLACE_PROVIDER", "URN", "PL_POST", "REASON_PLACE_CHANGE"),
    ),
    Carry(
        "episodes",
        "legal_status",
        {
            "legal_status_id": "@legal-status",
            "child_id": CHILD,
            "legal_status": "LS",
            "from_on": "DECOM",
            "to_on": "DEC",
        },
        when=("LS",),
    ),
    Carry(
        "reviews",
        "cla_reviews",
        {
            "review_id": "@review",
            "care_period_id": "@care",
            "happened_on": "REVIEW",
            "participation": "REVIEW_CODE",
        },
        also=(CHILD,),
    ),
    Carry(
        "missing",
        "missing",
        {
            "missing_id": "@missing",
            "child_id": CHILD,
            "episode_type": "MISSING",
            "from_on": "MIS_START",
            "to_on": "MIS_END",
        },
    ),
    Carry(
        "oc3",
        "care_leavers",
        {
            "care_leaver_id": "@leaver",
            "child_id": CHILD,
            "in_touch": "IN_TOUCH",
            "activity": "ACTIV",
            "accommodation": "ACCOM",
        },
    ),
    Carry(
        "previous_permanence",
        "cla_previous_permanence",
        {
            "cla_previous_permanence_id": "@previous",
            "child_id": CHILD,
            "previous_permanence_option": "PREV_PERM",
            "previous_permanence_la": "LA_PERM",
            "order_on_text": "DATE_PERM",
        },
    ),
)


def _outcome(
    table: str, key: str, word: str, columns: Mapping[str, str | Made | Fixed], when: tuple[str, ...]
) -> Carry:
    named = Made((), pl.col("@outcome") + f"/{word}")
    return Carry("oc2", table, {key: named, "child_id": CHILD, **columns}, when)


_OUTCOMES = (
    *(
        _outcome(
            "cla_health",
            "health_check_id",
            name.lower().replace("_", "-"),
            {"type": Fixed(said), "status": _number(name)},
            (name,),
        )
        for name, said in (
            ("HEALTH_CHECK", "Development check"),
            ("TEETH_CHECK", "Dental check"),
            ("HEALTH_ASSESSMENT", "Health assessment"),
        )
    ),
    _outcome(
        "sdq_scores",
        "sdq_score_id",
        "sdq",
        {"score": _number("SDQ_SCORE"), "reason": "SDQ_REASON"},
        ("SDQ_SCORE", "SDQ_REASON"),
    ),
    _outcome(
        "cla_substance_misuse",
        "substance_misuse_id",
        "substance-misuse",
        {
            "substance_misused": Made(("SUBSTANCE_MISUSE",), pl.lit(None, pl.String())),
            "intervention_received": _number("INTERVENTION_RECEIVED"),
        },
        ("SUBSTANCE_MISUSE",),
    ),
    _outcome(
        "cla_convictions",
        "conviction_id",
        "conviction",
        {"offence": Made(("CONVICTED",), pl.lit(None, pl.String()))},
        ("CONVICTED",),
    ),
)

_ADOPTION = (
    Carry(
        "adoptions",
        "permanence",
        {
            "permanence_id": "@adoption",
            "child_id": CHILD,
            "adm_decision_on": "DATE_INT",
            "matched_on": "DATE_MATCH",
            "adopted_by_carer_flag": _number("FOSTER_CARE"),
            "number_of_adopters": _number("NB_ADOPTR"),
            "adopter_sex": "SEX_ADOPTR",
            "adopter_legal_status": "LS_ADOPTR",
            "placed_for_adoption_on": "DATE_PLACED",
            "decision_reversed_on": "DATE_PLACED_CEASED",
            "decision_reversed_reason": "REASON_PLACED_CEASED",
        },
    ),
)
