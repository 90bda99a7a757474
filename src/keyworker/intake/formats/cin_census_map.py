"""What each part of a children in need census becomes in the record, and the ids of rows that the census gives none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import polars as pl

from keyworker.facts.collection_year import CollectionYear
from keyworker.intake.carry import Carry, Fixed, Made, from_parent, identified, with_fields
from keyworker.intake.contract import ROW
from keyworker.intake.gathered import INDEX, PARENT

CHILD = "LAchildID"
EPISODE = "CINdetailsID"  # in the flat form: which of the child's episodes
PLAN = "CPPID"
_POSITIONS = (EPISODE, PLAN, "AssessmentsID", "Unnamed: 0")
_BELOW = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
_NATURAL = {
    "Assessments": ("@assessment", "assessment", "AssessmentActualStartDate"),
    "CINPlanDates": ("@plan", "cin-plan", "CINPlanStartDate"),
    "Section47": ("@enquiry", "s47", "S47ActualStartDate"),
    "ChildProtectionPlans": ("@protection", "cp-plan", "CPPstartDate"),
}

Frames = dict[str, pl.DataFrame]


def linked(frames: Mapping[str, pl.DataFrame]) -> Frames:
    """Give every record its child, its referral and an id of its own; part lists into records."""
    found = dict(frames)
    children = with_fields(found.pop("Child", _empty()), (CHILD, "Ethnicity", "Disability"))
    found["Child"], unmatched = _with_traits(children, found.pop("Characteristics", None))
    found["Characteristics"] = unmatched
    episodes = found.pop("CINdetails", None)
    if episodes is not None:
        episodes = _child_of(episodes, children)
        episodes = identified(episodes, "@referral", "referral", CHILD, ("CINreferralDate",), _POSITIONS)
        found["CINdetails"] = identified(
            episodes, "@transfer", "transfer-in-conference", CHILD, ("DateOfInitialCPC",), _POSITIONS
        )
    for kind in _BELOW:
        if kind in found:
            found[kind] = _below_episode(found[kind], found.get("CINdetails"), children)
            if kind in _NATURAL:
                into, word, day = _NATURAL[kind]
                found[kind] = identified(found[kind], into, word, CHILD, (day,), _POSITIONS)
    if "Section47" in found:
        found["Section47"] = found["Section47"].with_columns((pl.col("@enquiry") + "/conference").alias("@conference"))
    if "Assessments" in found:
        told = _as_list(found["Assessments"], "AssessmentFactors")
        found["Assessments"] = told.with_columns((pl.col("@assessment") + "/factors").alias("@factors"))
    _part(found, "Child", "Disability", "Disability", (CHILD,))
    if "Disabilities" in found:
        found["Disability"] = found.pop("Disabilities")
    _part(found, "ChildProtectionPlans", "CPPreviewDate", "Review", (CHILD, "@protection"))
    if "Reviews" in found:
        found["Review"] = _of_plan(found.pop("Reviews"), found.get("ChildProtectionPlans"))
    if "Review" in found:
        found["Review"] = identified(found["Review"], "@review", "cp-review", CHILD, ("CPPreviewDate",), _POSITIONS)
    return found


def carries(year: CollectionYear | None) -> list[Carry]:
    """Every carry of a census; pupil numbers only where the year in which they were given is known."""
    return [*_PEOPLE, *(_identifiers(year) if year else ()), *_NEED, *_PROTECTION]


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64(), INDEX: pl.Int64(), PARENT: pl.Int64(), CHILD: pl.String()})


def _with_traits(children: pl.DataFrame, traits: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Children with what another flat file says of them, and the rows of that file that found no child."""
    if traits is None:
        return children, _empty()
    once = traits.filter(pl.col(CHILD).is_not_null() & ~pl.col(CHILD).is_duplicated())
    taken = once.select(CHILD, pl.col("Ethnicity").alias("@ethnicity"))
    joined = children.join(taken, on=CHILD, how="left", maintain_order="left")
    told = joined.with_columns(pl.coalesce("Ethnicity", "@ethnicity").alias("Ethnicity")).drop("@ethnicity")
    return told, traits.join(once.join(children, on=CHILD, how="semi"), on=INDEX, how="anti")


