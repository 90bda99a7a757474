"""Audits, concerns and actions."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

AUDIT = Table(
    name="audit",
    title="Audit",
    says="A look at one child's file by somebody outside the work.",
    kind=Kind.EVENT,
    topic="quality",
    key=("audit_id",),
    about="child_id",
    match=(),
    columns=(
        Column("audit_id", Type.TEXT, "The audit's own number.", required=True),
        Column("child_id", Type.TEXT, "The child whose file it was.", refers="person.child_id"),
        Column("happened_on", Type.DATE, "The day on which the file was looked at.", required=True),
        Column("auditor", Type.TEXT, "The auditor's role, and never in the child's own line of management."),
        Column("judgement", Type.TEXT, "The judgement reached, in the words of the council's audit tool."),
        Column("theme", Type.TEXT, "What the audit looked for, such as visits or supervision."),
    ),
)

CONCERN = Table(
    name="concern",
    title="Concern",
    says="Something wrong that somebody owns, with the effect expected of putting it right.",
    kind=Kind.PERIOD,
    topic="quality",
    key=("concern_id",),
    about="",
    match=(),
    columns=(
        Column("concern_id", Type.TEXT, "The concern's own number.", required=True),
        Column(
            "about", Type.TEXT, "What it is about: a child, a worker, a team or the service.", codes="concern_about"
        ),
        Column("child_id", Type.TEXT, "The child, where it is about one.", refers="person.child_id"),
        Column("team_id", Type.TEXT, "The team, where it is about one.", refers="team.team_id"),
        Column("raised_by", Type.TEXT, "Who raised it, by role; staff may do so without a name."),
        Column("owner", Type.TEXT, "Whoever answers for putting it right."),
        Column("says", Type.TEXT, "What is wrong, in a sentence or two.", identifying=True),
        Column("expected_effect", Type.TEXT, "What should change, and how that will be seen.", identifying=True),
        Column("check_on", Type.DATE, "The day on which it will be checked."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

ACTION = Table(
    name="action",
    title="Action",
    says="Something to be done, by whom, by when, and whether it worked.",
    kind=Kind.EVENT,
    topic="quality",
    key=("action_id",),
    about="",
    match=(),
    columns=(
        Column("action_id", Type.TEXT, "The action's own number.", required=True),
        Column("concern_id", Type.TEXT, "The concern that it answers.", refers="concern.concern_id"),
        Column("audit_id", Type.TEXT, "The audit that it follows.", refers="audit.audit_id"),
        Column("supervision_id", Type.TEXT, "The supervision in which it was agreed."),
        Column("child_id", Type.TEXT, "The child, where it is about one.", refers="person.child_id"),
        Column("happened_on", Type.DATE, "The day on which it was agreed.", required=True),
        Column("owner", Type.TEXT, "Whoever is to do it."),
        Column("says", Type.TEXT, "What is to be done, in a sentence.", identifying=True),
        Column("due_on", Type.DATE, "The day by which it should be done."),
        Column("done_on", Type.DATE, "The day on which it was done; that it worked is said beside it."),
        Column("effect", Type.TEXT, "What was seen when it was checked.", identifying=True),
    ),
)

TABLES = (
    AUDIT,
    CONCERN,
    ACTION,
)
