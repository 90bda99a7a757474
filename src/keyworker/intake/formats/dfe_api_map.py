"""What each part of the daily payload becomes in the record. The payload gives most of its rows their ids."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from keyworker.intake.carry import Carry, Fixed, Made, identified, with_fields
from keyworker.intake.contract import ROW
from keyworker.intake.gathered import INDEX, PARENT

# Parts that are records of their own, by the part that holds them.
GROUPS: dict[str, tuple[str, ...]] = {
    "child": ("child_details", "health_and_wellbeing", "social_care_episodes"),
    "health_and_wellbeing": ("sdq_assessments",),
    "social_care_episodes": (
        "care_worker_details",
        "child_and_family_assessments",
        "child_in_need_plans",
        "section_47_assessments",
        "child_protection_plans",
        "child_looked_after_placements",
        "adoption",
        "care_leavers",
    ),
}
LISTS = {"child_details": ("disabilities",), "child_and_family_assessments": ("factors",)}
NEEDED = {"social_care_episodes": ("social_care_episode_id",)}
CHILD, EPISODE = "@child", "@social_care_episode_id"

_UASC = ("uasc_flag", "uasc_end_date")

# Rows that the payload gives no id: what they are, and the fields that tell one from another.
_NATURAL = {
    "sdq_assessments": ("@sdq", "sdq", ("date",)),
    "care_worker_details": ("@held", "care-worker", (EPISODE, "worker_id", "start_date")),
    "adoption": ("@adoption", "permanence", (EPISODE,)),
    "care_leavers": ("@leaver", "care-leaver", (EPISODE,)),
}


def linked(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give rows without an id one; part disabilities and workers into records; find each child's first referral."""
    found = dict(frames)
    for kind, (into, word, natural) in _NATURAL.items():
        if kind in found:
            found[kind] = identified(found[kind], into, word, CHILD, natural)
    if "child_details" in found:
        details = with_fields(found["child_details"], ("disabilities", "date_of_birth"))
        known = _since(with_fields(details, _UASC), found.get("social_care_episodes")).drop("disabilities")
        is_so = (pl.col("uasc_flag") == "true").fill_null(value=False)
        found["unaccompanied"] = known.filter(is_so).select(ROW, INDEX, PARENT, CHILD, "@referred", *_UASC)
        found["child_details"] = known.with_columns(pl.when(~is_so).then(name).alias(name) for name in _UASC)
        listed = details.filter(pl.col("disabilities").is_not_null())
        found["disabilities"] = listed.select(
            ROW, INDEX, PARENT, CHILD, pl.col("disabilities").str.json_decode(pl.List(pl.String())).alias("disability")
        ).explode("disability")
    if "care_worker_details" in found:
        workers = with_fields(found["care_worker_details"], ("worker_id",))
        known = workers.filter(pl.col("worker_id").is_not_null()).unique("worker_id", keep="first", maintain_order=True)
        found["workers"] = known.select(ROW, INDEX, PARENT, pl.col("worker_id").alias("@worker"))
    return found


def _since(details: pl.DataFrame, episodes: pl.DataFrame | None) -> pl.DataFrame:
    if episodes is None or "referral_date" not in episodes.columns:
        return details.with_columns(pl.lit(None, pl.String()).alias("@referred"))
    first = episodes.group_by(CHILD).agg(pl.col("referral_date").min().alias("@referred"))
    return details.join(first, on=CHILD, how="left", maintain_order="left")


def _number(field: str, word: str, kind: str) -> Carry:
    """A pupil number identifies a child all their life: the payload gives it no dates."""
    return Carry(
        "child_details",
        "linked_identifiers",
        {
            "linked_identifier_id": Made((), pl.concat_str(CHILD, pl.lit(f"/{word}/"), field)),
            "child_id": CHILD,
            "identifier_type": Fixed(kind),
            "identifier_value": field,
            "from_on": Made((), pl.coalesce("date_of_birth", "@referred")),
        },
        when=(field,),
    )


def _dated(kind: str, table: str, key: str, key_field: str, columns: Mapping[str, str | Made]) -> Carry:
    return Carry(
        kind,
        table,
        {
            key: key_field,
            "child_id": CHILD,
            "referral_id": EPISODE,
            "from_on": "start_date",
            "to_on": "end_date",
            **columns,
        },
    )


