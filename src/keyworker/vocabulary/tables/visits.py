"""Visits to children in need, on plans and looked after."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type
from keyworker.vocabulary.tables.visit_columns import VISIT_COLUMNS

CIN_VISITS = Table(
    name="cin_visits",
    title="Visit to a child in need",
    says="A social worker's visit to a child in need, made or meant. It counts as seen only when the child was seen.",
    kind=Kind.EVENT,
    topic="visits",
    key=("cin_visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cin_visits",
    columns=(
        Column(
            "cin_visit_id",
            Type.TEXT,
            "The visit's number in the case system: often the number of a case note.",
            ssd="cinv_cin_visit_id",
            ssd_ref="CINV001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="cinv_person_id",
            ssd_ref="CINV007A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day of the visit, not the day on which it was written up.",
            ssd="cinv_cin_visit_date",
            ssd_ref="CINV003A",
            required=True,
        ),
        Column(
            "seen",
            Type.FLAG,
            "Whether the child was seen. Empty is not known; it is never read as no.",
            ssd="cinv_cin_visit_seen",
            ssd_ref="CINV004A",
        ),
        Column(
            "seen_alone",
            Type.FLAG,
            "Whether the child was seen alone. Empty is not known; it is never read as no.",
            ssd="cinv_cin_visit_seen_alone",
            ssd_ref="CINV005A",
        ),
        Column(
            "bedroom",
            Type.FLAG,
            "Whether the child's bedroom was seen.",
            ssd="cinv_cin_visit_bedroom",
            ssd_ref="CINV006A",
        ),
        *VISIT_COLUMNS,
    ),
)

CP_VISITS = Table(
    name="cp_visits",
    title="Visit under a child protection plan",
    says=(
        "A social worker's visit to a child on a child protection plan, made or meant. It counts as seen only when"
        " the child was seen."
    ),
    kind=Kind.EVENT,
    topic="visits",
    key=("cp_visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cp_visits",
    columns=(
        Column(
            "cp_visit_id",
            Type.TEXT,
            "The visit's number in the case system: often the number of a case note.",
            ssd="cppv_cp_visit_id",
            ssd_ref="CPPV007A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="cppv_person_id",
            ssd_ref="CPPV008A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "cp_plan_id",
            Type.TEXT,
            "The plan under which the visit was made.",
            ssd="cppv_cp_plan_id",
            ssd_ref="CPPV001A",
            refers="cp_plans.cp_plan_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day of the visit, not the day on which it was written up.",
            ssd="cppv_cp_visit_date",
            ssd_ref="CPPV003A",
            required=True,
        ),
        Column(
            "seen",
            Type.FLAG,
            "Whether the child was seen. Empty is not known; it is never read as no.",
            ssd="cppv_cp_visit_seen",
            ssd_ref="CPPV004A",
        ),
        Column(
            "seen_alone",
            Type.FLAG,
            "Whether the child was seen alone. Empty is not known; it is never read as no.",
            ssd="cppv_cp_visit_seen_alone",
            ssd_ref="CPPV005A",
        ),
        Column(
            "bedroom",
            Type.FLAG,
            "Whether the child's bedroom was seen.",
            ssd="cppv_cp_visit_bedroom",
            ssd_ref="CPPV006A",
        ),
        *VISIT_COLUMNS,
    ),
)

CLA_VISITS = Table(
    name="cla_visits",
    title="Visit to a looked after child",
    says="A visit to a looked after child in their placement by the council's representative, made or meant.",
    kind=Kind.EVENT,
    topic="visits",
    key=("visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_cla_visits",
    columns=(
        Column(
            "visit_id",
            Type.TEXT,
            "The visit's number in the case system: often the number of a case note.",
            ssd="clav_cla_visit_id",
            ssd_ref="CLAV001A",
            required=True,
        ),
        Column(
            "care_period_id",
            Type.TEXT,
            "The period of being looked after.",
            ssd="clav_cla_id",
            ssd_ref="CLAV007A",
            refers="cla_episodes.care_period_id",
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="clav_person_id",
            ssd_ref="CLAV008A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day of the visit, not the day on which it was written up.",
            ssd="clav_cla_visit_date",
            ssd_ref="CLAV003A",
            required=True,
        ),
        Column(
            "seen",
            Type.FLAG,
            "Whether the child was seen. Empty is not known; it is never read as no.",
            ssd="clav_cla_visit_seen",
            ssd_ref="CLAV004A",
        ),
        Column(
            "seen_alone",
            Type.FLAG,
            "Whether the child was seen alone. Empty is not known; it is never read as no.",
            ssd="clav_cla_visit_seen_alone",
            ssd_ref="CLAV005A",
        ),
        *VISIT_COLUMNS,
    ),
)

VISIT_NOTE = Table(
    name="visit_note",
    title="VisitNote of a visit",
    says=(
        "What was written of a visit that was recorded here, beside its outcome: where, who was there, what the child"
        " said. One for each child of one visit."
    ),
    kind=Kind.EVENT,
    topic="visits",
    key=("visit_id",),
    about="child_id",
    columns=(
        Column("visit_id", Type.TEXT, "The visit's number, which its own row has too.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("together_id", Type.TEXT, "What the children of one visit share.", required=True),
        Column("visit_kind", Type.TEXT, "What the visit counts as.", codes="visit_kind", required=True),
        Column("happened_on", Type.DATE, "The day of the visit, made or meant.", required=True),
        Column("place", Type.TEXT, "Where the child was visited.", codes="visit_place"),
        Column("announced", Type.FLAG, "Whether the family knew that the visit would come."),
        Column("awake", Type.FLAG, "Whether a baby was awake while being seen."),
        Column("present", Type.TEXT, "Who else was there.", identifying=True),
        Column("words", Type.TEXT, "What the child said, wished or showed.", identifying=True),
        Column("changed_why", Type.TEXT, "Why it was withdrawn; empty while it stands.", identifying=True),
        Column("withdrawn", Type.FLAG, "Whether the visit was withdrawn: it was never made or meant."),
        Column("planned_id", Type.TEXT, "The planned visit that it was, where it was planned."),
        Column(
            "not_same_on",
            Type.DATE,
            "As of the visit's own row, where somebody said so before it was written there; it is no longer read.",
        ),
    ),
)

PLANNED_VISIT = Table(
    name="planned_visit",
    title="Planned visit",
    says=(
        "A visit to a child that somebody plans: on which day, who goes, whether the family knows. It counts for"
        " nothing until a visit is written down. One that is moved stays as it was, and another is planned."
    ),
    kind=Kind.EVENT,
    topic="visits",
    key=("planned_id",),
    about="child_id",
    columns=(
        Column("planned_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("together_id", Type.TEXT, "What the children of one planned visit share.", required=True),
        Column("happened_on", Type.DATE, "The day on which it was planned, not that of the visit.", required=True),
        Column("planned_on", Type.DATE, "The day for which it is planned.", required=True),
        Column("planned_time", Type.TIME, "The time of day, where one is set."),
        Column("part_of_day", Type.TEXT, "The part of the day, where no time is set.", codes="part_of_day"),
        Column("worker_id", Type.TEXT, "Who is to go.", refers="professionals.worker_id", required=True),
        Column("announced", Type.FLAG, "Whether the family is told beforehand."),
        Column("place", Type.TEXT, "Where the child is to be visited.", codes="visit_place"),
        Column("ended", Type.TEXT, "Cancelled or moved; empty while it stands.", codes="plan_ended"),
        Column("ended_on", Type.DATE, "The day on which it was cancelled or moved."),
        Column("ended_by", Type.TEXT, "Who called it off or asked to move it.", codes="cancelled_by"),
        Column("ended_why", Type.TEXT, "Why it was cancelled or moved.", identifying=True),
        Column(
            "moved_from",
            Type.TEXT,
            "The planned visit in whose place it came, where one was moved.",
            refers="planned_visit.planned_id",
        ),
    ),
)

LONE_VISIT = Table(
    name="lone_visit",
    title="Visit alone",
    says=(
        "That whoever is to make a planned visit goes alone, by when they mean to be back, whom they told, and how it "
        "ended. It is there to find somebody who does not come back; it says nothing of where they are, and no figure "
        "counts it."
    ),
    kind=Kind.EVENT,
    topic="visits",
    key=("lone_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("lone_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child who is visited.", refers="person.child_id", required=True),
        Column("planned_id", Type.TEXT, "The planned visit.", refers="planned_visit.planned_id", required=True),
        Column("happened_on", Type.DATE, "The day of the visit.", required=True),
        Column("back_by", Type.TIME, "The time by which they mean to be back.", required=True),
        Column("account", Type.TEXT, "The sign-in of whoever goes.", required=True),
        Column("worker_id", Type.TEXT, "Who goes.", refers="professionals.worker_id", required=True),
        Column("told_id", Type.TEXT, "Who is told.", refers="professionals.worker_id", required=True),
        Column("answer", Type.TEXT, "How it ended; empty while nobody has said.", codes="lone_answer"),
        Column("answered_on", Type.DATE, "The day on which somebody said how it ended."),
        Column("answered_time", Type.TIME, "The time of that day."),
        Column("says", Type.TEXT, "How somebody else knows that they are safe.", identifying=True),
    ),
)

TABLES = (
    CIN_VISITS,
    CP_VISITS,
    CLA_VISITS,
    VISIT_NOTE,
    PLANNED_VISIT,
    LONE_VISIT,
)
