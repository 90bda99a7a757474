"""What each of the eleven lists becomes in the record, and the ids of its rows.

The lists repeat who a child is on every row, so people, disabilities, workers and teams are gathered from all of them
first. What two lists say of one referral becomes one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from keyworker.intake.carry import Carry, Fixed, Made, identified, iso, with_fields
from keyworker.intake.contract import ROW
from keyworker.intake.formats.annex_a_values import abuse, code, description, flag, label, unflag, worker_ids
from keyworker.intake.gathered import INDEX, PARENT

CHILD = "child unique id"
TEAM, WORKER, DISABILITY = "allocated team", "allocated worker", "does the child have a disability"
ADVISER = "allocated personal advisor"
_PERSON = ("gender", "ethnicity", "date of birth")
_REFERRAL, _IN_NEED = "date of referral", "cin start date"
_SEEN = "date child was last seen"
_VISITS = {"list 7": "date of the last statutory visit", "list 8": "date of last social work visit"}
_OVER = {
    "list 6": "cin closure date",
    "list 7": "child protection plan end date",
    "list 8": "date ceased to be looked after",
}
_HOLDING = ("list 8", "list 7", "list 6", "list 9")  # whose words of the worker come first

_NATURAL = {
    "list 1": ("@contact", "contact", "date of contact"),
    "list 2": ("@help", "early-help", "assessment start date"),
    "list 4": ("@assessment", "assessment", "continuous assessment start date"),
    "list 5": ("@enquiry", "s47", "strategy discussion initiating section 47 enquiry start date"),
    "list 7": ("@plan", "cp-plan", "child protection plan start date"),
    "list 8": ("@care", "care", "date started to be looked after"),
    "list 10": ("@adoption", "permanence", "date of decision that child should be placed for adoption"),
}

Frames = dict[str, pl.DataFrame]


def linked(frames: Mapping[str, pl.DataFrame], as_at: date | None) -> Frames:
    """Part the lists into people, disabilities, workers, teams, referrals and the rest, each with its ids."""
    found = {kind: with_fields(frame, _FIELDS[kind]) for kind, frame in frames.items()}
    children = {kind: frame for kind, frame in found.items() if kind != "list 11"}
    made: Frames = {"people": _people(children), "disabled": _disabled(children), **_workers(children)}
    ids = worker_ids(made["workers"]["name"]) if "workers" in made else {}
    for kind, frame in children.items():
        unknown = pl.when(flag(DISABILITY).is_null()).then(DISABILITY) if DISABILITY in frame.columns else None
        frame = frame.drop(_PERSON, strict=False)
        frame = frame.with_columns(unknown.alias(DISABILITY)) if unknown is not None else frame
        for name in (WORKER, ADVISER):
            if name in frame.columns:
                worker = pl.col(name).replace_strict(ids, default=None, return_dtype=pl.String())
                frame = frame.with_columns(worker.alias(f"@{name}"))
        if kind == "list 8":
            is_so = pl.when(flag(_UASC) == "true").then(_UASC)
            frame = with_fields(frame, (_UASC,)).with_columns(is_so.alias("@unaccompanied"))
        if kind in _NATURAL:
            into, word, natural = _NATURAL[kind]
            frame = identified(frame, into, word, CHILD, (natural,))
        found[kind] = frame
    made["held"] = _held(found, as_at)
    _referrals(found)
    _not_seen_twice(found)
    return found | {kind: frame for kind, frame in made.items() if frame.height}


def _people(lists: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One person for each child; where lists say different things of a child, each of them, for a person to mend."""
    rows = pl.concat([frame.select(ROW, CHILD, *_PERSON) for frame in lists.values()] or [_none(CHILD, *_PERSON)])
    rows = rows.with_columns(label("gender").alias("gender"), code("ethnicity").alias("ethnicity"))
    rows = rows.with_columns(iso("date of birth").alias("date of birth"))
    said = rows.group_by(CHILD, maintain_order=True).agg(
        pl.col(ROW).first(),
        *(pl.col(name).drop_nulls().first() for name in _PERSON),
        pl.any_horizontal(pl.col(name).drop_nulls().n_unique() > 1 for name in _PERSON).alias("@differ"),
    )
    agreed = said.filter(~pl.col("@differ") & pl.col(CHILD).is_not_null())
    others = rows.join(agreed, on=CHILD, how="anti").unique((CHILD, *_PERSON), keep="first", maintain_order=True)
    return _numbered(pl.concat([agreed.select(ROW, CHILD, *_PERSON), others]))


