"""The people in posts: since when, who is away, what they say of their load, and what was corrected of them here."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

APPOINTMENT = Table(
    name="appointment",
    title="Appointment",
    says="A worker in a post, or in none when agency cover is outside the establishment.",
    kind=Kind.PERIOD,
    topic="workforce",
    key=("appointment_id",),
    about="worker_id",
    match=("worker_id", "from_on"),
    columns=(
        Column("appointment_id", Type.TEXT, "The appointment's number in the workforce system.", required=True),
        Column("worker_id", Type.TEXT, "The worker in post.", refers="professionals.worker_id", required=True),
        Column(
            "post_id",
            Type.TEXT,
            "The post that the worker fills; empty for cover outside the establishment.",
            refers="post.post_id",
        ),
        Column(
            "team_id",
            Type.TEXT,
            "The team in which the worker works, which need not be the post's.",
            refers="team.team_id",
        ),
        Column("job_title", Type.TEXT, "The job title as the workforce system writes it."),
        Column(
            "role_class", Type.TEXT, "Which of the census's six roles the worker has, in words.", codes="role_class"
        ),
        Column(
            "employment", Type.TEXT, "Whether permanent, for a fixed term or through an agency.", codes="employment"
        ),
        Column("fte", Type.DECIMAL, "Full-time equivalent of the worker in this post, 0 to 1."),
        Column("hours_per_week", Type.DECIMAL, "Hours a week in the contract, not hours worked."),
        Column(
            "agreed_capacity",
            Type.DECIMAL,
            "How many children this worker has agreed that they can hold, where the council records it.",
        ),
        Column("first_year", Type.FLAG, "Whether in the Assessed and Supported Year in Employment."),
        Column("covers_vacancy", Type.FLAG, "For an agency worker: whether they cover a vacant post."),
        Column(
            "start_origin",
            Type.TEXT,
            "What the worker did before, as the workforce census codes it.",
            codes="start_origin",
        ),
        Column(
            "leaving_destination",
            Type.TEXT,
            "Where the worker went, as the workforce census codes it; often not known.",
            codes="leaving_destination",
        ),
        Column(
            "leaving_reason",
            Type.TEXT,
            "Why the appointment ended, as the workforce census codes it.",
            codes="leaving_reason",
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

ABSENCE = Table(
    name="absence",
    title="Absence",
    says="A worker is away. Only the class of reason is held, and pages show only until when.",
    kind=Kind.PERIOD,
    topic="workforce",
    key=("absence_id",),
    about="worker_id",
    match=(),
    columns=(
        Column("absence_id", Type.TEXT, "The absence's number in the workforce system.", required=True),
        Column("worker_id", Type.TEXT, "The worker who is away.", refers="professionals.worker_id", required=True),
        Column(
            "reason_class",
            Type.TEXT,
            "The class of reason used by the workforce census.",
            codes="absence_reason",
        ),
        Column("working_days_lost", Type.DECIMAL, "Working days lost, where the source gives them."),
        Column("expected_return_on", Type.DATE, "The day on which the worker is expected back."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

LOAD_CHALLENGE = Table(
    name="load_challenge",
    title="Load challenge",
    says=(
        "A worker said that their own load is not right, and why. A manager answers by a set day: it was put right, or "
        "how it is right."
    ),
    kind=Kind.EVENT,
    topic="workforce",
    key=("challenge_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("challenge_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "Whose load it is.", refers="professionals.worker_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was said.", required=True),
        Column("part", Type.TEXT, "Which part of the load is not right.", codes="load_part", required=True),
        Column("reason", Type.TEXT, "Why, in the worker's words.", identifying=True, required=True),
        Column("children", Type.INTEGER, "How many children counted on that day.", required=True),
        Column("weight", Type.DECIMAL, "How much they weighed on that day; empty where no weight is set."),
        Column("agreed_capacity", Type.DECIMAL, "How many children were agreed on that day."),
        Column("asked_by", Type.TEXT, "The sign-in name of whoever said it.", required=True),
        Column("answer_by_on", Type.DATE, "The day by which a manager must have answered.", required=True),
        Column("answer", Type.TEXT, "What was answered; empty until it is.", codes="load_answer"),
        Column("answered_by", Type.TEXT, "The sign-in name of whoever answered."),
        Column("answered_on", Type.DATE, "The day of the answer."),
        Column("answer_says", Type.TEXT, "What was changed, or how the load is right.", identifying=True),
        Column("settled", Type.FLAG, "Whether the worker says that this settles it; empty while they have not said."),
        Column("settled_on", Type.DATE, "The day on which the worker said so."),
    ),
)

STAFF_CHANGE = Table(
    name="staff_change",
    title="Change of an entry about a worker",
    says="Somebody corrected or withdrew an entry about a worker here, and why.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("change_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("change_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker.", refers="professionals.worker_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was changed.", required=True),
        Column("in_table", Type.TEXT, "The table of the entry.", required=True),
        Column("row_number", Type.TEXT, "The number of the entry's row in its table.", required=True),
        Column("what", Type.TEXT, "What was done.", codes="staff_change", required=True),
        Column("why", Type.TEXT, "Why, in words.", identifying=True, required=True),
    ),
)
