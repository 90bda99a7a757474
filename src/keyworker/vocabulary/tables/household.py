"""Who is related to a child and lives with them, who was consulted, and what happened that has no table of its own."""

from __future__ import annotations

from keyworker.vocabulary.shape import Column, Kind, Table, Type

RELATIONSHIP = Table(
    name="relationship",
    title="Relationship",
    says=(
        "Somebody who is related to a child or matters to them: what they are to the child, whether they have "
        "parental responsibility, and whether the child lives with them."
    ),
    kind=Kind.PERIOD,
    topic="children",
    key=("relationship_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("relationship_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("person", Type.TEXT, "Their name.", identifying=True, required=True),
        Column("relation", Type.TEXT, "What they are to the child.", codes="relation", required=True),
        Column(
            "responsibility",
            Type.FLAG,
            "Whether they have parental responsibility. Empty is not known; it is never read as no.",
        ),
        Column("lives_with", Type.FLAG, "Whether the child lives with them. Empty is not known."),
        Column("from_on", Type.DATE, "The first day on which this was so, or was learnt.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
        Column("worker_id", Type.TEXT, "Who wrote it down.", refers="professionals.worker_id"),
    ),
)

CASE_NOTE = Table(
    name="case_note",
    title="Case note",
    says="What happened with a child that is no visit, supervision or meeting, as somebody wrote it down.",
    kind=Kind.EVENT,
    topic="children",
    key=("note_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("note_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it happened.", required=True),
        Column("happened_time", Type.TIME, "The time of day, where somebody knows it."),
        Column("kind", Type.TEXT, "What it was.", codes="note_kind", required=True),
        Column("present", Type.TEXT, "Who was there or spoke.", identifying=True),
        Column("note", Type.TEXT, "What happened, in words.", identifying=True, required=True),
        Column("worker_id", Type.TEXT, "Who wrote it down.", refers="professionals.worker_id"),
        Column("together_id", Type.TEXT, "What the notes of one writing share, of brothers and sisters; else empty."),
    ),
)

CONSULTATION = Table(
    name="consultation",
    title="Consultation",
    says=(
        "That whoever works with a child talked it over with somebody whose knowledge was needed, such as a clinician, "
        "or visited with them: what was asked, what they advised, and what follows. It is no case supervision."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("consultation_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("consultation_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it happened.", required=True),
        Column("consulted", Type.TEXT, "Whose knowledge was asked.", codes="consulted", required=True),
        Column("way", Type.TEXT, "How they were asked.", codes="consultation_way", required=True),
        Column("present", Type.TEXT, "Who took part.", identifying=True),
        Column("asked", Type.TEXT, "What was asked.", identifying=True, required=True),
        Column("advice", Type.TEXT, "What they advised.", identifying=True, required=True),
        Column("follows", Type.TEXT, "What is done about it, or why nothing is.", identifying=True, required=True),
        Column("worker_id", Type.TEXT, "Who wrote it down.", refers="professionals.worker_id"),
    ),
)

NEW_CHILD = Table(
    name="new_child",
    title="New child",
    says="That a child whom nobody here knew was written down by hand, and why none of the children like it was it.",
    kind=Kind.EVENT,
    topic="children",
    key=("new_child_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("new_child_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which the child was written down.", required=True),
        Column("shown", Type.INTEGER, "How many children like it were shown to whoever wrote it down.", required=True),
        Column("why_new", Type.TEXT, "Why it is none of these, in words.", identifying=True),
        Column("worker_id", Type.TEXT, "Who wrote it down.", refers="professionals.worker_id"),
        Column("team_id", Type.TEXT, "Their team.", refers="team.team_id"),
    ),
)

TABLES = (RELATIONSHIP, CASE_NOTE, CONSULTATION, NEW_CHILD)