def _disabled(lists: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    rows = [
        frame.select(ROW, CHILD, flag(DISABILITY).replace({"true": "YES", "false": "NONE"}).alias("@disability"))
        for frame in lists.values()
        if DISABILITY in frame.columns
    ]
    told = pl.concat(rows or [_none(CHILD, "@disability")]).filter(pl.col("@disability").is_not_null())
    return _numbered(told.unique((CHILD, "@disability"), keep="first", maintain_order=True))


def _workers(lists: Mapping[str, pl.DataFrame]) -> Frames:
    """Each worker and team that any list names, once."""
    workers = [
        frame.select(ROW, pl.col(name).alias("name"))
        for frame in lists.values()
        for name in (WORKER, ADVISER)
        if name in frame.columns
    ]
    teams = [frame.select(ROW, pl.col(TEAM).alias("name")) for frame in lists.values() if TEAM in frame.columns]
    once = {}
    for kind, rows in (("workers", workers), ("teams", teams)):
        named = pl.concat(rows or [_none("name")]).filter(pl.col("name").is_not_null())
        once[kind] = _numbered(named.unique("name", keep="first", maintain_order=True))
    ids = worker_ids(once["workers"]["name"])
    worker = pl.col("name").replace_strict(ids, default=None, return_dtype=pl.String()).alias("@worker")
    once["workers"] = once["workers"].with_columns(worker).unique("@worker", keep="first", maintain_order=True)
    return once


def _held(lists: Frames, as_at: date | None) -> pl.DataFrame:
    """Who holds a child on the day of the lists. What is said of a child whose row is over stays, to be counted."""
    rows = []
    for kind in _HOLDING if as_at else ():
        if kind not in lists:
            continue
        frame = lists[kind]
        over = pl.col(_OVER[kind]).is_not_null() if kind in _OVER else pl.lit(value=False)
        rows.append(frame.filter(~over).select(ROW, CHILD, f"@{WORKER}", TEAM))
        if kind != "list 9":
            kept = [pl.when(over).then(name).alias(name) for name in (WORKER, TEAM)]
            lists[kind] = frame.with_columns(*kept)
    held = pl.concat(rows or [_none(CHILD, f"@{WORKER}", TEAM)])
    held = held.filter(pl.col(f"@{WORKER}").is_not_null() | pl.col(TEAM).is_not_null())
    held = held.unique((CHILD, f"@{WORKER}"), keep="first", maintain_order=True)
    return _numbered(
        held.with_columns(
            pl.concat_str(CHILD, pl.lit("/allocated/"), pl.coalesce(f"@{WORKER}", TEAM)).alias("@held"),
            pl.lit(as_at.isoformat() if as_at else None, pl.String()).alias("@as_at"),
        )
    )


def _referrals(lists: Frames) -> None:
    """Join what list 3 and list 6 say of the same child's referral on the same day."""
    parts = [(kind, name) for kind, name in (("list 3", _REFERRAL), ("list 6", _IN_NEED)) if kind in lists]
    for kind, name in parts:
        lists[kind] = identified(lists[kind], "@referral", "referral", CHILD, (name,))
    if "list 6" not in lists:
        lists.update({kind: with_fields(lists[kind], _FROM_6) for kind, _ in parts})
        return
    second = lists["list 6"]
    joined = pl.lit(value=False)
    if "list 3" in lists:
        first = lists["list 3"]
        added = second.select(
            "@referral", *(pl.col(name).alias(of_6) for name, of_6 in zip(_ADDED, _FROM_6, strict=True))
        )
        added = added.filter(pl.col("@referral").is_not_null()).unique("@referral", keep="first")
        lists["list 3"] = first.join(added, on="@referral", how="left", maintain_order="left")
        joined = pl.col("@referral").is_in(first["@referral"].drop_nulls().implode()).fill_null(value=False)
    apart = pl.when(~joined).then(pl.lit("1")).alias("@apart")
    moved = [pl.when(~joined).then(name).alias(name) for name in (_IN_NEED, *_ADDED)]
    lists["list 6"] = second.with_columns(apart, *moved)


def _not_seen_twice(lists: Frames) -> None:
    """A visit that list 7 or 8 gives is not given again as list 6's last sight of the child."""
    frame = lists.get("list 6")
    if frame is None:
        return
    for kind, name in _VISITS.items():
        if kind in lists:
            given = lists[kind].select(CHILD, iso(name).alias("@given")).filter(pl.col("@given").is_not_null()).unique()
            again = frame.select(INDEX, CHILD, iso(_SEEN).alias("@given")).join(given, on=(CHILD, "@given"), how="semi")
            repeated = pl.col(INDEX).is_in(again[INDEX].implode())
            frame = frame.with_columns(pl.when(~repeated).then(_SEEN).alias(_SEEN))
    lists["list 6"] = frame


def _none(*names: str) -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64(), **dict.fromkeys(names, pl.String())})


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    numbers = pl.int_range(frame.height, dtype=pl.Int64)
    return frame.with_columns(numbers.alias(INDEX), pl.lit(None, pl.Int64()).alias(PARENT))


