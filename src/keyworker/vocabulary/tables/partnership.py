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

MEETING = Table(
    name="meeting",
    title="Meeting about a child",
    says=(
        "A meeting about one child between the family and the agencies: whether it went ahead, how the child and the "
        "parents took part, what was decided, when the next one is. The conference itself is a row of its own table."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("meeting_id",),
    about="child_id",
    columns=(
        Column("meeting_id", Type.TEXT, "The meeting's own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day of the meeting, held or meant.", required=True),
        Column("kind", Type.TEXT, "Which meeting it was.", codes="meeting_kind", required=True),
        Column("worker_id", Type.TEXT, "The worker of the council who chaired it.", refers="professionals.worker_id"),
        Column("held", Type.FLAG, "Whether it went ahead.", required=True),
        Column("quorate", Type.FLAG, "Whether enough agencies came, by the council's quorum; empty where it set none."),
        Column("why", Type.TEXT, "Why it went ahead without a quorum, or did not go ahead.", identifying=True),
        Column("enquiry", Type.FLAG, "Of a strategy discussion, whether it decided that enquiries begin."),
        Column("report_on", Type.DATE, "The day on which the family and the chair had the worker's report."),
        Column("child_part", Type.TEXT, "How the child took part.", codes="child_part"),
        Column("child_part_why", Type.TEXT, "Why the child was not asked.", identifying=True),
        Column("parents_part", Type.TEXT, "How the parents took part.", codes="parents_part"),
        Column("advocate_offered", Type.FLAG, "Whether the child was offered an advocate."),
        Column("advocate_came", Type.FLAG, "Whether an advocate came, or spoke for the child."),
        Column("decision", Type.TEXT, "What was decided.", identifying=True),
        Column("next_on", Type.DATE, "The day of the next meeting, where it was agreed."),
        Column("withdrawn", Type.FLAG, "Whether it was withdrawn: it was never held or meant."),
        Column("changed_why", Type.TEXT, "Why it was withdrawn.", identifying=True),
    ),
)

MEETING_INVITATION = Table(
    name="meeting_invitation",
    title="Invitation to a meeting",
    says="That an agency was invited to a meeting about a child, and whether it came.",
    kind=Kind.EVENT,
    topic="children",
    key=("meeting_id", "agency"),
    about="child_id",
    columns=(
        Column("meeting_id", Type.TEXT, "The meeting.", refers="meeting.meeting_id", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day of the meeting.", required=True),
        Column("agency", Type.TEXT, "The agency that was invited.", codes="agency", required=True),
        Column("attended", Type.TEXT, "Whether it came, or what it sent.", codes="attendance", required=True),
    ),
)

CHALLENGE = Table(
    name="challenge",
    title="Challenge",
    says=(
        "That whoever chairs, an independent reviewing officer or another agency does not accept what is planned or "
        "done for a child, what they ask for, and how it ended. Each stage of it is a row of its own."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("challenge_id",),
    about="child_id",
    columns=(
        Column("challenge_id", Type.TEXT, "The challenge's own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was raised.", required=True),
        Column("raised_by", Type.TEXT, "Who raised it.", codes="challenger", required=True),
        Column("agency", Type.TEXT, "The agency that raised it, where it was another agency.", codes="agency"),
        Column("account", Type.TEXT, "The sign-in of whoever raised it, or wrote it down for them.", required=True),
        Column("what", Type.TEXT, "What they do not accept, and what they ask for.", identifying=True, required=True),
        Column("why", Type.TEXT, "Why they do not accept it.", identifying=True, required=True),
        Column("ended_on", Type.DATE, "The day on which it ended; empty while it is open."),
        Column("outcome", Type.TEXT, "How it ended.", codes="challenge_outcome"),
        Column("outcome_says", Type.TEXT, "What changed for the child; why it was withdrawn.", identifying=True),
    ),
)

CHALLENGE_STAGE = Table(
    name="challenge_stage",
    title="Stage of a challenge",
    says="One stage of a challenge: with whom it is, by when it must be answered, and the answer.",
    kind=Kind.EVENT,
    topic="children",
    key=("stage_id",),
    about="child_id",
    columns=(
        Column("stage_id", Type.TEXT, "The stage's own number.", required=True),
        Column("challenge_id", Type.TEXT, "The challenge.", refers="challenge.challenge_id", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it came to this stage.", required=True),
        Column("stage", Type.TEXT, "Which stage.", codes="challenge_stage", required=True),
        Column("worker_id", Type.TEXT, "Who is to answer it.", refers="professionals.worker_id"),
        Column("due_on", Type.DATE, "The day by which it is to be answered.", required=True),
        Column("answered_on", Type.DATE, "The day on which it was answered; empty while it waits."),
        Column("answer", Type.TEXT, "The answer.", codes="challenge_answer"),
        Column("answer_says", Type.TEXT, "What will be done, or why nothing will.", identifying=True),
    ),
)

CHAIRING = Table(
    name="chairing",
    title="Who chairs",
    says=(
        "That somebody chairs a child's conferences, or their reviews as an independent reviewing officer, from when "
        "to when. An extract may say the same of an involvement, by the role that it names."
    ),
    kind=Kind.PERIOD,
    topic="children",
    key=("chairing_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("chairing_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("what", Type.TEXT, "What they chair.", codes="chaired", required=True),
        Column("account", Type.TEXT, "The sign-in of whoever chairs."),
        Column("worker_id", Type.TEXT, "The worker who chairs, where they are one.", refers="professionals.worker_id"),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
        Column("ended_why", Type.TEXT, "Why they no longer chair, or to whom it went.", identifying=True),
    ),
)

TABLES = (PLAN_ACTION, MEETING, MEETING_INVITATION, CHALLENGE, CHALLENGE_STAGE, CHAIRING)
