"""The plan for a looked after child and its reviews."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CLA_REVIEWS = Table(
    name="cla_reviews",
    title="Looked after review",
    says=(
        "A review of a looked after child's care plan, chaired by the independent reviewing officer. A row without"
        " a day is one that is due and not yet held."
    ),
    kind=Kind.EVENT,
    topic="care",
    key=("review_id",),
    about="",
    match=("care_period_id", "happened_on"),
    ssd="ssd_cla_reviews",
    columns=(
        Column(
            "review_id",
            Type.TEXT,
            "The review's number in the case system.",
            ssd="clar_cla_review_id",
            ssd_ref="CLAR001A",
            required=True,
        ),
        Column(
            "care_period_id",
            Type.TEXT,
            "The time in care under review. It leads to the child, whom the extract does not name here.",
            ssd="clar_cla_id",
            ssd_ref="CLAR011A",
            refers="cla_episodes.care_period_id",
        ),
        Column(
            "due_on",
            Type.DATE,
            "The day by which it was due, as the case system worked it out.",
            ssd="clar_cla_review_due_date",
            ssd_ref="CLAR003A",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which it was held; empty while it is awaited. A review held as a series of meetings has "
            "one day only.",
            ssd="clar_cla_review_date",
            ssd_ref="CLAR004A",
        ),
        Column(
            "cancelled", Type.FLAG, "Whether it was cancelled.", ssd="clar_cla_review_cancelled", ssd_ref="CLAR012A"
        ),
        Column(
            "participation",
            Type.TEXT,
            "How the child took part.",
            ssd="clar_cla_review_participation",
            ssd_ref="CLAR007A",
            codes="review_participation",
        ),
    ),
)

CLA_CARE_PLAN = Table(
    name="cla_care_plan",
    title="Care plan",
    says="The plan for a looked after child's permanence, from when until when.",
    kind=Kind.PERIOD,
    topic="care",
    key=("cla_care_plan_id",),
    about="child_id",
    match=(),
    ssd="ssd_cla_care_plan",
    columns=(
        Column(
            "cla_care_plan_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="lacp_table_id",
            ssd_ref="LACP001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="lacp_person_id",
            ssd_ref="LACP007A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day of the plan.",
            ssd="lacp_cla_care_plan_start_date",
            ssd_ref="LACP004A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day of the plan; empty while it holds.",
            ssd="lacp_cla_care_plan_end_date",
            ssd_ref="LACP005A",
        ),
        Column(
            "cla_care_plan_json",
            Type.TEXT,
            "Which permanence aims the plan holds, as the source's own structure; more than one when plans run "
            "side by side.",
            ssd="lacp_cla_care_plan_json",
            ssd_ref="LACP003A",
            codes="permanence_plan",
        ),
    ),
)

TABLES = (
    CLA_REVIEWS,
    CLA_CARE_PLAN,
)
