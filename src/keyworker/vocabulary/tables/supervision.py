"""Supervision of workers and of the work with a child, kept apart."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

SUPERVISION_LINE = Table(
    name="supervision_line",
    title="Supervision line",
    says="Who supervises whom, from when until when.",
    kind=Kind.PERIOD,
    topic="supervision",
    key=("worker_id", "supervisor_id", "from_on"),
    about="worker_id",
    match=(),
    columns=(
        Column(
            "worker_id", Type.TEXT, "The worker who is supervised.", refers="professionals.worker_id", required=True
        ),
        Column(
            "supervisor_id",
            Type.TEXT,
            "Whoever supervises them, who need not be their team manager.",
            refers="professionals.worker_id",
            required=True,
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

SUPERVISION_DEPUTY = Table(
    name="supervision_deputy",
    title="Deputy in supervision",
    says=(
        "Who supervises a worker while whoever usually does is away, or the post is vacant. The usual line stays as it "
        "is, and no figure of how many somebody supervises counts a deputy."
    ),
    kind=Kind.PERIOD,
    topic="supervision",
    key=("deputy_id",),
    about="worker_id",
    match=(),
    columns=(
        Column("deputy_id", Type.TEXT, "Its own number.", required=True),
        Column(
            "worker_id", Type.TEXT, "The worker who is supervised.", refers="professionals.worker_id", required=True
        ),
        Column(
            "supervisor_id",
            Type.TEXT,
            "The deputy, who supervises them meanwhile.",
            refers="professionals.worker_id",
            required=True,
        ),
        Column("deputy_why", Type.TEXT, "Why there is a deputy.", codes="deputy_why", required=True),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

PERSONAL_SUPERVISION = Table(
    name="personal_supervision",
    title="Personal supervision",
    says="A worker's own supervision, held or not. Its notes are for the pair; only its fact is here.",
    kind=Kind.EVENT,
    topic="supervision",
    key=("supervision_id",),
    about="worker_id",
    match=(),
    columns=(
        Column("supervision_id", Type.TEXT, "The supervision's own number.", required=True),
        Column(
            "worker_id", Type.TEXT, "The worker who is supervised.", refers="professionals.worker_id", required=True
        ),
        Column("supervisor_id", Type.TEXT, "Whoever held it, or was to.", refers="professionals.worker_id"),
        Column("planned_on", Type.DATE, "The day for which it was planned first."),
        Column("happened_on", Type.DATE, "The day on which it was held, or would have been.", required=True),
        Column("outcome", Type.TEXT, "Whether it was held or cancelled.", codes="supervision_outcome", required=True),
        Column("minutes", Type.INTEGER, "How long it lasted; a newly qualified worker needs 90 undisturbed minutes."),
        Column("cancelled_by", Type.TEXT, "Who called it off: worker, supervisor or other."),
    ),
)

CASE_SUPERVISION = Table(
    name="case_supervision",
    title="Case supervision",
    says="Supervision about one child, on the child's record.",
    kind=Kind.EVENT,
    topic="supervision",
    key=("supervision_id", "child_id"),
    about="child_id",
    match=(),
    columns=(
        Column(
            "supervision_id",
            Type.TEXT,
            "The supervision's own number; one supervision speaks of several children.",
            required=True,
        ),
        Column("child_id", Type.TEXT, "The child who was spoken of.", refers="person.child_id", required=True),
        Column("worker_id", Type.TEXT, "The worker who was supervised.", refers="professionals.worker_id"),
        Column("supervisor_id", Type.TEXT, "Whoever supervised.", refers="professionals.worker_id"),
        Column("happened_on", Type.DATE, "The day on which it was held, or would have been.", required=True),
        Column("outcome", Type.TEXT, "Whether it was held or cancelled.", codes="supervision_outcome", required=True),
        Column("decision", Type.TEXT, "What was decided for the child, on the child's own record.", identifying=True),
    ),
)

CASE_SUPERVISION_NOTE = Table(
    name="case_supervision_note",
    title="Note of a case supervision",
    says="What was written of a child's case supervision that was recorded here, beside the decision.",
    kind=Kind.EVENT,
    topic="supervision",
    key=("supervision_id", "child_id"),
    about="child_id",
    columns=(
        Column("supervision_id", Type.TEXT, "The supervision's number, which its own row has too.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was held, or would have been.", required=True),
        Column("form", Type.TEXT, "In which form it was held.", codes="supervision_form", required=True),
        Column("present", Type.TEXT, "Who else took part.", identifying=True),
        Column("why", Type.TEXT, "Why it was decided so, or called off.", identifying=True),
        Column("cancelled_by", Type.TEXT, "Who called it off.", codes="supervision_cancelled_by"),
        Column("confirmed", Type.FLAG, "Whether the worker says that it was so; empty while they have not said."),
        Column("answered_on", Type.DATE, "The day on which the worker said so."),
        Column("answer", Type.TEXT, "What the worker adds, or says was otherwise.", identifying=True),
        Column("withdrawn", Type.FLAG, "Whether it was withdrawn: it was never held or meant."),
        Column("changed_why", Type.TEXT, "Why it was withdrawn; empty while it stands.", identifying=True),
    ),
)

SUPERVISION_ACTION = Table(
    name="supervision_action",
    title="Action from case supervision",
    says="What somebody undertook for a child in supervision, by when, and what came of it. Carried until it ends.",
    kind=Kind.EVENT,
    topic="supervision",
    key=("action_id",),
    about="child_id",
    columns=(
        Column("action_id", Type.TEXT, "The action's own number.", required=True),
        Column("supervision_id", Type.TEXT, "The supervision in which it was undertaken.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was undertaken.", required=True),
        Column("what", Type.TEXT, "What is to be done.", identifying=True, required=True),
        Column("worker_id", Type.TEXT, "Who is to do it.", refers="professionals.worker_id", required=True),
        Column("due_on", Type.DATE, "The day by which it is to be done.", required=True),
        Column("ended_on", Type.DATE, "The day on which it was done or given up; empty while it is open."),
        Column("done", Type.FLAG, "Whether it was done; no where it was given up."),
        Column("outcome", Type.TEXT, "What came of it, or why it was given up.", identifying=True),
    ),
)

SUPERVISION_NOTE = Table(
    name="supervision_note",
    title="Note of a personal supervision",
    says="What was said in a worker's own supervision, for the two who held it and the supervisor's manager.",
    kind=Kind.EVENT,
    topic="supervision",
    key=("note_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("note_id", Type.TEXT, "The note's own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker supervised.", refers="professionals.worker_id", required=True),
        Column("supervisor_id", Type.TEXT, "Whoever held it.", refers="professionals.worker_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was held, not that of writing.", required=True),
        Column("note", Type.TEXT, "What was said, as one of the two wrote it.", identifying=True, required=True),
        Column(
            "written_by",
            Type.TEXT,
            "Which of the two wrote it.",
            refers="professionals.worker_id",
            required=True,
        ),
        Column("agreed", Type.FLAG, "Whether the worker agrees with it; empty while they have not said."),
        Column("answered_on", Type.DATE, "The day on which the worker said whether they agree."),
        Column("answer", Type.TEXT, "What the worker added, or does not agree with.", identifying=True),
        Column("withdrawn_on", Type.DATE, "The day on which whoever wrote it withdrew it; empty while it stands."),
        Column("withdrawn_why", Type.TEXT, "Why it was withdrawn, where it was.", identifying=True),
    ),
)

SUPERVISION_OPENING = Table(
    name="supervision_opening",
    title="Earlier notes opened",
    says="A worker lets a new supervisor read the notes of supervisions that somebody else held before.",
    kind=Kind.PERIOD,
    topic="supervision",
    key=("opening_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("opening_id", Type.TEXT, "The opening's own number.", required=True),
        Column(
            "worker_id", Type.TEXT, "The worker whose notes they are.", refers="professionals.worker_id", required=True
        ),
        Column(
            "supervisor_id",
            Type.TEXT,
            "Who may read them, for as long as they supervise the worker.",
            refers="professionals.worker_id",
            required=True,
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The day on which the worker closed them again; empty while they are open."),
    ),
)

TABLES = (
    SUPERVISION_LINE,
    SUPERVISION_DEPUTY,
    PERSONAL_SUPERVISION,
    CASE_SUPERVISION,
    CASE_SUPERVISION_NOTE,
    SUPERVISION_ACTION,
    SUPERVISION_NOTE,
    SUPERVISION_OPENING,
)
