"""What workers need to learn, what they are offered, and who watched their practice."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

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
