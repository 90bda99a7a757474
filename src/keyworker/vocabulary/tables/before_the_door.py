"""What whoever visits must know before the door: how the family communicates, and what to beware of."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

COMMUNICATION = Table(
    name="communication",
    title="Language and communication",
    says=(
        "A language or way of communicating of a child or of somebody at home, and whether an interpreter is needed. "
        "No row means that nobody has asked, never that English will do."
    ),
    kind=Kind.PERIOD,
    topic="before_the_door",
    key=("communication_id",),
    about="child_id",
    match=(),
    columns=(
        Column("communication_id", Type.TEXT, "The row's own number in the source.", required=True),
        Column("child_id", Type.TEXT, "The child who is visited.", refers="person.child_id", required=True),
        Column("who", Type.TEXT, "Whose it is: the child's, a parent's or a carer's.", codes="communicates"),
        Column("language", Type.TEXT, "The language or way of communicating, in words.", required=True),
        Column("interpreter", Type.FLAG, "Whether an interpreter is needed. Empty is not known; it is never no."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

VISIT_WARNING = Table(
    name="visit_warning",
    title="Warning before a visit",
    says=(
        "Something that whoever visits a child must know before the door: set by somebody, for a reason, until it is "
        "reviewed. It is about the visit and never a judgement of a child."
    ),
    kind=Kind.PERIOD,
    topic="before_the_door",
    key=("warning_id",),
    about="child_id",
    match=(),
    columns=(
        Column("warning_id", Type.TEXT, "The warning's own number in the source.", required=True),
        Column("child_id", Type.TEXT, "The child who is visited.", refers="person.child_id", required=True),
        Column("kind", Type.TEXT, "What sort of warning it is.", codes="visit_warning", required=True),
        Column("says", Type.TEXT, "What to do about it, in a sentence.", identifying=True),
        Column("basis", Type.TEXT, "How it is known, and from whom.", identifying=True),
        Column("set_by", Type.TEXT, "Who set it, by role."),
        Column("review_on", Type.DATE, "The day by which somebody should look whether it still holds."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
        Column("ended_why", Type.TEXT, "Why it was ended.", identifying=True),
    ),
)

WARNING_REVIEW = Table(
    name="warning_review",
    title="Warning looked at again",
    says=(
        "That somebody who manages looked whether a warning before a visit still holds, and it does: what they found, "
        "and by when it is to be looked at next. It answers whoever did not agree with the warning before it."
    ),
    kind=Kind.EVENT,
    topic="before_the_door",
    key=("review_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("review_id", Type.TEXT, "Its own number.", required=True),
        Column("warning_id", Type.TEXT, "The warning.", refers="visit_warning.warning_id", required=True),
        Column("child_id", Type.TEXT, "The child who is visited.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was looked at.", required=True),
        Column("found", Type.TEXT, "Why it still holds.", identifying=True, required=True),
        Column("review_on", Type.DATE, "The day by which it is to be looked at next.", required=True),
        Column("worker_id", Type.TEXT, "Who looked at it.", refers="professionals.worker_id"),
    ),
)

TABLES = (COMMUNICATION, VISIT_WARNING, WARNING_REVIEW)
