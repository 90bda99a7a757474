"""Posts, the people in them, absence, recruitment and learning."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

POST = Table(
    name="post",
    title="Post",
    says="An established post: where it sits, how many hours, whether its holder may hold children.",
    kind=Kind.PERIOD,
    topic="workforce",
    key=("post_id", "from_on"),
    about="post_id",
    match=(),
    columns=(
        Column("post_id", Type.TEXT, "The post number on the establishment, kept by workforce.", required=True),
        Column("title", Type.TEXT, "The job title on the establishment."),
        Column("role_class", Type.TEXT, "Which of the census's six roles the post has, in words.", codes="role_class"),
        Column("team_id", Type.TEXT, "The team to which the post belongs.", refers="team.team_id"),
        Column("fte", Type.DECIMAL, "Full-time equivalent of the post, 0 to 1."),
        Column("holds_cases", Type.FLAG, "Whether its holder may hold children."),
        Column("funded", Type.FLAG, "Whether there is money for it; empty where nobody has said."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

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

VACANCY_STEP = Table(
    name="vacancy_step",
    title="Vacancy step",
    says="One step in filling a post: approved, advertised, shortlisted, interviewed, offered, checked, started.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("post_id", "kind", "happened_on"),
    about="post_id",
    match=(),
    columns=(
        Column("post_id", Type.TEXT, "The post to be filled.", refers="post.post_id", required=True),
        Column("kind", Type.TEXT, "Which step in filling the post was taken.", codes="vacancy_step", required=True),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which the step was done; a step that is awaited has no row.",
            required=True,
        ),
        Column("outcome", Type.TEXT, "How the step ended, such as no applicants."),
        Column(
            "worker_id", Type.TEXT, "The worker who is to start, once there is one.", refers="professionals.worker_id"
        ),
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

TRAINING_NEED = Table(
    name="training_need",
    title="Training need",
    says="Something a worker needs to learn, who asked for it, and by when.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("need_id",),
    about="worker_id",
    match=(),
    columns=(
        Column("need_id", Type.TEXT, "The need's own number.", required=True),
        Column(
            "worker_id", Type.TEXT, "The worker who needs to learn.", refers="professionals.worker_id", required=True
        ),
        Column("happened_on", Type.DATE, "The day on which it was agreed.", required=True),
        Column("subject", Type.TEXT, "What is to be learnt, in plain words."),
        Column("wanted_by_on", Type.DATE, "The day by which it should have been learnt."),
        Column("asked_by", Type.TEXT, "Who asked for it, by role: the worker, a supervisor, an audit."),
        Column("aim", Type.TEXT, "What the worker should be able to do afterwards, without a child in it."),
    ),
)

TRAINING_SESSION = Table(
    name="training_session",
    title="Training session",
    says="A session offered to a worker, whether they came, and why not.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("session_id", "worker_id"),
    about="worker_id",
    match=(),
    columns=(
        Column("session_id", Type.TEXT, "The session; everybody who was offered it has a row.", required=True),
        Column(
            "worker_id",
            Type.TEXT,
            "The worker who was offered the session.",
            refers="professionals.worker_id",
            required=True,
        ),
        Column("need_id", Type.TEXT, "The need that it meets.", refers="training_need.need_id"),
        Column("happened_on", Type.DATE, "The day of the session.", required=True),
        Column("subject", Type.TEXT, "What it taught."),
        Column("format", Type.TEXT, "In person, online or shadowing."),
        Column("starts_time", Type.TIME, "The time of day at which it begins."),
        Column("place", Type.TEXT, "Where it is held."),
        Column("fits_pattern", Type.FLAG, "Whether it falls within the days and hours that the worker works."),
        Column("attended", Type.FLAG, "Whether the worker came; empty until somebody says."),
        Column("reason_not", Type.TEXT, "Why the worker did not come, such as no cover for visits."),
        Column("applied_on", Type.DATE, "The day on which the learning was seen in practice."),
        Column("applied_how", Type.TEXT, "What changed in practice, without a child in it."),
    ),
)

PRACTICE_OBSERVATION = Table(
    name="practice_observation",
    title="Practice observation",
    says=(
        "Somebody watched a worker's practice and told them what they saw: for the worker, whoever supervises them and"
        " the line above. It scores nobody, and no figure counts it by worker."
    ),
    kind=Kind.EVENT,
    topic="workforce",
    key=("observation_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("observation_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker observed.", refers="professionals.worker_id", required=True),
        Column("observer_id", Type.TEXT, "Who observed.", refers="professionals.worker_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was observed.", required=True),
        Column("practice", Type.TEXT, "What was observed.", codes="practice_observed", required=True),
        Column(
            "feedback", Type.TEXT, "What the worker was told, with no child in it.", identifying=True, required=True
        ),
        Column("agreed_next", Type.TEXT, "What the two agreed to do next.", identifying=True),
        Column("told_on", Type.DATE, "The day on which the worker was told."),
    ),
)

REGISTRATION = Table(
    name="registration",
    title="Registration",
    says="A worker is on the register of a body, under which number, from when and until when unless it is renewed.",
    kind=Kind.PERIOD,
    topic="workforce",
    key=("registration_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("registration_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker.", refers="professionals.worker_id", required=True),
        Column("body", Type.TEXT, "The body that keeps the register.", codes="registration_body", required=True),
        Column(
            "registration_no",
            Type.TEXT,
            "The worker's number in the register. Only the worker and whoever looks after the workforce are shown it.",
            identifying=True,
            required=True,
        ),
        Column("renew_by_on", Type.DATE, "The last day on which it holds unless it is renewed."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

DISCLOSURE_CHECK = Table(
    name="disclosure_check",
    title="Disclosure check",
    says="The day and the outcome of a worker's check with the Disclosure and Barring Service; nothing that it says.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("check_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("check_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker.", refers="professionals.worker_id", required=True),
        Column("happened_on", Type.DATE, "The day on the certificate.", required=True),
        Column("outcome", Type.TEXT, "What was decided after it.", codes="disclosure_outcome", required=True),
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

POST_CHANGE = Table(
    name="post_change",
    title="Change of a post",
    says="Somebody changed, closed or corrected a post or a step of its recruitment here, and why.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("change_id",),
    about="post_id",
    match=(),
    stays=True,
    columns=(
        Column("change_id", Type.TEXT, "Its own number.", required=True),
        Column("post_id", Type.TEXT, "The post.", refers="post.post_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was changed.", required=True),
        Column("what", Type.TEXT, "What was done.", codes="post_change", required=True),
        Column("why", Type.TEXT, "Why, in words.", identifying=True, required=True),
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

TABLES = (
    POST,
    APPOINTMENT,
    VACANCY_STEP,
    ABSENCE,
    WORKFORCE_SNAPSHOT,
    WORKFORCE_TOTALS,
    TRAINING_NEED,
    TRAINING_SESSION,
    LOAD_CHALLENGE,
    POST_CHANGE,
    PRACTICE_OBSERVATION,
    REGISTRATION,
    DISCLOSURE_CHECK,
    STAFF_CHANGE,
)
