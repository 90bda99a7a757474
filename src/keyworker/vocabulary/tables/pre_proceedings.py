"""The legal stage before a council goes to court, and the court's proceedings."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

PRE_PROCEEDINGS = Table(
    name="pre_proceedings",
    title="Pre-proceedings",
    says=(
        "The legal stage before a council asks the court for an order, and what came of it. Usually kept in a "
        "legal tracker rather than the case system."
    ),
    kind=Kind.STATE,
    topic="protection",
    key=("pre_proceeding_id",),
    about="child_id",
    match=(),
    ssd="ssd_pre_proceedings",
    columns=(
        Column(
            "pre_proceeding_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="prep_table_id",
            ssd_ref="PREP024A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="prep_person_id",
            ssd_ref="PREP001A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "plo_family_id",
            Type.TEXT,
            "The family group in these proceedings, as the legal tracker numbers it.",
            ssd="prep_plo_family_id",
            ssd_ref="PREP002A",
        ),
        Column(
            "pre_pro_decision_on",
            Type.DATE,
            "The day on which a legal planning meeting decided to begin pre-proceedings.",
            ssd="prep_pre_pro_decision_date",
            ssd_ref="PREP003A",
        ),
        Column(
            "initial_pre_pro_meeting_on",
            Type.DATE,
            "The day of the first meeting with parents.",
            ssd="prep_initial_pre_pro_meeting_date",
            ssd_ref="PREP004A",
        ),
        Column(
            "pre_pro_outcome",
            Type.TEXT,
            "How the stage ended: issue proceedings or step down; empty while it goes on.",
            ssd="prep_pre_pro_outcome",
            ssd_ref="PREP005A",
        ),
        Column(
            "agree_stepdown_issue_on",
            Type.DATE,
            "The day on which stepping down or issuing was agreed.",
            ssd="prep_agree_stepdown_issue_date",
            ssd_ref="PREP006A",
        ),
        Column(
            "cp_plans_referral_period",
            Type.INTEGER,
            "How many child protection plans the child had in this period of referral.",
            ssd="prep_cp_plans_referral_period",
            ssd_ref="PREP007A",
        ),
        Column(
            "legal_gateway_outcome",
            Type.TEXT,
            "What the legal planning meeting decided.",
            codes="legal_gateway_outcome",
            ssd="prep_legal_gateway_outcome",
            ssd_ref="PREP008A",
        ),
        Column(
            "prev_pre_proc_child",
            Type.INTEGER,
            "How many times the child was in pre-proceedings before.",
            ssd="prep_prev_pre_proc_child",
            ssd_ref="PREP009A",
        ),
        Column(
            "prev_care_proc_child",
            Type.INTEGER,
            "How many times the child was in care proceedings before.",
            ssd="prep_prev_care_proc_child",
            ssd_ref="PREP010A",
        ),
        Column(
            "pre_pro_letter_on",
            Type.DATE,
            "The day on which the letter before proceedings went to parents.",
            ssd="prep_pre_pro_letter_date",
            ssd_ref="PREP011A",
        ),
        Column(
            "care_pro_letter_on",
            Type.DATE,
            "The day on which parents were told by letter that the council will go to court.",
            ssd="prep_care_pro_letter_date",
            ssd_ref="PREP012A",
        ),
        Column(
            "pre_pro_meetings_num",
            Type.INTEGER,
            "How many review meetings were held with parents, leaving out the first.",
            ssd="prep_pre_pro_meetings_num",
            ssd_ref="PREP013A",
        ),
        Column(
            "pre_pro_parents_legal_rep",
            Type.FLAG,
            "Whether parents had a lawyer during pre-proceedings.",
            ssd="prep_pre_pro_parents_legal_rep",
            ssd_ref="PREP014A",
        ),
        Column(
            "parents_legal_rep_point_of_issue",
            Type.TEXT,
            "Whether parents had a lawyer when the application was made.",
            ssd="prep_parents_legal_rep_point_of_issue",
            ssd_ref="PREP015A",
        ),
        Column(
            "court_reference",
            Type.TEXT,
            "The court's number for the family; it would find them in another system.",
            ssd="prep_court_reference",
            ssd_ref="PREP016A",
        ),
        Column(
            "care_proc_court_hearings",
            Type.INTEGER,
            "How many hearings have been held.",
            ssd="prep_care_proc_court_hearings",
            ssd_ref="PREP017A",
        ),
        Column(
            "care_proc_short_notice",
            Type.FLAG,
            "Whether the application was made at short notice.",
            ssd="prep_care_proc_short_notice",
            ssd_ref="PREP018A",
        ),
        Column(
            "proc_short_notice_reason",
            Type.TEXT,
            "Why it was made at short notice.",
            ssd="prep_proc_short_notice_reason",
            ssd_ref="PREP019A",
        ),
        Column(
            "la_initial_plan_approved",
            Type.FLAG,
            "Whether the court approved the council's first plan at the first hearing.",
            ssd="prep_la_inital_plan_approved",
            ssd_ref="PREP020A",
        ),
        Column(
            "la_initial_care_plan",
            Type.TEXT,
            "What the council's first plan for the child was.",
            codes="court_care_plan",
            ssd="prep_la_initial_care_plan",
            ssd_ref="PREP021A",
        ),
        Column(
            "la_final_plan_approved",
            Type.FLAG,
            "Whether the court approved the council's final plan.",
            ssd="prep_la_final_plan_approved",
            ssd_ref="PREP022A",
        ),
        Column(
            "la_final_care_plan",
            Type.TEXT,
            "What the council's final plan for the child was.",
            codes="court_care_plan",
            ssd="prep_la_final_care_plan",
            ssd_ref="PREP023A",
        ),
    ),
)

CARE_PROCEEDINGS = Table(
    name="care_proceedings",
    title="Care proceedings",
    says=(
        "An application to the court for a care or supervision order, from the day of issue until it was decided. The "
        "26 weeks run between them."
    ),
    kind=Kind.PERIOD,
    topic="protection",
    key=("proceedings_id",),
    about="child_id",
    match=("child_id", "from_on"),
    columns=(
        Column("proceedings_id", Type.TEXT, "The application, as the legal tracker numbers it.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("application", Type.TEXT, "The order applied for."),
        Column("from_on", Type.DATE, "The day on which the court issued the application.", required=True),
        Column("to_on", Type.DATE, "The day after the final order or other end; empty while it goes on."),
        Column("final_order", Type.TEXT, "The order made, or how it ended without one."),
    ),
)

TABLES = (
    PRE_PROCEEDINGS,
    CARE_PROCEEDINGS,
)
