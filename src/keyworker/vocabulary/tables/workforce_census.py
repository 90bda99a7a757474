"""What a workforce census return said, of each worker and of the council, on its count day."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

WORKFORCE_SNAPSHOT = Table(
    name="workforce_snapshot",
    title="Workforce census position",
    says="What a workforce census return said of one worker on its count day.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("worker_id", "happened_on"),
    about="worker_id",
    match=(),
    columns=(
        Column("worker_id", Type.TEXT, "The worker, by registration number as returned.", required=True),
        Column("happened_on", Type.DATE, "The count day, 30 September of the collection year.", required=True),
        Column("agency_worker", Type.FLAG, "Whether the worker came through an agency."),
        Column(
            "role_class",
            Type.TEXT,
            "The role in the organisation as returned: the census numbers the six.",
            codes="role_class",
        ),
        Column("fte", Type.DECIMAL, "Full-time equivalent on the count day."),
        Column(
            "cases",
            Type.DECIMAL,
            "Cases held on the count day: children, and also carers held for fostering or adoption.",
        ),
        Column("contract_from_on", Type.DATE, "The day on which the worker began in a child and family role here."),
        Column(
            "role_ended_on",
            Type.DATE,
            "The day on which the worker left that role; given for leavers of the year only.",
        ),
        Column("start_origin", Type.TEXT, "What the worker did before coming.", codes="start_origin"),
        Column("leaving_reason", Type.TEXT, "Why the worker left; given for leavers only.", codes="leaving_reason"),
        Column(
            "leaving_destination",
            Type.TEXT,
            "Where the worker went; given for leavers only.",
            codes="leaving_destination",
        ),
        Column("absent_on_day", Type.FLAG, "Whether the worker was away on the count day; councils may leave it out."),
        Column(
            "absence_reason", Type.TEXT, "The class of reason for being away on the count day.", codes="absence_reason"
        ),
        Column("working_days_lost", Type.DECIMAL, "Working days lost to sickness in the year."),
        Column("birth_on", Type.DATE, "Birth date as returned.", identifying=True),
        Column("sex", Type.TEXT, "Sex as returned; gender until the 2024 census."),
        Column("ethnicity", Type.TEXT, "Ethnic background as returned."),
        Column("qualification_level", Type.TEXT, "Level of the social work qualification."),
        Column("other_json", Type.TEXT, "The fields of the return that have no column here, as JSON."),
    ),
)

WORKFORCE_TOTALS = Table(
    name="workforce_totals",
    title="Workforce census totals",
    says="The council-level vacancy and agency figures of one workforce census.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("authority", "happened_on"),
    about="",
    match=(),
    columns=(
        Column("authority", Type.TEXT, "The council's three-digit code.", required=True),
        Column("happened_on", Type.DATE, "The count day, 30 September of the collection year.", required=True),
        Column(
            "vacancies_fte",
            Type.DECIMAL,
            "Vacant posts as full-time equivalent, those covered by agency workers counted too.",
        ),
        Column("agency_fte", Type.DECIMAL, "Agency workers who cover vacancies, as full-time equivalent."),
        Column("agency_headcount", Type.INTEGER, "Agency workers who cover vacancies, as people."),
    ),
)
