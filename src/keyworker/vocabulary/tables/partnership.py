"""What families, the council and other agencies agree to do under a child's plan."""

from __future__ import annotations

from keyworker.vocabulary.shape import Column, Kind, Table, Type

PLAN_ACTION = Table(
    name="plan_action",
    title="Action of a plan",
    says=(
        "What a child's plan asks: the need that it serves, what is to be done, who has agreed to do it (a worker, "
        "somebody of the family, another agency), by which day, and what came of it."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("action_id",),
    about="child_id",
    columns=(
        Column("action_id", Type.TEXT, "The action's own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was agreed.", required=True),
        Column("plan", Type.TEXT, "Under which plan it was agreed.", codes="plan_kind", required=True),
        Column("need", Type.TEXT, "Which need of the child it serves.", identifying=True),
        Column("what", Type.TEXT, "What is to be done, in a sentence.", identifying=True, required=True),
        Column("agency", Type.TEXT, "The agency whose it is; empty where it is the family's.", codes="agency"),
        Column("worker_id", Type.TEXT, "The worker of the council who is to do it.", refers="professionals.worker_id"),
        Column(
            "relation", Type.TEXT, "Who of the family is to do it, by what they are to the child.", codes="relation"
        ),
        Column("account", Type.TEXT, "The sign-in of whoever of another agency is to do it, where they have one."),
        Column(
            "told_as",
            Type.TEXT,
            "By which words that agency knows the child. Whoever signs in for it is shown these alone.",
            identifying=True,
        ),
        Column("due_on", Type.DATE, "The day by which it is to be done.", required=True),
        Column("first_due_on", Type.DATE, "The day that was agreed first, where it was moved."),
        Column("moved_why", Type.TEXT, "Why its day was moved, where it was.", identifying=True),
        Column("ended_on", Type.DATE, "The day on which it was done or given up; empty while it is open."),
        Column("done", Type.FLAG, "Whether it was done; no where it was given up; empty while it is open."),
        Column("outcome", Type.TEXT, "What came of it; why, where it was given up.", identifying=True),
    ),
)

TABLES = (PLAN_ACTION,)
