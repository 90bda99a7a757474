"""Standard Safeguarding Dataset tables: need."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CONTACTS = Table(
    name="contacts",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="need",
    key=("contact_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_contacts",
    columns=(
        Column("contact_id", Type.TEXT, "TODO", ssd="cont_contact_id", ssd_ref="CONT001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="cont_person_id", ssd_ref="CONT002A", required=True),
        Column("happened_on", Type.DATE, "TODO", ssd="cont_contact_date", ssd_ref="CONT003A"),
        Column("source_code", Type.TEXT, "TODO", ssd="cont_contact_source_code", ssd_ref="CONT004A"),
        Column("source_desc", Type.TEXT, "TODO", ssd="cont_contact_source_desc", ssd_ref="CONT006A"),
        Column("outcome_json", Type.TEXT, "TODO", ssd="cont_contact_outcome_json", ssd_ref="CONT005A"),
        Column("happened_time", Type.TIME, "TODO"),
    ),
)

EARLY_HELP_EPISODES = Table(
    name="early_help_episodes",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="need",
    key=("episode_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_early_help_episodes",
    columns=(
        Column("episode_id", Type.TEXT, "TODO", ssd="earl_episode_id", ssd_ref="EARL001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="earl_person_id", ssd_ref="EARL002A", required=True),
        Column(
            "from_on", Type.DATE, "TODO", ssd="earl_episode_start_date", ssd_ref="EARL003A", required=True
        ),
        Column("to_on", Type.DATE, "TODO", ssd="earl_episode_end_date", ssd_ref="EARL004A"),
        Column("reason", Type.TEXT, "TODO", ssd="earl_episode_reason", ssd_ref="EARL005A"),
        Column("end_reason", Type.TEXT, "TODO", ssd="earl_episode_end_reason", ssd_ref="EARL006A"),
        Column("organisation", Type.TEXT, "TODO", ssd="earl_episode_organisation", ssd_ref="EARL007A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="earl_episode_worker_id", ssd_ref="EARL008A"),
    ),
)

CIN_EPISODES = Table(
    name="cin_episodes",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="need",
    key=("referral_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cin_episodes",
    columns=(
        Column("referral_id", Type.TEXT, "TODO", ssd="cine_referral_id", ssd_ref="CINE001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="cine_person_id", ssd_ref="CINE002A", required=True),
        Column("from_on", Type.DATE, "TODO", ssd="cine_referral_date", ssd_ref="CINE003A", required=True),
        Column("primary_need_code", Type.TEXT, "TODO", ssd="cine_cin_primary_need_code", ssd_ref="CINE010A"),
        Column(
            "referral_source_code", Type.TEXT, "TODO", ssd="cine_referral_source_code", ssd_ref="CINE004A"
        ),
        Column(
            "referral_source_desc", Type.TEXT, "TODO", ssd="cine_referral_source_desc", ssd_ref="CINE012A"
        ),
        Column(
            "referral_outcome_json", Type.TEXT, "TODO", ssd="cine_referral_outcome_json", ssd_ref="CINE005A"
        ),
        Column("referral_nfa", Type.FLAG, "TODO", ssd="cine_referral_nfa", ssd_ref="CINE011A"),
        Column("close_reason", Type.TEXT, "TODO", ssd="cine_close_reason", ssd_ref="CINE006A"),
        Column("to_on", Type.DATE, "TODO", ssd="cine_close_date", ssd_ref="CINE007A"),
        Column("team_id", Type.TEXT, "TODO", ssd="cine_referral_team", ssd_ref="CINE008A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="cine_referral_worker_id", ssd_ref="CINE009A"),
        Column("from_time", Type.TIME, "TODO"),
    ),
)

CIN_ASSESSMENTS = Table(
    name="cin_assessments",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="need",
    key=("assessment_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cin_assessments",
    columns=(
        Column(
            "assessment_id", Type.TEXT, "TODO", ssd="cina_assessment_id", ssd_ref="CINA001A", required=True
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="cina_person_id", ssd_ref="CINA002A", required=True),
        Column("referral_id", Type.TEXT, "TODO", ssd="cina_referral_id", ssd_ref="CINA010A"),
        Column(
            "from_on", Type.DATE, "TODO", ssd="cina_assessment_start_date", ssd_ref="CINA003A", required=True
        ),
        Column("child_seen", Type.FLAG, "TODO", ssd="cina_assessment_child_seen", ssd_ref="CINA004A"),
        Column("to_on", Type.DATE, "TODO", ssd="cina_assessment_auth_date", ssd_ref="CINA005A"),
        Column("outcome_json", Type.TEXT, "TODO", ssd="cina_assessment_outcome_json", ssd_ref="CINA006A"),
        Column("outcome_nfa", Type.FLAG, "TODO", ssd="cina_assessment_outcome_nfa", ssd_ref="CINA009A"),
        Column("team_id", Type.TEXT, "TODO", ssd="cina_assessment_team", ssd_ref="CINA007A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="cina_assessment_worker_id", ssd_ref="CINA008A"),
    ),
)

ASSESSMENT_FACTORS = Table(
    name="assessment_factors",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="need",
    key=("assessment_factor_id",),
    about="",
    match=(),
    ssd="ssd_assessment_factors",
    columns=(
        Column(
            "assessment_factor_id", Type.TEXT, "TODO", ssd="cinf_table_id", ssd_ref="CINF003A", required=True
        ),
        Column("assessment_id", Type.TEXT, "TODO", ssd="cinf_assessment_id", ssd_ref="CINF001A"),
        Column(
            "assessment_factors_json",
            Type.TEXT,
            "TODO",
            ssd="cinf_assessment_factors_json",
            ssd_ref="CINF002A",
        ),
    ),
)

CIN_PLANS = Table(
    name="cin_plans",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="need",
    key=("cin_plan_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cin_plans",
    columns=(
        Column("cin_plan_id", Type.TEXT, "TODO", ssd="cinp_cin_plan_id", ssd_ref="CINP001A", required=True),
        Column("referral_id", Type.TEXT, "TODO", ssd="cinp_referral_id", ssd_ref="CINP007A"),
        Column("child_id", Type.TEXT, "TODO", ssd="cinp_person_id", ssd_ref="CINP002A", required=True),
        Column(
            "from_on", Type.DATE, "TODO", ssd="cinp_cin_plan_start_date", ssd_ref="CINP003A", required=True
        ),
        Column("to_on", Type.DATE, "TODO", ssd="cinp_cin_plan_end_date", ssd_ref="CINP004A"),
        Column("team_id", Type.TEXT, "TODO", ssd="cinp_cin_plan_team", ssd_ref="CINP005A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="cinp_cin_plan_worker_id", ssd_ref="CINP006A"),
    ),
)

TABLES = (
    CONTACTS,
    EARLY_HELP_EPISODES,
    CIN_EPISODES,
    CIN_ASSESSMENTS,
    ASSESSMENT_FACTORS,
    CIN_PLANS,
)
