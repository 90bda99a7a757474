"""Child protection plans and their reviews."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CP_PLANS = Table(
    name="cp_plans",
    title="Child protection plan",
    says="A child protection plan, from the conference that began it until the conference or event that ended it.",
    kind=Kind.PERIOD,
    topic="protection",
    key=("cp_plan_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cp_plans",
    columns=(
        Column(
            "cp_plan_id",
            Type.TEXT,
            "The plan's number in the case system.",
            ssd="cppl_cp_plan_id",
            ssd_ref="CPPL001A",
            required=True,
        ),
        Column(
            "referral_id",
            Type.TEXT,
            "The referral that the plan belongs to.",
            ssd="cppl_referral_id",
            ssd_ref="CPPL007A",
            refers="cin_episodes.referral_id",
        ),
        Column(
            "icpc_id",
            Type.TEXT,
            "The initial conference that began it.",
            ssd="cppl_icpc_id",
            ssd_ref="CPPL008A",
            refers="initial_cp_conference.icpc_id",
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="cppl_person_id",
            ssd_ref="CPPL002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day of the plan: the day of the conference.",
            ssd="cppl_cp_plan_start_date",
            ssd_ref="CPPL003A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day of the plan; empty while it runs.",
            ssd="cppl_cp_plan_end_date",
            ssd_ref="CPPL004A",
        ),
        Column(
            "initial_category",
            Type.TEXT,
            "The kind of abuse for which the plan began, as a code or in words.",
            ssd="cppl_cp_plan_initial_category",
            ssd_ref="CPPL009A",
            codes="category_of_abuse",
        ),
        Column(
            "from_other_authority",
            Type.FLAG,
            "Whether it is another council's plan for a child who is staying here for a while.",
            ssd="cppl_cp_plan_ola",
            ssd_ref="CPPL011A",
        ),
        Column(
            "latest_category",
            Type.TEXT,
            "The kind of abuse now. It may differ from the first.",
            ssd="cppl_cp_plan_latest_category",
            ssd_ref="CPPL010A",
            codes="category_of_abuse",
        ),
    ),
)

CP_REVIEWS = Table(
    name="cp_reviews",
    title="Review child protection conference",
    says=(
        "A conference that looks again at a child protection plan. A row without a day is one that is due and not "
        "yet held."
    ),
    kind=Kind.EVENT,
    topic="protection",
    key=("cp_review_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cp_reviews",
    columns=(
        Column(
            "cp_review_id",
            Type.TEXT,
            "The row's own number in the case system.",
            ssd="cppr_cp_review_id",
            ssd_ref="CPPR001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="cppr_person_id",
            ssd_ref="CPPR008A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "cp_plan_id",
            Type.TEXT,
            "The plan under review.",
            ssd="cppr_cp_plan_id",
            ssd_ref="CPPR002A",
            refers="cp_plans.cp_plan_id",
        ),
        Column(
            "due_on",
            Type.DATE,
            "The day by which it was due, as the case system worked it out.",
            ssd="cppr_cp_review_due",
            ssd_ref="CPPR003A",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which it was held; empty while it is awaited.",
            ssd="cppr_cp_review_date",
            ssd_ref="CPPR004A",
        ),
        Column(
            "meeting_id",
            Type.TEXT,
            "The meeting; brothers and sisters share one.",
            ssd="cppr_cp_review_meeting_id",
            ssd_ref="CPPR009A",
        ),
        Column(
            "outcome_continue_cp",
            Type.FLAG,
            "Whether the plan goes on.",
            ssd="cppr_cp_review_outcome_continue_cp",
            ssd_ref="CPPR005A",
        ),
        Column(
            "quorate",
            Type.TEXT,
            "Whether enough agencies were there to decide.",
            ssd="cppr_cp_review_quorate",
            ssd_ref="CPPR006A",
        ),
        Column(
            "participation",
            Type.TEXT,
            "How the child took part.",
            ssd="cppr_cp_review_participation",
            ssd_ref="CPPR007A",
            codes="review_participation",
        ),
    ),
)

TABLES = (
    CP_PLANS,
    CP_REVIEWS,
)