CARRIES = (
    Carry(
        "child_details",
        "person",
        {
            "child_id": CHILD,
            "legacy_id": "@legacy",
            "forename": "first_name",
            "surname": "surname",
            "sex": "sex",
            "ethnicity": "ethnicity",
            "birth_on": "date_of_birth",
            "expected_birth_on": "expected_date_of_birth",
            "upn_unknown": "unique_pupil_number_unknown_reason",
        },
    ),
    _number("unique_pupil_number", "upn", "Unique Pupil Number"),
    _number("former_unique_pupil_number", "former-upn", "Former Unique Pupil Number"),
    Carry(
        "disabilities",
        "disability",
        {
            "child_id": CHILD,
            "disability_code": "disability",
            "disability_id": Made((), pl.concat_str(CHILD, pl.lit("/disability/"), "disability")),
        },
    ),
    Carry(
        "unaccompanied",
        "immigration_status",
        {
            "immigration_status_id": Made((), pl.col(CHILD) + "/uasc"),
            "child_id": CHILD,
            "immigration_status": Made(("uasc_flag",), pl.lit("Unaccompanied Asylum Seeking Child")),
            "from_on": "@referred",
            "to_on": "uasc_end_date",
        },
    ),
    Carry(
        "sdq_assessments",
        "sdq_scores",
        {"sdq_score_id": "@sdq", "child_id": CHILD, "happened_on": "date", "score": "score"},
    ),
    Carry(
        "social_care_episodes",
        "cin_episodes",
        {
            "referral_id": "social_care_episode_id",
            "child_id": CHILD,
            "from_on": "referral_date",
            "to_on": "closure_date",
            "referral_source_code": "referral_source",
            "referral_nfa": "referral_no_further_action_flag",
            "close_reason": "closure_reason",
        },
    ),
    Carry(
        "care_worker_details",
        "involvements",
        {
            "involvement_id": "@held",
            "child_id": CHILD,
            "referral_id": EPISODE,
            "worker_id": "worker_id",
            "role": Fixed("Care worker (DfE daily data)"),
            "from_on": "start_date",
            "to_on": "end_date",
        },
    ),
    Carry("workers", "professionals", {"worker_id": "@worker"}),
    Carry(
        "child_and_family_assessments",
        "cin_assessments",
        {
            "assessment_id": "child_and_family_assessment_id",
            "child_id": CHILD,
            "referral_id": EPISODE,
            "from_on": "start_date",
            "to_on": "authorisation_date",
        },
    ),
    Carry(
        "child_and_family_assessments",
        "assessment_factors",
        {
            "assessment_factor_id": Made((), pl.col("child_and_family_assessment_id") + "/factors"),
            "assessment_id": "child_and_family_assessment_id",
            "assessment_factors_json": "factors",
        },
        when=("factors",),
    ),
    _dated("child_in_need_plans", "cin_plans", "cin_plan_id", "child_in_need_plan_id", {}),
    _dated(
        "section_47_assessments",
        "s47_enquiry",
        "s47_enquiry_id",
        "section_47_assessment_id",
        {
            "nfa": Made(
                ("icpc_required_flag",),
                pl.col("icpc_required_flag").replace_strict({"true": "false", "false": "true"}, default=None),
            )
        },
    ),
    Carry(
        "section_47_assessments",
        "initial_cp_conference",
        {
            "icpc_id": Made((), pl.col("section_47_assessment_id") + "/conference"),
            "s47_enquiry_id": "section_47_assessment_id",
            "child_id": CHILD,
            "referral_id": EPISODE,
            "happened_on": "icpc_date",
        },
        when=("icpc_date",),
    ),
    _dated("child_protection_plans", "cp_plans", "cp_plan_id", "child_protection_plan_id", {}),
    _dated(
        "child_looked_after_placements",
        "cla_episodes",
        "episode_id",
        "child_looked_after_placement_id",
        {
            "placement_id": "child_looked_after_placement_id",
            "episode_start_reason": "start_reason",
            "episode_ceased_reason": "end_reason",
        },
    ),
    Carry(
        "child_looked_after_placements",
        "cla_placement",
        {
            "placement_id": "child_looked_after_placement_id",
            "child_id": CHILD,
            "from_on": "start_date",
            "to_on": "end_date",
            "type": "placement_type",
            "postcode": "postcode",
            "change_reason": "change_reason",
        },
    ),
    Carry(
        "adoption",
        "permanence",
        {
            "permanence_id": "@adoption",
            "child_id": CHILD,
            "adm_decision_on": "initial_decision_date",
            "matched_on": "matched_date",
            "placed_for_adoption_on": "placed_date",
        },
    ),
    Carry(
        "care_leavers",
        "care_leavers",
        {
            "care_leaver_id": "@leaver",
            "child_id": CHILD,
            "latest_contact_on": "contact_date",
            "activity": "activity",
            "accommodation": "accommodation",
        },
    ),
)
