"""The health and wellbeing of looked after children."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CLA_HEALTH = Table(
    name="cla_health",
    title="Health check",
    says=(
        "A health assessment or dental check of a looked after child. Nurses record it elsewhere, so it reaches "
        "the case system late."
    ),
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("health_check_id",),
    about="child_id",
    match=(),
    ssd="ssd_cla_health",
    columns=(
        Column(
            "health_check_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="clah_health_check_id",
            ssd_ref="CLAH001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="clah_person_id",
            ssd_ref="CLAH002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "type",
            Type.TEXT,
            "Health assessment, dental check or another check, in the case system's words.",
            ssd="clah_health_check_type",
            ssd_ref="CLAH003A",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day of the check, or the day planned when its status says so.",
            ssd="clah_health_check_date",
            ssd_ref="CLAH004A",
        ),
        Column(
            "status",
            Type.TEXT,
            "Planned, refused, cancelled or completed.",
            ssd="clah_health_check_status",
            ssd_ref="CLAH005A",
            codes="health_check_status",
        ),
    ),
)

CLA_IMMUNISATIONS = Table(
    name="cla_immunisations",
    title="Immunisations",
    says="Whether a looked after child's immunisations were up to date, and when that was last known.",
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("child_id", "happened_on"),
    about="child_id",
    match=(),
    ssd="ssd_cla_immunisations",
    columns=(
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="clai_person_id",
            ssd_ref="CLAI002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "status", Type.FLAG, "Whether they were up to date.", ssd="clai_immunisations_status", ssd_ref="CLAI004A"
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which that was last recorded; it is not the day of an injection.",
            ssd="clai_immunisations_status_date",
            ssd_ref="CLAI005A",
            required=True,
        ),
    ),
)

CLA_SUBSTANCE_MISUSE = Table(
    name="cla_substance_misuse",
    title="Substance misuse",
    says="Substance misuse by a looked after child, as their social worker recorded it.",
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("substance_misuse_id",),
    about="child_id",
    match=(),
    ssd="ssd_cla_substance_misuse",
    columns=(
        Column(
            "substance_misuse_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="clas_substance_misuse_id",
            ssd_ref="CLAS001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="clas_person_id",
            ssd_ref="CLAS002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which it was identified.",
            ssd="clas_substance_misuse_date",
            ssd_ref="CLAS003A",
        ),
        Column("substance_misused", Type.TEXT, "The substance.", ssd="clas_substance_misused", ssd_ref="CLAS004A"),
        Column(
            "intervention_received",
            Type.FLAG,
            "Whether the child received help for it.",
            ssd="clas_intervention_received",
            ssd_ref="CLAS005A",
        ),
    ),
)

CLA_CONVICTIONS = Table(
    name="cla_convictions",
    title="Conviction",
    says="An offence of a looked after child that led to a conviction, final warning or reprimand.",
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("conviction_id",),
    about="child_id",
    match=(),
    ssd="ssd_cla_convictions",
    columns=(
        Column(
            "conviction_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="clac_cla_conviction_id",
            ssd_ref="CLAC001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="clac_person_id",
            ssd_ref="CLAC002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day of the offence, not of the conviction.",
            ssd="clac_cla_conviction_date",
            ssd_ref="CLAC003A",
        ),
        Column(
            "offence",
            Type.TEXT,
            "What the offence was, in words; it may name people.",
            ssd="clac_cla_conviction_offence",
            ssd_ref="CLAC004A",
            identifying=True,
        ),
    ),
)

SDQ_SCORES = Table(
    name="sdq_scores",
    title="Strengths and difficulties score",
    says="A carer's questionnaire about a looked after child's feelings and behaviour. One is due each year.",
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("sdq_score_id",),
    about="child_id",
    match=(),
    ssd="ssd_sdq_scores",
    columns=(
        Column(
            "sdq_score_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="csdq_table_id",
            ssd_ref="CSDQ001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="csdq_person_id",
            ssd_ref="CSDQ002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which the questionnaire was completed.",
            ssd="csdq_sdq_completed_date",
            ssd_ref="CSDQ003A",
        ),
        Column(
            "reason", Type.TEXT, "Why there is no score.", ssd="csdq_sdq_reason", ssd_ref="CSDQ004A", codes="sdq_reason"
        ),
        Column(
            "score",
            Type.TEXT,
            "The score, 0 to 40; a high score asks for a closer look. Some sources put the reason code here instead.",
            ssd="csdq_sdq_score",
            ssd_ref="CSDQ005A",
        ),
    ),
)

TABLES = (
    CLA_HEALTH,
    CLA_IMMUNISATIONS,
    CLA_SUBSTANCE_MISUSE,
    CLA_CONVICTIONS,
    SDQ_SCORES,
)
