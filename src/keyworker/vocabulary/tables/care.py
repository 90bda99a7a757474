"""Standard Safeguarding Dataset tables: care."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CLA_EPISODES = Table(
    name="cla_episodes",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="care",
    key=("episode_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cla_episodes",
    columns=(
        Column("episode_id", Type.TEXT, "TODO", ssd="clae_cla_episode_id", ssd_ref="CLAE001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="clae_person_id", ssd_ref="CLAE002A", required=True),
        Column(
            "from_on", Type.DATE, "TODO", ssd="clae_cla_episode_start_date", ssd_ref="CLAE003A", required=True
        ),
        Column(
            "episode_start_reason", Type.TEXT, "TODO", ssd="clae_cla_episode_start_reason", ssd_ref="CLAE004A"
        ),
        Column("primary_need_code", Type.TEXT, "TODO", ssd="clae_cla_primary_need_code", ssd_ref="CLAE009A"),
        Column("to_on", Type.DATE, "TODO", ssd="clae_cla_episode_ceased_date", ssd_ref="CLAE005A"),
        Column(
            "episode_ceased_reason",
            Type.TEXT,
            "TODO",
            ssd="clae_cla_episode_ceased_reason",
            ssd_ref="CLAE006A",
        ),
        Column("care_period_id", Type.TEXT, "TODO", ssd="clae_cla_id", ssd_ref="CLAE010A"),
        Column("referral_id", Type.TEXT, "TODO", ssd="clae_referral_id", ssd_ref="CLAE011A"),
        Column("placement_id", Type.TEXT, "TODO", ssd="clae_cla_placement_id", ssd_ref="CLAE013A"),
        Column("entered_care_on", Type.DATE, "TODO", ssd="clae_entered_care_date", ssd_ref="CLAE014A"),
        Column(
            "last_iro_contact_on", Type.DATE, "TODO", ssd="clae_cla_last_iro_contact_date", ssd_ref="CLAE012A"
        ),
    ),
)

CLA_PLACEMENT = Table(
    name="cla_placement",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="care",
    key=("placement_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cla_placement",
    columns=(
        Column(
            "placement_id", Type.TEXT, "TODO", ssd="clap_cla_placement_id", ssd_ref="CLAP001A", required=True
        ),
        Column(
            "from_on",
            Type.DATE,
            "TODO",
            ssd="clap_cla_placement_start_date",
            ssd_ref="CLAP003A",
            required=True,
        ),
        Column("type", Type.TEXT, "TODO", ssd="clap_cla_placement_type", ssd_ref="CLAP004A"),
        Column("urn", Type.TEXT, "TODO", ssd="clap_cla_placement_urn", ssd_ref="CLAP005A"),
        Column("distance", Type.DECIMAL, "TODO", ssd="clap_cla_placement_distance", ssd_ref="CLAP011A"),
        Column("care_period_id", Type.TEXT, "TODO", ssd="clap_cla_id", ssd_ref="CLAP012A"),
        Column("provider", Type.TEXT, "TODO", ssd="clap_cla_placement_provider", ssd_ref="CLAP007A"),
        Column(
            "postcode",
            Type.TEXT,
            "TODO",
            ssd="clap_cla_placement_postcode",
            ssd_ref="CLAP008A",
            identifying=True,
        ),
        Column("to_on", Type.DATE, "TODO", ssd="clap_cla_placement_end_date", ssd_ref="CLAP009A"),
        Column(
            "change_reason", Type.TEXT, "TODO", ssd="clap_cla_placement_change_reason", ssd_ref="CLAP010A"
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="clap_person_id", ssd_ref="CLAP013A", required=True),
    ),
)

CLA_REVIEWS = Table(
    name="cla_reviews",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="care",
    key=("review_id",),
    about="",
    match=("care_period_id", "happened_on"),
    ssd="ssd_cla_reviews",
    columns=(
        Column("review_id", Type.TEXT, "TODO", ssd="clar_cla_review_id", ssd_ref="CLAR001A", required=True),
        Column("care_period_id", Type.TEXT, "TODO", ssd="clar_cla_id", ssd_ref="CLAR011A"),
        Column("due_on", Type.DATE, "TODO", ssd="clar_cla_review_due_date", ssd_ref="CLAR003A"),
        Column("happened_on", Type.DATE, "TODO", ssd="clar_cla_review_date", ssd_ref="CLAR004A"),
        Column("cancelled", Type.FLAG, "TODO", ssd="clar_cla_review_cancelled", ssd_ref="CLAR012A"),
        Column("participation", Type.TEXT, "TODO", ssd="clar_cla_review_participation", ssd_ref="CLAR007A"),
    ),
)

CLA_CARE_PLAN = Table(
    name="cla_care_plan",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="care",
    key=("cla_care_plan_id",),
    about="child_id",
    match=(),
    ssd="ssd_cla_care_plan",
    columns=(
        Column("cla_care_plan_id", Type.TEXT, "TODO", ssd="lacp_table_id", ssd_ref="LACP001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="lacp_person_id", ssd_ref="LACP007A", required=True),
        Column(
            "from_on",
            Type.DATE,
            "TODO",
            ssd="lacp_cla_care_plan_start_date",
            ssd_ref="LACP004A",
            required=True,
        ),
        Column("to_on", Type.DATE, "TODO", ssd="lacp_cla_care_plan_end_date", ssd_ref="LACP005A"),
        Column("cla_care_plan_json", Type.TEXT, "TODO", ssd="lacp_cla_care_plan_json", ssd_ref="LACP003A"),
    ),
)

CLA_PREVIOUS_PERMANENCE = Table(
    name="cla_previous_permanence",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="care",
    key=("cla_previous_permanence_id",),
    about="child_id",
    match=(),
    ssd="ssd_cla_previous_permanence",
    columns=(
        Column(
            "cla_previous_permanence_id",
            Type.TEXT,
            "TODO",
            ssd="lapp_table_id",
            ssd_ref="LAPP001A",
            required=True,
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="lapp_person_id", ssd_ref="LAPP002A", required=True),
        Column(
            "order_on_text", Type.TEXT, "TODO", ssd="lapp_previous_permanence_order_date", ssd_ref="LAPP003A"
        ),
        Column(
            "previous_permanence_option",
            Type.TEXT,
            "TODO",
            ssd="lapp_previous_permanence_option",
            ssd_ref="LAPP004A",
        ),
        Column(
            "previous_permanence_la", Type.TEXT, "TODO", ssd="lapp_previous_permanence_la", ssd_ref="LAPP005A"
        ),
    ),
)

PERMANENCE = Table(
    name="permanence",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="care",
    key=("permanence_id",),
    about="child_id",
    match=("child_id", "care_period_id"),
    ssd="ssd_permanence",
    columns=(
        Column("permanence_id", Type.TEXT, "TODO", ssd="perm_table_id", ssd_ref="PERM001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="perm_person_id", ssd_ref="PERM002A", required=True),
        Column("care_period_id", Type.TEXT, "TODO", ssd="perm_cla_id", ssd_ref="PERM022A"),
        Column("adm_decision_on", Type.DATE, "TODO", ssd="perm_adm_decision_date", ssd_ref="PERM003A"),
        Column("ffa_cp_decision_on", Type.DATE, "TODO", ssd="perm_ffa_cp_decision_date", ssd_ref="PERM004A"),
        Column("placement_order_on", Type.DATE, "TODO", ssd="perm_placement_order_date", ssd_ref="PERM006A"),
        Column(
            "placed_for_adoption_on",
            Type.DATE,
            "TODO",
            ssd="perm_placed_for_adoption_date",
            ssd_ref="PERM007A",
        ),
        Column("matched_on", Type.DATE, "TODO", ssd="perm_matched_date", ssd_ref="PERM008A"),
        Column(
            "adopted_by_carer_flag", Type.FLAG, "TODO", ssd="perm_adopted_by_carer_flag", ssd_ref="PERM021A"
        ),
        Column("placed_ffa_cp_on", Type.DATE, "TODO", ssd="perm_placed_ffa_cp_date", ssd_ref="PERM009A"),
        Column(
            "decision_reversed_on", Type.DATE, "TODO", ssd="perm_decision_reversed_date", ssd_ref="PERM010A"
        ),
        Column(
            "placed_foster_carer_on",
            Type.DATE,
            "TODO",
            ssd="perm_placed_foster_carer_date",
            ssd_ref="PERM011A",
        ),
        Column(
            "part_of_sibling_group", Type.FLAG, "TODO", ssd="perm_part_of_sibling_group", ssd_ref="PERM012A"
        ),
        Column(
            "siblings_placed_together",
            Type.INTEGER,
            "TODO",
            ssd="perm_siblings_placed_together",
            ssd_ref="PERM013A",
        ),
        Column(
            "siblings_placed_apart",
            Type.INTEGER,
            "TODO",
            ssd="perm_siblings_placed_apart",
            ssd_ref="PERM014A",
        ),
        Column(
            "placement_provider_urn", Type.TEXT, "TODO", ssd="perm_placement_provider_urn", ssd_ref="PERM015A"
        ),
        Column(
            "decision_reversed_reason",
            Type.TEXT,
            "TODO",
            ssd="perm_decision_reversed_reason",
            ssd_ref="PERM016A",
        ),
        Column(
            "permanence_order_on", Type.DATE, "TODO", ssd="perm_permanence_order_date", ssd_ref="PERM017A"
        ),
        Column(
            "permanence_order_type", Type.TEXT, "TODO", ssd="perm_permanence_order_type", ssd_ref="PERM018A"
        ),
        Column("worker_id", Type.TEXT, "TODO", ssd="perm_adoption_worker_id", ssd_ref="PERM023A"),
        Column("adopter_sex", Type.TEXT, "TODO", ssd="perm_adopter_sex", ssd_ref="PERM025A"),
        Column(
            "adopter_legal_status", Type.TEXT, "TODO", ssd="perm_adopter_legal_status", ssd_ref="PERM026A"
        ),
        Column("number_of_adopters", Type.TEXT, "TODO", ssd="perm_number_of_adopters", ssd_ref="PERM027A"),
    ),
)

CARE_LEAVERS = Table(
    name="care_leavers",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="care",
    key=("care_leaver_id",),
    about="child_id",
    match=("child_id",),
    ssd="ssd_care_leavers",
    columns=(
        Column("care_leaver_id", Type.TEXT, "TODO", ssd="clea_table_id", ssd_ref="CLEA001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="clea_person_id", ssd_ref="CLEA002A", required=True),
        Column("eligibility", Type.TEXT, "TODO", ssd="clea_care_leaver_eligibility", ssd_ref="CLEA003A"),
        Column("in_touch", Type.TEXT, "TODO", ssd="clea_care_leaver_in_touch", ssd_ref="CLEA004A"),
        Column(
            "latest_contact_on", Type.DATE, "TODO", ssd="clea_care_leaver_latest_contact", ssd_ref="CLEA005A"
        ),
        Column("accommodation", Type.TEXT, "TODO", ssd="clea_care_leaver_accommodation", ssd_ref="CLEA006A"),
        Column(
            "accom_suitable", Type.TEXT, "TODO", ssd="clea_care_leaver_accom_suitable", ssd_ref="CLEA007A"
        ),
        Column("activity", Type.TEXT, "TODO", ssd="clea_care_leaver_activity", ssd_ref="CLEA008A"),
        Column(
            "pathway_plan_reviewed_on",
            Type.DATE,
            "TODO",
            ssd="clea_pathway_plan_review_date",
            ssd_ref="CLEA009A",
        ),
        Column(
            "personal_adviser", Type.TEXT, "TODO", ssd="clea_care_leaver_personal_advisor", ssd_ref="CLEA010A"
        ),
        Column("team_id", Type.TEXT, "TODO", ssd="clea_care_leaver_allocated_team", ssd_ref="CLEA011A"),
        Column("worker_id", Type.TEXT, "TODO", ssd="clea_care_leaver_worker_id", ssd_ref="CLEA012A"),
    ),
)

MISSING = Table(
    name="missing",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="care",
    key=("missing_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_missing",
    columns=(
        Column("missing_id", Type.TEXT, "TODO", ssd="miss_table_id", ssd_ref="MISS001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="miss_person_id", ssd_ref="MISS002A", required=True),
        Column(
            "from_on",
            Type.DATE,
            "TODO",
            ssd="miss_missing_episode_start_date",
            ssd_ref="MISS003A",
            required=True,
        ),
        Column("episode_type", Type.TEXT, "TODO", ssd="miss_missing_episode_type", ssd_ref="MISS004A"),
        Column("to_on", Type.DATE, "TODO", ssd="miss_missing_episode_end_date", ssd_ref="MISS005A"),
        Column("rhi_offered", Type.TEXT, "TODO", ssd="miss_missing_rhi_offered", ssd_ref="MISS006A"),
        Column("rhi_accepted", Type.TEXT, "TODO", ssd="miss_missing_rhi_accepted", ssd_ref="MISS007A"),
        Column("from_time", Type.TIME, "TODO"),
        Column("to_time", Type.TIME, "TODO"),
    ),
)

S251_FINANCE = Table(
    name="s251_finance",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="care",
    key=("s251_finance_id",),
    about="",
    match=(),
    ssd="ssd_s251_finance",
    columns=(
        Column("s251_finance_id", Type.TEXT, "TODO", ssd="s251_table_id", ssd_ref="S251001A", required=True),
        Column("cla_placement_id", Type.TEXT, "TODO", ssd="s251_cla_placement_id", ssd_ref="S251002A"),
        Column("placeholder_1", Type.TEXT, "TODO", ssd="s251_placeholder_1", ssd_ref="S251003A"),
        Column("placeholder_2", Type.TEXT, "TODO", ssd="s251_placeholder_2", ssd_ref="S251004A"),
        Column("placeholder_3", Type.TEXT, "TODO", ssd="s251_placeholder_3", ssd_ref="S251005A"),
        Column("placeholder_4", Type.TEXT, "TODO", ssd="s251_placeholder_4", ssd_ref="S251006A"),
    ),
)

TABLES = (
    CLA_EPISODES,
    CLA_PLACEMENT,
    CLA_REVIEWS,
    CLA_CARE_PLAN,
    CLA_PREVIOUS_PERMANENCE,
    PERMANENCE,
    CARE_LEAVERS,
    MISSING,
    S251_FINANCE,
)
