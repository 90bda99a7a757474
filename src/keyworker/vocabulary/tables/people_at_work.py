"""Standard Safeguarding Dataset tables: people at work."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

INVOLVEMENTS = Table(
    name="involvements",
    title="TODO",
    says="TODO",
    kind=Kind.PERIOD,
    topic="people_at_work",
    key=("involvement_id",),
    about="child_id",
    match=("child_id", "worker_id", "role", "from_on"),
    ssd="ssd_involvements",
    columns=(
        Column(
            "involvement_id", Type.TEXT, "TODO", ssd="invo_involvements_id", ssd_ref="INVO005A", required=True
        ),
        Column("worker_id", Type.TEXT, "TODO", ssd="invo_professional_id", ssd_ref="INVO006A"),
        Column("role", Type.TEXT, "TODO", ssd="invo_professional_role_id", ssd_ref="INVO007A"),
        Column("team_id", Type.TEXT, "TODO", ssd="invo_professional_team", ssd_ref="INVO009A"),
        Column(
            "from_on", Type.DATE, "TODO", ssd="invo_involvement_start_date", ssd_ref="INVO002A", required=True
        ),
        Column("to_on", Type.DATE, "TODO", ssd="invo_involvement_end_date", ssd_ref="INVO003A"),
        Column("change_reason", Type.TEXT, "TODO", ssd="invo_worker_change_reason", ssd_ref="INVO004A"),
        Column("child_id", Type.TEXT, "TODO", ssd="invo_person_id", ssd_ref="INVO011A", required=True),
        Column("referral_id", Type.TEXT, "TODO", ssd="invo_referral_id", ssd_ref="INVO010A"),
    ),
)

PROFESSIONALS = Table(
    name="professionals",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="people_at_work",
    key=("worker_id",),
    about="worker_id",
    match=("worker_id",),
    ssd="ssd_professionals",
    columns=(
        Column("worker_id", Type.TEXT, "TODO", ssd="prof_professional_id", ssd_ref="PROF001A", required=True),
        Column("staff_id", Type.TEXT, "TODO", ssd="prof_staff_id", ssd_ref="PROF010A"),
        Column("name", Type.TEXT, "TODO", ssd="prof_professional_name", ssd_ref="PROF013A", identifying=True),
        Column(
            "registration_no",
            Type.TEXT,
            "TODO",
            ssd="prof_social_worker_registration_no",
            ssd_ref="PROF002A",
            identifying=True,
        ),
        Column("job_title", Type.TEXT, "TODO", ssd="prof_professional_job_title", ssd_ref="PROF007A"),
        Column("stated_caseload", Type.INTEGER, "TODO", ssd="prof_professional_caseload", ssd_ref="PROF008A"),
        Column("department", Type.TEXT, "TODO", ssd="prof_professional_department", ssd_ref="PROF012A"),
        Column("fte", Type.DECIMAL, "TODO", ssd="prof_full_time_equivalency", ssd_ref="PROF011A"),
        Column("agency_worker", Type.FLAG, "TODO", ssd="prof_agency_worker_flag", ssd_ref="PROF014A"),
    ),
)

DEPARTMENT = Table(
    name="department",
    title="TODO",
    says="TODO",
    kind=Kind.STATE,
    topic="people_at_work",
    key=("team_id",),
    about="team_id",
    match=("team_id",),
    ssd="ssd_department",
    columns=(
        Column("team_id", Type.TEXT, "TODO", ssd="dept_team_id", ssd_ref="DEPT1001A", required=True),
        Column("name", Type.TEXT, "TODO", ssd="dept_team_name", ssd_ref="DEPT1002A"),
        Column("parent_id", Type.TEXT, "TODO", ssd="dept_team_parent_id", ssd_ref="DEPT1003A"),
        Column("parent_name", Type.TEXT, "TODO", ssd="dept_team_parent_name", ssd_ref="DEPT1004A"),
    ),
)

TABLES = (
    INVOLVEMENTS,
    PROFESSIONALS,
    DEPARTMENT,
)
