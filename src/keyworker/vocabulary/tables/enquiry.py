"""From a worry about significant harm to the first conference."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

S47_ENQUIRY = Table(
    name="s47_enquiry",
    title="Section 47 enquiry",
    says=(
        "Enquiries into whether a child is suffering or likely to suffer significant harm, from the strategy "
        "discussion that began them until they were authorised."
    ),
    kind=Kind.PERIOD,
    topic="protection",
    key=("s47_enquiry_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_s47_enquiry",
    columns=(
        Column(
            "s47_enquiry_id",
            Type.TEXT,
            "The enquiry's number in the case system.",
            ssd="s47e_s47_enquiry_id",
            ssd_ref="S47E001A",
            required=True,
        ),
        Column(
            "referral_id",
            Type.TEXT,
            "The referral that the enquiry belongs to.",
            ssd="s47e_referral_id",
            ssd_ref="S47E010A",
            refers="cin_episodes.referral_id",
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="s47e_person_id",
            ssd_ref="S47E002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The day of the strategy discussion that began the enquiry. The conference's 15 working days count "
            "from here.",
            ssd="s47e_s47_start_date",
            ssd_ref="S47E004A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the enquiry was authorised; empty until then.",
            ssd="s47e_s47_end_date",
            ssd_ref="S47E005A",
        ),
        Column(
            "nfa", Type.FLAG, "Whether the enquiry led to no further action.", ssd="s47e_s47_nfa", ssd_ref="S47E006A"
        ),
        Column(
            "outcome_json",
            Type.TEXT,
            "What the enquiry led to, as the source's own structure; a comment may name people.",
            ssd="s47e_s47_outcome_json",
            ssd_ref="S47E007A",
            identifying=True,
        ),
        Column(
            "worker_id",
            Type.TEXT,
            "The worker who completed the enquiry.",
            ssd="s47e_s47_completed_by_worker_id",
            ssd_ref="S47E008A",
            refers="professionals.worker_id",
        ),
        Column(
            "team_id",
            Type.TEXT,
            "The team that completed the enquiry.",
            ssd="s47e_s47_completed_by_team",
            ssd_ref="S47E009A",
            refers="department.team_id",
        ),
        Column("from_time", Type.TIME, "The time of day at which the strategy discussion began it."),
    ),
)

INITIAL_CP_CONFERENCE = Table(
    name="initial_cp_conference",
    title="Initial child protection conference",
    says=(
        "The first conference about a child, where agencies decide whether there must be a child protection plan. "
        "A row without a day is one that is due and not yet held."
    ),
    kind=Kind.EVENT,
    topic="protection",
    key=("icpc_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_initial_cp_conference",
    columns=(
        Column(
            "icpc_id",
            Type.TEXT,
            "The row's own number in the case system.",
            ssd="icpc_icpc_id",
            ssd_ref="ICPC001A",
            required=True,
        ),
        Column(
            "meeting_id",
            Type.TEXT,
            "The meeting; brothers and sisters share one.",
            ssd="icpc_icpc_meeting_id",
            ssd_ref="ICPC009A",
        ),
        Column(
            "s47_enquiry_id",
            Type.TEXT,
            "The enquiry that led to the conference; empty for a child who moved in with a plan.",
            ssd="icpc_s47_enquiry_id",
            ssd_ref="ICPC002A",
            refers="s47_enquiry.s47_enquiry_id",
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="icpc_person_id",
            ssd_ref="ICPC010A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "cp_plan_id",
            Type.TEXT,
            "The plan that the conference began, if it did.",
            ssd="icpc_cp_plan_id",
            ssd_ref="ICPC011A",
            refers="cp_plans.cp_plan_id",
        ),
        Column(
            "referral_id",
            Type.TEXT,
            "The referral that it belongs to.",
            ssd="icpc_referral_id",
            ssd_ref="ICPC012A",
            refers="cin_episodes.referral_id",
        ),
        Column(
            "transfer_in",
            Type.FLAG,
            "Whether it was held because the child moved in with another council's plan.",
            ssd="icpc_icpc_transfer_in",
            ssd_ref="ICPC003A",
        ),
        Column(
            "target_on",
            Type.DATE,
            "The day by which it was due, as the case system worked it out: 15 working days after the strategy "
            "discussion.",
            ssd="icpc_icpc_target_date",
            ssd_ref="ICPC004A",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which it was held; empty while it is awaited.",
            ssd="icpc_icpc_date",
            ssd_ref="ICPC005A",
        ),
        Column(
            "outcome_cp_flag",
            Type.FLAG,
            "Whether it began a child protection plan.",
            ssd="icpc_icpc_outcome_cp_flag",
            ssd_ref="ICPC013A",
        ),
        Column(
            "outcome_json",
            Type.TEXT,
            "What it decided, as the source's own structure; a comment may name people.",
            ssd="icpc_icpc_outcome_json",
            ssd_ref="ICPC006A",
            identifying=True,
        ),
        Column(
            "team_id",
            Type.TEXT,
            "The team that arranged it.",
            ssd="icpc_icpc_team",
            ssd_ref="ICPC007A",
            refers="department.team_id",
        ),
        Column(
            "worker_id",
            Type.TEXT,
            "The worker who arranged it.",
            ssd="icpc_icpc_worker_id",
            ssd_ref="ICPC008A",
            refers="professionals.worker_id",
        ),
    ),
)

TABLES = (
    S47_ENQUIRY,
    INITIAL_CP_CONFERENCE,
)
