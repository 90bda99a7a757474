"""Small dated things that share one shape."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type
from keyworker.vocabulary.tables.visit_columns import VISIT_COLUMNS

STEP = Table(
    name="step",
    title="Step",
    says="One small dated thing that a timescale starts from, is met by or stops at, and that has no table of its own.",
    kind=Kind.EVENT,
    topic="steps",
    key=("step_id",),
    about="child_id",
    match=(),
    columns=(
        Column("step_id", Type.TEXT, "The step's own number in the source.", required=True),
        Column("child_id", Type.TEXT, "The child, when it is about a child.", refers="person.child_id"),
        Column("worker_id", Type.TEXT, "The worker, when it is about a worker.", refers="professionals.worker_id"),
        Column("kind", Type.TEXT, "What the step is, as one of the step kinds.", codes="step_kind", required=True),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which it happened, not the day on which it was written up.",
            required=True,
        ),
        Column("happened_time", Type.TIME, "The time of day, where the source gives it."),
        Column("belongs_to", Type.TEXT, "The table of the thing that it belongs to, such as s47_enquiry."),
        Column("belongs_to_id", Type.TEXT, "The number of that thing."),
        Column("outcome", Type.TEXT, "How it ended, where that matters, such as refused."),
        Column("by_whom", Type.TEXT, "Who did it, by role or agency, never by name."),
    ),
)

OTHER_VISIT = Table(
    name="other_visit",
    title="Other visit",
    says="A visit of a kind that has no table of its own, such as to a care leaver or an assessment visit.",
    kind=Kind.EVENT,
    topic="steps",
    key=("visit_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    columns=(
        Column("visit_id", Type.TEXT, "The visit's own number in the source.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("visit_kind", Type.TEXT, "What the visit counts as.", codes="visit_kind"),
        Column("happened_on", Type.DATE, "The day of the visit, made or meant.", required=True),
        Column("seen", Type.FLAG, "Whether the child was seen. Empty is not known; it is never read as no."),
        Column(
            "seen_alone", Type.FLAG, "Whether the child was seen alone. Empty is not known; it is never read as no."
        ),
        *VISIT_COLUMNS,
    ),
)

TABLES = (
    STEP,
    OTHER_VISIT,
)
