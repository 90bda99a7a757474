"""Standard Safeguarding Dataset tables: wellbeing."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CLA_HEALTH = Table(
    name="cla_health",
    title="TODO",
    says="TODO",
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
            "TODO",
            ssd="clah_health_check_id",
            ssd_ref="CLAH001A",
            required=True,
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="clah_person_id", ssd_ref="CLAH002A", required=True),
        Column("type", Type.TEXT, "TODO", ssd="clah_health_check_type", ssd_ref="CLAH003A"),
        Column("happened_on", Type.DATE, "TODO", ssd="clah_health_check_date", ssd_ref="CLAH004A"),
        Column("status", Type.TEXT, "TODO", ssd="clah_health_check_status", ssd_ref="CLAH005A"),
    ),
)

CLA_IMMUNISATIONS = Table(
    name="cla_immunisations",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("child_id", "happened_on"),
    about="child_id",
    match=(),
    ssd="ssd_cla_immunisations",
    columns=(
        Column("child_id", Type.TEXT, "TODO", ssd="clai_person_id", ssd_ref="CLAI002A", required=True),
        Column("status", Type.FLAG, "TODO", ssd="clai_immunisations_status", ssd_ref="CLAI004A"),
        Column(
            "happened_on",
            Type.DATE,
            "TODO",
            ssd="clai_immunisations_status_date",
            ssd_ref="CLAI005A",
            required=True,
        ),
    ),
)

CLA_SUBSTANCE_MISUSE = Table(
    name="cla_substance_misuse",
    title="TODO",
    says="TODO",
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
            "TODO",
            ssd="clas_substance_misuse_id",
            ssd_ref="CLAS001A",
            required=True,
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="clas_person_id", ssd_ref="CLAS002A", required=True),
        Column("happened_on", Type.DATE, "TODO", ssd="clas_substance_misuse_date", ssd_ref="CLAS003A"),
        Column("substance_misused", Type.TEXT, "TODO", ssd="clas_substance_misused", ssd_ref="CLAS004A"),
        Column(
            "intervention_received", Type.FLAG, "TODO", ssd="clas_intervention_received", ssd_ref="CLAS005A"
        ),
    ),
)

CLA_CONVICTIONS = Table(
    name="cla_convictions",
    title="TODO",
    says="TODO",
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
            "TODO",
            ssd="clac_cla_conviction_id",
            ssd_ref="CLAC001A",
            required=True,
        ),
        Column("child_id", Type.TEXT, "TODO", ssd="clac_person_id", ssd_ref="CLAC002A", required=True),
        Column("happened_on", Type.DATE, "TODO", ssd="clac_cla_conviction_date", ssd_ref="CLAC003A"),
        Column("offence", Type.TEXT, "TODO", ssd="clac_cla_conviction_offence", ssd_ref="CLAC004A"),
    ),
)

SDQ_SCORES = Table(
    name="sdq_scores",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="wellbeing",
    key=("sdq_score_id",),
    about="child_id",
    match=(),
    ssd="ssd_sdq_scores",
    columns=(
        Column("sdq_score_id", Type.TEXT, "TODO", ssd="csdq_table_id", ssd_ref="CSDQ001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="csdq_person_id", ssd_ref="CSDQ002A", required=True),
        Column("happened_on", Type.DATE, "TODO", ssd="csdq_sdq_completed_date", ssd_ref="CSDQ003A"),
        Column("reason", Type.TEXT, "TODO", ssd="csdq_sdq_reason", ssd_ref="CSDQ004A"),
        Column("score", Type.TEXT, "TODO", ssd="csdq_sdq_score", ssd_ref="CSDQ005A"),
    ),
)

TABLES = (
    CLA_HEALTH,
    CLA_IMMUNISATIONS,
    CLA_SUBSTANCE_MISUSE,
    CLA_CONVICTIONS,
    SDQ_SCORES,
)