def _by(name: str, value: pl.Expr) -> Made:
    return Made((name,), value)


def _dated(word: str, name: str) -> Made:
    return Made((name,), pl.concat_str([pl.col(CHILD), pl.lit(f"/{word}/"), iso(name)]))


_ADDED = ("primary need code", "cin closure date", "reason for closure")
_FROM_6 = tuple(f"@6 {name}" for name in _ADDED)
_SUPPORT = "was the child assessed as requiring la childrens social care support"
_EVERYONE = (CHILD, *_PERSON)
_HELD = (TEAM, WORKER)
_FIELDS: dict[str, tuple[str, ...]] = {
    "list 1": _EVERYONE,
    "list 2": _EVERYONE,
    "list 3": (*_EVERYONE, _REFERRAL, *_HELD),
    "list 4": (*_EVERYONE, DISABILITY, *_HELD),
    "list 5": (*_EVERYONE, DISABILITY, *_HELD),
    "list 6": (*_EVERYONE, DISABILITY, *_HELD, _IN_NEED, _SEEN, *_ADDED),
    "list 7": (*_EVERYONE, DISABILITY, *_HELD, _VISITS["list 7"], _OVER["list 7"]),
    "list 8": (*_EVERYONE, DISABILITY, *_HELD, _VISITS["list 8"], _OVER["list 8"]),
    "list 9": (*_EVERYONE, DISABILITY, *_HELD, ADVISER),
    "list 10": (*_EVERYONE, DISABILITY),
    "list 11": (),
}
_TEAM_AND_WORKER: Mapping[str, str | Made | Fixed] = {
    "team_id": TEAM,
    "worker_id": Made((WORKER,), pl.col(f"@{WORKER}")),
}

_PEOPLE = (
    Carry(
        "people",
        "person",
        {"child_id": CHILD, "gender": "gender", "ethnicity": "ethnicity", "birth_on": "date of birth"},
    ),
    Carry(
        "disabled",
        "disability",
        {
            "child_id": CHILD,
            "disability_code": "@disability",
            "disability_id": Made((), pl.concat_str(CHILD, pl.lit("/disability/"), "@disability")),
        },
    ),
    Carry("workers", "professionals", {"worker_id": "@worker", "name": "name"}),
    Carry("teams", "department", {"team_id": "name", "name": "name"}),
    Carry(
        "held",
        "involvements",
        {
            "involvement_id": "@held",
            "child_id": CHILD,
            "worker_id": f"@{WORKER}",
            "team_id": TEAM,
            "role": Fixed("Allocated worker (Annex A)"),
            "from_on": "@as_at",
        },
    ),
)

_EARLY = (
    Carry(
        "list 1",
        "contacts",
        {
            "contact_id": "@contact",
            "child_id": CHILD,
            "happened_on": "date of contact",
            "source_code": _by("contact source", code("contact source")),
            "source_desc": _by("contact source", description("contact source")),
        },
    ),
    Carry(
        "list 2",
        "early_help_episodes",
        {
            "episode_id": "@help",
            "child_id": CHILD,
            "from_on": "assessment start date",
            "to_on": "assessment completion date",
            "organisation": "organisation completing assessment",
        },
    ),
)


def _need(name: str) -> dict[str, str | Made | Fixed]:
    """What list 6 says of an episode, from its own columns or those joined to list 3."""
    prefix = "@6 " if name == _REFERRAL else ""
    fields = {field: (() if prefix else (field,)) for field in _ADDED}
    return {
        "primary_need_code": Made(fields[_ADDED[0]], code(prefix + _ADDED[0])),
        "to_on": Made(fields[_ADDED[1]], pl.col(prefix + _ADDED[1])),
        "close_reason": Made(fields[_ADDED[2]], code(prefix + _ADDED[2])),
    }


