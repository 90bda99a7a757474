"""Workers, their teams as the extract lists them, and whom they hold."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

INVOLVEMENTS = Table(
    name="involvements",
    title="Involvement",
    says=(
        "A worker, or a team with no worker yet, held a child in some role from one day to another. Case systems "
        "start a new row for each plan, so touching rows of one worker are one."
    ),
    kind=Kind.PERIOD,
    topic="people_at_work",
    key=("involvement_id",),
    about="child_id",
    match=("child_id", "worker_id", "role", "from_on"),
    ssd="ssd_involvements",
    columns=(
        Column(
            "involvement_id",
            Type.TEXT,
            "The row's own number in the extract.",
            ssd="invo_involvements_id",
            ssd_ref="INVO005A",
            required=True,
        ),
        Column(
            "worker_id",
            Type.TEXT,
            "The worker; empty where only a team holds the child, which is not allocation.",
            ssd="invo_professional_id",
            ssd_ref="INVO006A",
            refers="professionals.worker_id",
        ),
        Column(
            "role",
            Type.TEXT,
            "What the case system calls the role. The council says what each means: accountable, lead, co-worker "
            "or none.",
            ssd="invo_professional_role_id",
            ssd_ref="INVO007A",
        ),
        Column(
            "team_id",
            Type.TEXT,
            "The team in which the worker held the child. Some sources give its name instead.",
            ssd="invo_professional_team",
            ssd_ref="INVO009A",
            refers="department.team_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day of the involvement.",
            ssd="invo_involvement_start_date",
            ssd_ref="INVO002A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day of the involvement; empty while it goes on. A leaver's rows are often "
            "ended weeks after they left.",
            ssd="invo_involvement_end_date",
            ssd_ref="INVO003A",
        ),
        Column(
            "change_reason",
            Type.TEXT,
            "Why the worker changed, as one of ten published causes or in local words; usually empty outside care.",
            ssd="invo_worker_change_reason",
            ssd_ref="INVO004A",
            codes="change_cause",
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="invo_person_id",
            ssd_ref="INVO011A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "referral_id",
            Type.TEXT,
            "The referral during which it was.",
            ssd="invo_referral_id",
            ssd_ref="INVO010A",
            refers="cin_episodes.referral_id",
        ),
    ),
)

PROFESSIONALS = Table(
    name="professionals",
    title="Worker",
    says=(
        "A person who works with children, as the case system lists them now: social workers, and often doctors "
        "and teachers too."
    ),
    kind=Kind.STATE,
    topic="people_at_work",
    key=("worker_id",),
    about="worker_id",
    match=("worker_id",),
    ssd="ssd_professionals",
    columns=(
        Column(
            "worker_id",
            Type.TEXT,
            "The worker's number in the case system. A worker who left and came back may have two.",
            ssd="prof_professional_id",
            ssd_ref="PROF001A",
            required=True,
        ),
        Column(
            "staff_id",
            Type.TEXT,
            "The number by which reports or payroll know the worker, where there is one.",
            ssd="prof_staff_id",
            ssd_ref="PROF010A",
        ),
        Column(
            "name",
            Type.TEXT,
            "The worker's name, as written.",
            ssd="prof_professional_name",
            ssd_ref="PROF013A",
            identifying=True,
        ),
        Column(
            "registration_no",
            Type.TEXT,
            "The worker's number in the social work register. Blank for most who are not social workers.",
            ssd="prof_social_worker_registration_no",
            ssd_ref="PROF002A",
            identifying=True,
        ),
        Column(
            "job_title",
            Type.TEXT,
            "The job title as typed; the council says which national role class it means.",
            ssd="prof_professional_job_title",
            ssd_ref="PROF007A",
        ),
        Column(
            "stated_caseload",
            Type.INTEGER,
            "How many children the extract counted for the worker last 30 September. It is not today's caseload "
            "and is not used as one.",
            ssd="prof_professional_caseload",
            ssd_ref="PROF008A",
        ),
        Column(
            "department",
            Type.TEXT,
            "The worker's team or organisation, in words. It is the newest only, and often out of date.",
            ssd="prof_professional_department",
            ssd_ref="PROF012A",
        ),
        Column(
            "fte",
            Type.DECIMAL,
            "Full-time equivalent, 0 to 1. Zero beside open cases is wrong.",
            ssd="prof_full_time_equivalency",
            ssd_ref="PROF011A",
        ),
        Column(
            "agency_worker",
            Type.FLAG,
            "Whether the worker came through an agency. Most extracts leave it empty, and empty is not no.",
            ssd="prof_agency_worker_flag",
            ssd_ref="PROF014A",
        ),
    ),
)

DEPARTMENT = Table(
    name="department",
    title="Team in the extract",
    says="A team as the case system lists it now, without dates. The dated history of teams is kept in the team table.",
    kind=Kind.STATE,
    topic="people_at_work",
    key=("team_id",),
    about="team_id",
    match=("team_id",),
    ssd="ssd_department",
    columns=(
        Column(
            "team_id",
            Type.TEXT,
            "The team's number in the case system.",
            ssd="dept_team_id",
            ssd_ref="DEPT1001A",
            required=True,
        ),
        Column("name", Type.TEXT, "The team's name now.", ssd="dept_team_name", ssd_ref="DEPT1002A"),
        Column(
            "parent_id",
            Type.TEXT,
            "The team or service that it sits under.",
            ssd="dept_team_parent_id",
            ssd_ref="DEPT1003A",
            refers="department.team_id",
        ),
        Column(
            "parent_name",
            Type.TEXT,
            "The name of what it sits under.",
            ssd="dept_team_parent_name",
            ssd_ref="DEPT1004A",
        ),
    ),
)

TABLES = (
    INVOLVEMENTS,
    PROFESSIONALS,
    DEPARTMENT,
)
