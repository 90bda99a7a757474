"""Standard Safeguarding Dataset tables: education."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

SEND = Table(
    name="send",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="education",
    key=("send_id",),
    about="child_id",
    match=("child_id",),
    ssd="ssd_send",
    columns=(
        Column("send_id", Type.TEXT, "TODO", ssd="send_table_id", ssd_ref="SEND001A", required=True),
        Column("upn", Type.TEXT, "TODO", ssd="send_upn", ssd_ref="SEND002A", identifying=True),
        Column("uln", Type.TEXT, "TODO", ssd="send_uln", ssd_ref="SEND003A", identifying=True),
        Column("upn_unknown", Type.TEXT, "TODO", ssd="send_upn_unknown", ssd_ref="SEND004A"),
        Column("child_id", Type.TEXT, "TODO", ssd="send_person_id", ssd_ref="SEND005A", required=True),
    ),
)

EHCP_REQUESTS = Table(
    name="ehcp_requests",
    title="TODO",
    says="TODO",
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
            "TODO",
            ssd="ehcr_ehcp_request_id",
            ssd_ref="EHCR001A",
            required=True,
        ),
        Column("send_table_id", Type.TEXT, "TODO", ssd="ehcr_send_table_id", ssd_ref="EHCR002A"),
        Column("happened_on", Type.DATE, "TODO", ssd="ehcr_ehcp_req_date", ssd_ref="EHCR003A"),
        Column(
            "ehcp_req_outcome_on", Type.DATE, "TODO", ssd="ehcr_ehcp_req_outcome_date", ssd_ref="EHCR004A"
        ),
        Column("ehcp_req_outcome", Type.TEXT, "TODO", ssd="ehcr_ehcp_req_outcome", ssd_ref="EHCR005A"),
    ),
)

EHCP_ASSESSMENT = Table(
    name="ehcp_assessment",
    title="TODO",
    says="TODO",
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
            "TODO",
            ssd="ehca_ehcp_assessment_id",
            ssd_ref="EHCA001A",
            required=True,
        ),
        Column("ehcp_request_id", Type.TEXT, "TODO", ssd="ehca_ehcp_request_id", ssd_ref="EHCA002A"),
        Column("happened_on", Type.DATE, "TODO", ssd="ehca_ehcp_assessment_outcome_date", ssd_ref="EHCA003A"),
        Column("outcome", Type.TEXT, "TODO", ssd="ehca_ehcp_assessment_outcome", ssd_ref="EHCA004A"),
        Column(
            "ehcp_assessment_exceptions",
            Type.TEXT,
            "TODO",
            ssd="ehca_ehcp_assessment_exceptions",
            ssd_ref="EHCA005A",
        ),
    ),
)

EHCP_NAMED_PLAN = Table(
    name="ehcp_named_plan",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="education",
    key=("named_plan_id",),
    about="",
    match=(),
    ssd="ssd_ehcp_named_plan",
    columns=(
        Column(
            "named_plan_id", Type.TEXT, "TODO", ssd="ehcn_named_plan_id", ssd_ref="EHCN001A", required=True
        ),
        Column("assessment_id", Type.TEXT, "TODO", ssd="ehcn_ehcp_asmt_id", ssd_ref="EHCN002A"),
        Column(
            "from_on", Type.DATE, "TODO", ssd="ehcn_named_plan_start_date", ssd_ref="EHCN003A", required=True
        ),
        Column("to_on", Type.DATE, "TODO", ssd="ehcn_named_plan_ceased_date", ssd_ref="EHCN004A"),
        Column(
            "named_plan_ceased_reason",
            Type.TEXT,
            "TODO",
            ssd="ehcn_named_plan_ceased_reason",
            ssd_ref="EHCN005A",
        ),
    ),
)

EHCP_ACTIVE_PLANS = Table(
    name="ehcp_active_plans",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="education",
    key=("active_ehcp_id",),
    about="",
    match=(),
    ssd="ssd_ehcp_active_plans",
    columns=(
        Column(
            "active_ehcp_id", Type.TEXT, "TODO", ssd="ehcp_active_ehcp_id", ssd_ref="EHCP001A", required=True
        ),
        Column("ehcp_request_id", Type.TEXT, "TODO", ssd="ehcp_ehcp_request_id", ssd_ref="EHCP002A"),
        Column(
            "active_ehcp_last_review_on",
            Type.DATE,
            "TODO",
            ssd="ehcp_active_ehcp_last_review_date",
            ssd_ref="EHCP003A",
        ),
    ),
)

SEN_NEED = Table(
    name="sen_need",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="education",
    key=("sen_need_id",),
    about="",
    match=(),
    ssd="ssd_sen_need",
    columns=(
        Column("sen_need_id", Type.TEXT, "TODO", ssd="senn_table_id", ssd_ref="SENN001A", required=True),
        Column("active_ehcp_id", Type.TEXT, "TODO", ssd="senn_active_ehcp_id", ssd_ref="SENN002A"),
        Column(
            "active_ehcp_need_type", Type.TEXT, "TODO", ssd="senn_active_ehcp_need_type", ssd_ref="SENN003A"
        ),
        Column(
            "active_ehcp_need_rank", Type.TEXT, "TODO", ssd="senn_active_ehcp_need_rank", ssd_ref="SENN004A"
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