_NEED = (
    Carry(
        "list 3",
        "cin_episodes",
        {
            "referral_id": "@referral",
            "child_id": CHILD,
            "from_on": _REFERRAL,
            "referral_source_code": _by("referral source", code("referral source")),
            "referral_source_desc": _by("referral source", description("referral source")),
            "referral_nfa": _by("referral nfa", flag("referral nfa")),
            **_TEAM_AND_WORKER,
            **_need(_REFERRAL),
        },
    ),
    Carry(
        "list 6",
        "cin_episodes",
        {"referral_id": "@referral", "child_id": CHILD, "from_on": _IN_NEED, **_need(_IN_NEED)},
        when=("@apart",),
    ),
    Carry(
        "list 6",
        "cin_visits",
        {
            "cin_visit_id": _dated("seen", _SEEN),
            "child_id": CHILD,
            "happened_on": _SEEN,
            "seen": Fixed("true"),
        },
        when=(_SEEN,),
    ),
    Carry(
        "list 4",
        "cin_assessments",
        {
            "assessment_id": "@assessment",
            "child_id": CHILD,
            "from_on": "continuous assessment start date",
            "to_on": "continuous assessment date of authorisation",
            "child_seen": _by(
                "child seen during continuous assessment", flag("child seen during continuous assessment")
            ),
            "outcome_nfa": _by(_SUPPORT, unflag(_SUPPORT)),
            "outcome_json": _by(
                _SUPPORT,
                pl.when(pl.col(_SUPPORT).is_not_null()).then(
                    pl.struct(label(_SUPPORT).alias("requires_support")).struct.json_encode()
                ),
            ),
            **_TEAM_AND_WORKER,
        },
    ),
)

_UNNECESSARY = "was an initial child protection conference deemed unnecessary"
_CONFERENCE = "date of initial child protection conference"
_RESULT = "did the initial child protection conference result in a child protection plan"
_ALONE = "was the child seen alone"
_PROTECTION = (
    Carry(
        "list 5",
        "s47_enquiry",
        {
            "s47_enquiry_id": "@enquiry",
            "child_id": CHILD,
            "from_on": "strategy discussion initiating section 47 enquiry start date",
            "nfa": _by(_UNNECESSARY, flag(_UNNECESSARY)),
            **_TEAM_AND_WORKER,
        },
    ),
    Carry(
        "list 5",
        "initial_cp_conference",
        {
            "icpc_id": Made((), pl.col("@enquiry") + "/conference"),
            "s47_enquiry_id": "@enquiry",
            "child_id": CHILD,
            "happened_on": _CONFERENCE,
            "outcome_cp_flag": _by(_RESULT, flag(_RESULT)),
        },
        when=(_CONFERENCE, _RESULT),
    ),
    Carry(
        "list 7",
        "cp_plans",
        {
            "cp_plan_id": "@plan",
            "child_id": CHILD,
            "from_on": "child protection plan start date",
            "to_on": _OVER["list 7"],
            "initial_category": _by("initial category of abuse", abuse("initial category of abuse")),
            "latest_category": _by("latest category of abuse", abuse("latest category of abuse")),
        },
    ),
    Carry(
        "list 7",
        "cp_visits",
        {
            "cp_visit_id": _dated("cp-visit", _VISITS["list 7"]),
            "child_id": CHILD,
            "cp_plan_id": "@plan",
            "happened_on": _VISITS["list 7"],
            "seen": Made((), pl.when(flag(_ALONE) == "true").then(pl.lit("true"))),
            "seen_alone": _by(_ALONE, flag(_ALONE)),
        },
        when=(_VISITS["list 7"],),
    ),
    Carry(
        "list 7",
        "cp_reviews",
        {
            "cp_review_id": _dated("cp-review", "date of latest review conference"),
            "child_id": CHILD,
            "cp_plan_id": "@plan",
            "happened_on": "date of latest review conference",
        },
        when=("date of latest review conference",),
    ),
)

_STARTED, _CEASED = "date started to be looked after", _OVER["list 8"]
_PLACED, _STATUS_ON = "start date of most recent placement", "start date of current legal status"
_UASC = "unaccompanied asylum seeking child uasc within the last 12 months y n"


def _check(kind: str, word: str, name: str) -> Carry:
    return Carry(
        "list 8",
        "cla_health",
        {"health_check_id": _dated(word, name), "child_id": CHILD, "type": Fixed(kind), "happened_on": name},
        when=(name,),
    )


