"""Special educational needs and the plans for them."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

SEND = Table(
    name="send",
    title="Special educational needs record",
    says=(
        "The child's identifiers in the council's education systems, by which an education, health and care plan "
        "is found."
    ),
    kind=Kind.STATE,
    topic="education",
    key=("send_id",),
    about="child_id",
    match=("child_id",),
    ssd="ssd_send",
    columns=(
        Column(
            "send_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="send_table_id",
            ssd_ref="SEND001A",
            required=True,
        ),
        Column("upn", Type.TEXT, "The unique pupil number.", ssd="send_upn", ssd_ref="SEND002A", identifying=True),
        Column(
            "uln",
            Type.TEXT,
            "The unique learner number, from the age of 14.",
            ssd="send_uln",
            ssd_ref="SEND003A",
            identifying=True,
        ),
        Column(
            "upn_unknown",
            Type.TEXT,
            "Why there is neither.",
            ssd="send_upn_unknown",
            ssd_ref="SEND004A",
            codes="send_upn_unknown",
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="send_person_id",
            ssd_ref="SEND005A",
            required=True,
            refers="person.child_id",
        ),
    ),
)

EHCP_REQUESTS = Table(
    name="ehcp_requests",
    title="Request for an EHC needs assessment",
    says=(
        "Somebody asked the council to assess a child for an education, health and care plan. The 20 weeks count "
        "from here."
    ),
    kind=Kind.EVENT,
    topic="education",
    key=("ehcp_request_id",),
    about="",
    match=(),
    ssd="ssd_ehcp_requests",
    columns=(
        Column(
            "ehcp_request_id",
            Type.TEXT,
            "The request's number.",
            ssd="ehcr_ehcp_request_id",
            ssd_ref="EHCR001A",
            required=True,
        ),
        Column(
            "send_table_id",
            Type.TEXT,
            "The child's special educational needs record.",
            ssd="ehcr_send_table_id",
            ssd_ref="EHCR002A",
            refers="send.send_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which the request was received.",
            ssd="ehcr_ehcp_req_date",
            ssd_ref="EHCR003A",
        ),
        Column(
            "ehcp_req_outcome_on",
            Type.DATE,
            "The day on which the family was told whether there will be an assessment; due within six weeks.",
            ssd="ehcr_ehcp_req_outcome_date",
            ssd_ref="EHCR004A",
        ),
        Column(
            "ehcp_req_outcome",
            Type.TEXT,
            "Whether the council agreed to assess.",
            codes="ehcp_request_outcome",
            ssd="ehcr_ehcp_req_outcome",
            ssd_ref="EHCR005A",
        ),
    ),
)

EHCP_ASSESSMENT = Table(
    name="ehcp_assessment",
    title="EHC needs assessment",
    says="The outcome of an education, health and care needs assessment.",
    kind=Kind.EVENT,
    topic="education",
    key=("ehcp_assessment_id",),
    about="",
    match=(),
    ssd="ssd_ehcp_assessment",
    columns=(
        Column(
            "ehcp_assessment_id",
            Type.TEXT,
            "The assessment's number.",
            ssd="ehca_ehcp_assessment_id",
            ssd_ref="EHCA001A",
            required=True,
        ),
        Column(
            "ehcp_request_id",
            Type.TEXT,
            "The request that it follows.",
            ssd="ehca_ehcp_request_id",
            ssd_ref="EHCA002A",
            refers="ehcp_requests.ehcp_request_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which the outcome was decided: the plan was issued, or the family was told that there will"
            " be none.",
            ssd="ehca_ehcp_assessment_outcome_date",
            ssd_ref="EHCA003A",
        ),
        Column(
            "outcome",
            Type.TEXT,
            "Whether a plan was issued.",
            codes="ehcp_assessment_outcome",
            ssd="ehca_ehcp_assessment_outcome",
            ssd_ref="EHCA004A",
        ),
        Column(
            "ehcp_assessment_exceptions",
            Type.TEXT,
            "Whether the law excused the 20 weeks.",
            ssd="ehca_ehcp_assessment_exceptions",
            ssd_ref="EHCA005A",
        ),
    ),
)

EHCP_NAMED_PLAN = Table(
    name="ehcp_named_plan",
    title="EHC plan",
    says="An education, health and care plan, from its issue until it ceased.",
    kind=Kind.PERIOD,
    topic="education",
    key=("named_plan_id",),
    about="",
    match=(),
    ssd="ssd_ehcp_named_plan",
    columns=(
        Column(
            "named_plan_id",
            Type.TEXT,
            "The plan's number.",
            ssd="ehcn_named_plan_id",
            ssd_ref="EHCN001A",
            required=True,
        ),
        Column(
            "assessment_id",
            Type.TEXT,
            "The assessment that it follows.",
            ssd="ehcn_ehcp_asmt_id",
            ssd_ref="EHCN002A",
            refers="ehcp_assessment.ehcp_assessment_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The day on which the plan now in force was issued.",
            ssd="ehcn_named_plan_start_date",
            ssd_ref="EHCN003A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after it ceased or moved to another council; empty while it is in force.",
            ssd="ehcn_named_plan_ceased_date",
            ssd_ref="EHCN004A",
        ),
        Column(
            "named_plan_ceased_reason",
            Type.TEXT,
            "Why it ceased.",
            ssd="ehcn_named_plan_ceased_reason",
            ssd_ref="EHCN005A",
            codes="ehcp_ceased_reason",
        ),
    ),
)

EHCP_ACTIVE_PLANS = Table(
    name="ehcp_active_plans",
    title="Current EHC plan",
    says="A plan in force, with its last annual review. Only the newest review is kept.",
    kind=Kind.STATE,
    topic="education",
    key=("active_ehcp_id",),
    about="",
    match=(),
    ssd="ssd_ehcp_active_plans",
    columns=(
        Column(
            "active_ehcp_id",
            Type.TEXT,
            "The plan's number.",
            ssd="ehcp_active_ehcp_id",
            ssd_ref="EHCP001A",
            required=True,
        ),
        Column(
            "ehcp_request_id",
            Type.TEXT,
            "The request that it came from.",
            ssd="ehcp_ehcp_request_id",
            ssd_ref="EHCP002A",
            refers="ehcp_requests.ehcp_request_id",
        ),
        Column(
            "active_ehcp_last_review_on",
            Type.DATE,
            "The day on which the council wrote to the family after the last annual review.",
            ssd="ehcp_active_ehcp_last_review_date",
            ssd_ref="EHCP003A",
        ),
    ),
)

SEN_NEED = Table(
    name="sen_need",
    title="Special educational need",
    says="One kind of need named in a current plan.",
    kind=Kind.STATE,
    topic="education",
    key=("sen_need_id",),
    about="",
    match=(),
    ssd="ssd_sen_need",
    columns=(
        Column(
            "sen_need_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="senn_table_id",
            ssd_ref="SENN001A",
            required=True,
        ),
        Column(
            "active_ehcp_id",
            Type.TEXT,
            "The plan.",
            ssd="senn_active_ehcp_id",
            ssd_ref="SENN002A",
            refers="ehcp_active_plans.active_ehcp_id",
        ),
        Column(
            "active_ehcp_need_type",
            Type.TEXT,
            "What kind of need.",
            ssd="senn_active_ehcp_need_type",
            ssd_ref="SENN003A",
            codes="sen_need",
        ),
        Column(
            "active_ehcp_need_rank",
            Type.TEXT,
            "Its place among the needs; 1 is the main one.",
            ssd="senn_active_ehcp_need_rank",
            ssd_ref="SENN004A",
        ),
    ),
)

TABLES = (
    SEND,
    EHCP_REQUESTS,
    EHCP_ASSESSMENT,
    EHCP_NAMED_PLAN,
    EHCP_ACTIVE_PLANS,
    SEN_NEED,
)