def _child_of(frame: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    if CHILD in frame.columns:
        return frame
    return from_parent(frame, children, {CHILD: CHILD})


def _below_episode(frame: pl.DataFrame, episodes: pl.DataFrame | None, children: pl.DataFrame) -> pl.DataFrame:
    if episodes is None:
        return with_fields(_child_of(frame, children), ("@referral",))
    if CHILD not in frame.columns:
        return from_parent(frame, episodes, {CHILD: CHILD, "@referral": "@referral"})
    keys = [CHILD, EPISODE]
    if not {*keys} <= {*frame.columns} & {*episodes.columns}:
        return with_fields(frame, ("@referral",))
    known = episodes.select(*keys, "@referral").unique(keys, keep="none")
    return frame.join(known, on=keys, how="left", maintain_order="left")


def _of_plan(frame: pl.DataFrame, plans: pl.DataFrame | None) -> pl.DataFrame:
    keys = [CHILD, EPISODE, PLAN]
    if plans is None or not {*keys} <= {*frame.columns} & {*plans.columns}:
        return with_fields(frame, ("@protection",))
    known = plans.select(*keys, "@protection").unique(keys, keep="none")
    return frame.join(known, on=keys, how="left", maintain_order="left")


def _part(found: Frames, kind: str, field: str, into: str, keep: tuple[str, ...]) -> None:
    """Move a field that holds a list into records of their own."""
    frame = found.get(kind)
    if frame is None or field not in frame.columns:
        return
    listed = with_fields(frame, keep).filter(pl.col(field).is_not_null())
    values = pl.Series(field, [_listed(text) for text in listed[field]], pl.List(pl.String()))
    rows = listed.select(ROW, *keep, values).explode(field)
    found[kind] = frame.drop(field)
    if rows.height:
        numbers = pl.int_range(rows.height, dtype=pl.Int64)
        found[into] = rows.with_columns(numbers.alias(INDEX), pl.lit(None, pl.Int64()).alias(PARENT))


def _as_list(frame: pl.DataFrame, field: str) -> pl.DataFrame:
    """A field that holds a list, as JSON in one order, however the file writes it."""
    if field not in frame.columns:
        return frame
    values = [None if text is None else json.dumps(sorted(_listed(text))) for text in frame[field]]
    return frame.with_columns(pl.Series(field, values, pl.String()))


def _listed(text: str) -> list[str]:
    """The values of a list: as JSON, as a tool prints it, or a value alone."""
    if not text.startswith("["):
        return [text]
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = re.findall(r"'([^']*)'", text) or [text]
    return [str(one) for one in said if one is not None] or [text]


_PEOPLE = (
    Carry(
        "Child",
        "person",
        {
            "child_id": CHILD,
            "sex": "Sex",
            "gender": "GenderCurrent",
            "ethnicity": "Ethnicity",
            "birth_on": "PersonBirthDate",
            "expected_birth_on": "ExpectedPersonBirthDate",
            "died_on": "PersonDeathDate",
            "upn_unknown": "UPNunknown",
        },
    ),
    Carry(
        "Disability",
        "disability",
        {
            "child_id": CHILD,
            "disability_code": "Disability",
            "disability_id": Made((CHILD, "Disability"), pl.concat_str(CHILD, pl.lit("/disability/"), "Disability")),
        },
    ),
)


def _identifiers(year: CollectionYear) -> tuple[Carry, ...]:
    """The census gives a pupil number no dates: it holds for the year that the census speaks for."""
    return tuple(
        Carry(
            "Child",
            "linked_identifiers",
            {
                "linked_identifier_id": Made((CHILD,), pl.concat_str(CHILD, pl.lit(f"/{word}/{year.ends}/"), field)),
                "child_id": CHILD,
                "identifier_type": Fixed(kind),
                "identifier_value": field,
                "from_on": Fixed(year.first.isoformat()),
                "to_on": Fixed(year.last.isoformat()),
            },
            when=(field,),
        )
        for field, word, kind in (
            ("UPN", "upn", "Unique Pupil Number"),
            ("FormerUPN", "former-upn", "Former Unique Pupil Number"),
        )
    )


_NEED = (
    Carry(
        "CINdetails",
        "cin_episodes",
        {
            "referral_id": "@referral",
            "child_id": CHILD,
            "from_on": "CINreferralDate",
            "to_on": "CINclosureDate",
            "primary_need_code": "PrimaryNeedCode",
            "referral_source_code": "ReferralSource",
            "referral_nfa": "ReferralNFA",
            "close_reason": "ReasonForClosure",
        },
    ),
    Carry(
        "Assessments",
        "cin_assessments",
        {
            "assessment_id": "@assessment",
            "child_id": CHILD,
            "referral_id": "@referral",
            "from_on": "AssessmentActualStartDate",
            "to_on": "AssessmentAuthorisationDate",
        },
    ),
    Carry(
        "Assessments",
        "assessment_factors",
        {
            "assessment_factor_id": "@factors",
            "assessment_id": "@assessment",
            "assessment_factors_json": "AssessmentFactors",
        },
        when=("AssessmentFactors",),
    ),
    Carry(
        "Assessments",
        "step",
        {
            "step_id": Made((), pl.col("@assessment") + "/check"),
            "child_id": CHILD,
            "kind": Fixed("assessment check"),
            "happened_on": "AssessmentInternalReviewDate",
            "belongs_to": Fixed("cin_assessments"),
            "belongs_to_id": "@assessment",
        },
        when=("AssessmentInternalReviewDate",),
    ),
    Carry(
        "CINPlanDates",
        "cin_plans",
        {
            "cin_plan_id": "@plan",
            "referral_id": "@referral",
            "child_id": CHILD,
            "from_on": "CINPlanStartDate",
            "to_on": "CINPlanEndDate",
        },
    ),
)

_PROTECTION = (
    Carry(
        "Section47",
        "s47_enquiry",
        {
            "s47_enquiry_id": "@enquiry",
            "referral_id": "@referral",
            "child_id": CHILD,
            "from_on": "S47ActualStartDate",
            "nfa": "ICPCnotRequired",
        },
    ),
    Carry(
        "Section47",
        "initial_cp_conference",
        {
            "icpc_id": "@conference",
            "s47_enquiry_id": "@enquiry",
            "referral_id": "@referral",
            "child_id": CHILD,
            "target_on": "InitialCPCtarget",
            "happened_on": "DateOfInitialCPC",
            "transfer_in": Fixed("false"),
        },
        when=("DateOfInitialCPC", "InitialCPCtarget"),
    ),
    Carry(
        "CINdetails",
        "initial_cp_conference",
        {
            "icpc_id": "@transfer",
            "referral_id": "@referral",
            "child_id": CHILD,
            "happened_on": "DateOfInitialCPC",
            "transfer_in": Fixed("true"),
        },
        when=("DateOfInitialCPC",),
    ),
    Carry(
        "ChildProtectionPlans",
        "cp_plans",
        {
            "cp_plan_id": "@protection",
            "referral_id": "@referral",
            "child_id": CHILD,
            "from_on": "CPPstartDate",
            "to_on": "CPPendDate",
            "initial_category": "InitialCategoryOfAbuse",
            "latest_category": "LatestCategoryOfAbuse",
        },
    ),
    Carry(
        "Review",
        "cp_reviews",
        {
            "cp_review_id": "@review",
            "child_id": CHILD,
            "cp_plan_id": "@protection",
            "happened_on": "CPPreviewDate",
        },
    ),
)