_CARE = (
    Carry(
        "list 8",
        "cla_episodes",
        {
            "episode_id": "@care",
            "child_id": CHILD,
            "care_period_id": "@care",
            "placement_id": _dated("placement", _PLACED),
            "from_on": _STARTED,
            "entered_care_on": _STARTED,
            "to_on": _CEASED,
            "episode_start_reason": Fixed("S"),
            "episode_ceased_reason": _by("reason ceased to be looked after", code("reason ceased to be looked after")),
            "primary_need_code": _by("childs category of need", code("childs category of need")),
            "last_iro_contact_on": "date of last iro visit contact to the child",
        },
    ),
    Carry(
        "list 8",
        "cla_placement",
        {
            "placement_id": _dated("placement", _PLACED),
            "child_id": CHILD,
            "care_period_id": "@care",
            "from_on": _PLACED,
            "to_on": _CEASED,
            "type": _by("placement type", code("placement type")),
            "provider": _by("placement provider", code("placement provider")),
            "postcode": "placement postcode",
            "urn": "urn of placement",
        },
        when=(_PLACED,),
    ),
    Carry(
        "list 8",
        "legal_status",
        {
            "legal_status_id": _dated("legal-status", _STATUS_ON),
            "child_id": CHILD,
            "legal_status": _by("childs legal status", code("childs legal status")),
            "from_on": _STATUS_ON,
            "to_on": _CEASED,
        },
        when=(_STATUS_ON,),
    ),
    Carry(
        "list 8",
        "cla_reviews",
        {
            "review_id": _dated("cla-review", "date of latest statutory review"),
            "care_period_id": "@care",
            "happened_on": "date of latest statutory review",
        },
        when=("date of latest statutory review",),
    ),
    Carry(
        "list 8",
        "cla_visits",
        {
            "visit_id": _dated("cla-visit", _VISITS["list 8"]),
            "child_id": CHILD,
            "care_period_id": "@care",
            "happened_on": _VISITS["list 8"],
        },
        when=(_VISITS["list 8"],),
    ),
    Carry(
        "list 8",
        "immigration_status",
        {
            "immigration_status_id": Made((), pl.col(CHILD) + "/uasc"),
            "child_id": CHILD,
            "immigration_status": Made((_UASC,), pl.lit("Unaccompanied Asylum Seeking Child")),
            "from_on": _STARTED,
        },
        when=("@unaccompanied",),
    ),
    _check("Health assessment", "health-assessment", "date of last health assessment"),
    _check("Dental check", "dental-check", "date of last dental check"),
    Carry(
        "list 9",
        "care_leavers",
        {
            "care_leaver_id": Made((), pl.col(CHILD) + "/care-leaver"),
            "child_id": CHILD,
            "eligibility": _by("eligibility category", label("eligibility category")),
            "in_touch": _by("la in touch", label("la in touch")),
            "latest_contact_on": "latest date of contact",
            "pathway_plan_reviewed_on": "latest pathway plan review date",
            "accommodation": _by("type of accommodation", code("type of accommodation")),
            "accom_suitable": _by("suitability of accommodation", label("suitability of accommodation")),
            "activity": _by("activity status", code("activity status")),
            "personal_adviser": Made((ADVISER,), pl.col(f"@{ADVISER}")),
            **_TEAM_AND_WORKER,
        },
    ),
)

_ORDER = "date of adoption order"
_ADOPTION = (
    Carry(
        "list 10",
        "permanence",
        {
            "permanence_id": "@adoption",
            "child_id": CHILD,
            "care_period_id": Made(
                ("date the child entered care",),
                pl.concat_str([pl.col(CHILD), pl.lit("/care/"), iso("date the child entered care")]),
            ),
            "adm_decision_on": "date of decision that child should be placed for adoption",
            "placement_order_on": "date of placement order",
            "matched_on": "date of matching child and prospective adopters",
            "placed_for_adoption_on": "date placed for adoption",
            "permanence_order_on": _ORDER,
            "permanence_order_type": Made((), pl.when(pl.col(_ORDER).is_not_null()).then(pl.lit("Adoption"))),
            "decision_reversed_on": "date of decision that child should no longer be placed for adoption",
            "decision_reversed_reason": _by(
                "reason why child no longer placed for adoption",
                code("reason why child no longer placed for adoption"),
            ),
            "placed_ffa_cp_on": "date the child was placed for fostering in ffa or concurrent planning placement",
        },
    ),
)

CARRIES = (*_PEOPLE, *_EARLY, *_NEED, *_PROTECTION, *_CARE, *_ADOPTION)
