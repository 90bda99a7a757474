"""Changes of a child's worker that were offered here, from the offer to the goodbye."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

HANDOVER = Table(
    name="handover",
    title="Handover",
    says=(
        "A child was offered by one worker's service to another: what came of it, and on which days the child was told,"
        " met the new worker and was offered a goodbye."
    ),
    kind=Kind.EVENT,
    topic="people_at_work",
    key=("handover_id",),
    about="child_id",
    columns=(
        Column("handover_id", Type.TEXT, "The handover's own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("from_worker_id", Type.TEXT, "Who held the child.", refers="professionals.worker_id", required=True),
        Column(
            "worker_id", Type.TEXT, "To whom the child is offered.", refers="professionals.worker_id", required=True
        ),
        Column("team_id", Type.TEXT, "The team in which they are to hold the child.", refers="department.team_id"),
        Column("happened_on", Type.DATE, "The day of the offer.", required=True),
        Column("starts_on", Type.DATE, "The first day on which they are to hold the child.", required=True),
        Column(
            "cause",
            Type.TEXT,
            "Why the worker changes, as one of ten published causes or in local words.",
            codes="change_cause",
            required=True,
        ),
        Column("why", Type.TEXT, "Why it is right for this child, in words.", identifying=True),
        Column("answer", Type.TEXT, "What came of the offer; empty while it waits.", codes="handover_answer"),
        Column("answered_on", Type.DATE, "The day on which it was answered."),
        Column("answered_why", Type.TEXT, "Why it was refused or withdrawn.", identifying=True),
        Column("told_on", Type.DATE, "The day on which the child was told of the change."),
        Column("introduced_on", Type.DATE, "The day on which both workers met the child together."),
        Column("goodbye_on", Type.DATE, "The day on which the child was offered a goodbye."),
    ),
)

COVER_DECISION = Table(
    name="cover_decision",
    title="Cover decision",
    says="A manager decided for a child whose worker is away who covers, from when until when, or why nobody does.",
    kind=Kind.EVENT,
    topic="people_at_work",
    key=("decision_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("decision_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("worker_id", Type.TEXT, "The worker who is away.", refers="professionals.worker_id", required=True),
        Column("away_since_on", Type.DATE, "The first day of the absence for which it was decided.", required=True),
        Column("covered_by", Type.TEXT, "Who covers; empty where nobody does.", refers="professionals.worker_id"),
        Column("happened_on", Type.DATE, "The day on which it was decided.", required=True),
        Column("from_on", Type.DATE, "The first day for which it was decided."),
        Column("until_on", Type.DATE, "The last day for which it was decided."),
        Column("why", Type.TEXT, "Why nobody covers, or why it is this worker.", identifying=True),
    ),
)

TABLES = (HANDOVER, COVER_DECISION)
