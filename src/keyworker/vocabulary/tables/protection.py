"""Standard Safeguarding Dataset tables: protection."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

S47_ENQUIRY = Table(
    name="s47_enquiry",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="protection",
    key=("s47_enquiry_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_s47_enquiry",
    columns=(
        Column(
            "s47_enquiry_id", Type.TEXT, "TODO", ssd="s47e_s47_enquiry_id", ssd_ref="S47E001A", required=True
        ),
        Column("referral_id", Type.TEXT, "TODO", ssd="s47e_referral_id", ssd_ref="S47E010A"),
        Column("child_id", Type.TEXT, "TODO", ssd="s47e_person_id", ssd_ref="S47E002A", required=True),
        Column("from_on", Type.DATE, "TODO", ssd="s47e_s47_start_date", ssd_ref="S47E004A", required=True),
        Column("to_on", Type.DATE, "TODO", ssd="s47e_s47_end_date", ssd_ref="S47E005A"),
        Column("nfa", Type.FLAG, "TODO", ssd="s47e_s47_nfa", ssd_ref="S47E006A"),
        Column("outcome_json", Type.TEXT, "TODO", ssd="s47e_s47_outcome_json", ssd_ref="S47E007A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="s47e_s47_completed_by_worker_id", ssd_ref="S47E008A"),
        Column("team_id", Type.TEXT, "TODO", ssd="s47e_s47_completed_by_team", ssd_ref="S47E009A"),
        Column("from_time", Type.TIME, "TODO"),
    ),
)

INITIAL_CP_CONFERENCE = Table(
    name="initial_cp_conference",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="protection",
    key=("icpc_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_initial_cp_conference",
    columns=(
        Column("icpc_id", Type.TEXT, "TODO", ssd="icpc_icpc_id", ssd_ref="ICPC001A", required=True),
        Column("meeting_id", Type.TEXT, "TODO", ssd="icpc_icpc_meeting_id", ssd_ref="ICPC009A"),
        Column("s47_enquiry_id", Type.TEXT, "TODO", ssd="icpc_s47_enquiry_id", ssd_ref="ICPC002A"),
        Column("child_id", Type.TEXT, "TODO", ssd="icpc_person_id", ssd_ref="ICPC010A", required=True),
        Column("cp_plan_id", Type.TEXT, "TODO", ssd="icpc_cp_plan_id", ssd_ref="ICPC011A"),
        Column("referral_id", Type.TEXT, "TODO", ssd="icpc_referral_id", ssd_ref="ICPC012A"),
        Column("transfer_in", Type.FLAG, "TODO", ssd="icpc_icpc_transfer_in", ssd_ref="ICPC003A"),
        Column("target_on", Type.DATE, "TODO", ssd="icpc_icpc_target_date", ssd_ref="ICPC004A"),
        Column("happened_on", Type.DATE, "TODO", ssd="icpc_icpc_date", ssd_ref="ICPC005A"),
        Column("outcome_cp_flag", Type.FLAG, "TODO", ssd="icpc_icpc_outcome_cp_flag", ssd_ref="ICPC013A"),
        Column("outcome_json", Type.TEXT, "TODO", ssd="icpc_icpc_outcome_json", ssd_ref="ICPC006A"),
        Column("team_id", Type.TEXT, "TODO", ssd="icpc_icpc_team", ssd_ref="ICPC007A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="icpc_icpc_worker_id", ssd_ref="ICPC008A"),
    ),
)

CP_PLANS = Table(
    name="cp_plans",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="protection",
    key=("cp_plan_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cp_plans",
    columns=(
        Column("cp_plan_id", Type.TEXT, "TODO", ssd="cppl_cp_plan_id", ssd_ref="CPPL001A", required=True),
        Column("referral_id", Type.TEXT, "TODO", ssd="cppl_referral_id", ssd_ref="CPPL007A"),
        Column("icpc_id", Type.TEXT, "TODO", ssd="cppl_icpc_id", ssd_ref="CPPL008A"),
        Column("child_id", Type.TEXT, "TODO", ssd="cppl_person_id", ssd_ref="CPPL002A", required=True),
        Column(
            "from_on", Type.DATE, "TODO", ssd="cppl_cp_plan_start_date", ssd_ref="CPPL003A", required=True
        ),
        Column("to_on", Type.DATE, "TODO", ssd="cppl_cp_plan_end_date", ssd_ref="CPPL004A"),
        Column(
            "initial_category", Type.TEXT, "TODO", ssd="cppl_cp_plan_initial_category", ssd_ref="CPPL009A"
        ),
        Column("from_other_authority", Type.FLAG, "TODO", ssd="cppl_cp_plan_ola", ssd_ref="CPPL011A"),
        Column("latest_category", Type.TEXT, "TODO", ssd="cppl_cp_plan_latest_category", ssd_ref="CPPL010A"),
    ),
)

CP_REVIEWS = Table(
    name="cp_reviews",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="protection",
    key=("cp_review_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cp_reviews",
    columns=(
        Column("cp_review_id", Type.TEXT, "TODO", ssd="cppr_cp_review_id", ssd_ref="CPPR001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="cppr_person_id", ssd_ref="CPPR008A", required=True),
        Column("cp_plan_id", Type.TEXT, "TODO", ssd="cppr_cp_plan_id", ssd_ref="CPPR002A"),
        Column("due_on", Type.DATE, "TODO", ssd="cppr_cp_review_due", ssd_ref="CPPR003A"),
        Column("happened_on", Type.DATE, "TODO", ssd="cppr_cp_review_date", ssd_ref="CPPR004A"),
        Column("meeting_id", Type.TEXT, "TODO", ssd="cppr_cp_review_meeting_id", ssd_ref="CPPR009A"),
        Column(
            "outcome_continue_cp",
            Type.FLAG,
            "TODO",
            ssd="cppr_cp_review_outcome_continue_cp",
            ssd_ref="CPPR005A",
        ),
        Column("quorate", Type.TEXT, "TODO", ssd="cppr_cp_review_quorate", ssd_ref="CPPR006A"),
        Column("participation", Type.TEXT, "TODO", ssd="cppr_cp_review_participation", ssd_ref="CPPR007A"),
    ),
)

PRE_PROCEEDINGS = Table(
    name="pre_proceedings",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="protection",
    key=("pre_proceeding_id",),
    about="child_id",
    match=(),
    ssd="ssd_pre_proceedings",
    columns=(
        Column(
            "pre_proceeding_id", Type.TEXT, "TODO", ssd="prep_table_id", ssd_ref="PREP024A", required=True
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="prep_person_id", ssd_ref="PREP001A", required=True),
        Column("plo_family_id", Type.TEXT, "TODO", ssd="prep_plo_family_id", ssd_ref="PREP002A"),
        Column(
            "pre_pro_decision_on", Type.DATE, "TODO", ssd="prep_pre_pro_decision_date", ssd_ref="PREP003A"
        ),
        Column(
            "initial_pre_pro_meeting_on",
            Type.DATE,
            "TODO",
            ssd="prep_initial_pre_pro_meeting_date",
            ssd_ref="PREP004A",
        ),
        Column("pre_pro_outcome", Type.TEXT, "TODO", ssd="prep_pre_pro_outcome", ssd_ref="PREP005A"),
        Column(
            "agree_stepdown_issue_on",
            Type.DATE,
            "TODO",
            ssd="prep_agree_stepdown_issue_date",
            ssd_ref="PREP006A",
        ),
        Column(
            "cp_plans_referral_period",
            Type.INTEGER,
            "TODO",
            ssd="prep_cp_plans_referral_period",
            ssd_ref="PREP007A",
        ),
        Column(
            "legal_gateway_outcome", Type.TEXT, "TODO", ssd="prep_legal_gateway_outcome", ssd_ref="PREP008A"
        ),
        Column(
            "prev_pre_proc_child", Type.INTEGER, "TODO", ssd="prep_prev_pre_proc_child", ssd_ref="PREP009A"
        ),
        Column(
            "prev_care_proc_child", Type.INTEGER, "TODO", ssd="prep_prev_care_proc_child", ssd_ref="PREP010A"
        ),
        Column("pre_pro_letter_on", Type.DATE, "TODO", ssd="prep_pre_pro_letter_date", ssd_ref="PREP011A"),
        Column("care_pro_letter_on", Type.DATE, "TODO", ssd="prep_care_pro_letter_date", ssd_ref="PREP012A"),
        Column(
            "pre_pro_meetings_num", Type.INTEGER, "TODO", ssd="prep_pre_pro_meetings_num", ssd_ref="PREP013A"
        ),
        Column(
            "pre_pro_parents_legal_rep",
            Type.FLAG,
            "TODO",
            ssd="prep_pre_pro_parents_legal_rep",
            ssd_ref="PREP014A",
        ),
        Column(
            "parents_legal_rep_point_of_issue",
            Type.TEXT,
            "TODO",
            ssd="prep_parents_legal_rep_point_of_issue",
            ssd_ref="PREP015A",
        ),
        Column("court_reference", Type.TEXT, "TODO", ssd="prep_court_reference", ssd_ref="PREP016A"),
        Column(
            "care_proc_court_hearings",
            Type.INTEGER,
            "TODO",
            ssd="prep_care_proc_court_hearings",
            ssd_ref="PREP017A",
        ),
        Column(
            "care_proc_short_notice", Type.FLAG, "TODO", ssd="prep_care_proc_short_notice", ssd_ref="PREP018A"
        ),
        Column(
            "proc_short_notice_reason",
            Type.TEXT,
            "TODO",
            ssd="prep_proc_short_notice_reason",
            ssd_ref="PREP019A",
        ),
        Column(
            "la_initial_plan_approved",
            Type.FLAG,
            "TODO",
            ssd="prep_la_inital_plan_approved",
            ssd_ref="PREP020A",
        ),
        Column(
            "la_initial_care_plan", Type.TEXT, "TODO", ssd="prep_la_initial_care_plan", ssd_ref="PREP021A"
        ),
        Column(
            "la_final_plan_approved", Type.FLAG, "TODO", ssd="prep_la_final_plan_approved", ssd_ref="PREP022A"
        ),
        Column("la_final_care_plan", Type.TEXT, "TODO", ssd="prep_la_final_care_plan", ssd_ref="PREP023A"),
    ),
)

TABLES = (
    S47_ENQUIRY,
    INITIAL_CP_CONFERENCE,
    CP_PLANS,
    CP_REVIEWS,
    PRE_PROCEEDINGS,
)
