"""Standard Safeguarding Dataset tables: visits."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

from keyworker.vocabulary.tables.visit_columns import VISIT_COLUMNS

CIN_VISITS = Table(
    name="cin_visits",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="visits",
    key=("cin_visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cin_visits",
    columns=(
        Column("cin_visit_id", Type.TEXT, "TODO", ssd="cinv_cin_visit_id", ssd_ref="CINV001A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="cinv_person_id", ssd_ref="CINV007A", required=True),
        Column("happened_on", Type.DATE, "TODO", ssd="cinv_cin_visit_date", ssd_ref="CINV003A"),
        Column("seen", Type.FLAG, "TODO", ssd="cinv_cin_visit_seen", ssd_ref="CINV004A"),
        Column("seen_alone", Type.FLAG, "TODO", ssd="cinv_cin_visit_seen_alone", ssd_ref="CINV005A"),
        Column("bedroom", Type.FLAG, "TODO", ssd="cinv_cin_visit_bedroom", ssd_ref="CINV006A"),
        *VISIT_COLUMNS,
    ),
)

CP_VISITS = Table(
    name="cp_visits",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="visits",
    key=("cp_visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cp_visits",
    columns=(
        Column("cp_visit_id", Type.TEXT, "TODO", ssd="cppv_cp_visit_id", ssd_ref="CPPV007A", required=True),
        Column("child_id", Type.TEXT, "TODO", ssd="cppv_person_id", ssd_ref="CPPV008A", required=True),
        Column("cp_plan_id", Type.TEXT, "TODO", ssd="cppv_cp_plan_id", ssd_ref="CPPV001A"),
        Column("happened_on", Type.DATE, "TODO", ssd="cppv_cp_visit_date", ssd_ref="CPPV003A"),
        Column("seen", Type.FLAG, "TODO", ssd="cppv_cp_visit_seen", ssd_ref="CPPV004A"),
        Column("seen_alone", Type.FLAG, "TODO", ssd="cppv_cp_visit_seen_alone", ssd_ref="CPPV005A"),
        Column("bedroom", Type.FLAG, "TODO", ssd="cppv_cp_visit_bedroom", ssd_ref="CPPV006A"),
        *VISIT_COLUMNS,
    ),
)

CLA_VISITS = Table(
    name="cla_visits",
    title="TODO",
    says="TODO",
    kind=Kind.EVENT,
    topic="visits",
    key=("visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cla_visits",
    columns=(
        Column("visit_id", Type.TEXT, "TODO", ssd="clav_cla_visit_id", ssd_ref="CLAV001A", required=True),
        Column("care_period_id", Type.TEXT, "TODO", ssd="clav_cla_id", ssd_ref="CLAV007A"),
        Column("child_id", Type.TEXT, "TODO", ssd="clav_person_id", ssd_ref="CLAV008A", required=True),
        Column("happened_on", Type.DATE, "TODO", ssd="clav_cla_visit_date", ssd_ref="CLAV003A"),
        Column("seen", Type.FLAG, "TODO", ssd="clav_cla_visit_seen", ssd_ref="CLAV004A"),
        Column("seen_alone", Type.FLAG, "TODO", ssd="clav_cla_visit_seen_alone", ssd_ref="CLAV005A"),
        *VISIT_COLUMNS,
    ),
)

TABLES = (
    CIN_VISITS,
    CP_VISITS,
    CLA_VISITS,
)
