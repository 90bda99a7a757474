"""That somebody asked for an entry to be erased, and what a second person answered."""

from __future__ import annotations

from keyworker.vocabulary.shape import Column, Kind, Table, Type

ERASURE_ASKED = Table(
    name="erasure_asked",
    title="Erasure asked for",
    says=(
        "Somebody asked, for a lawful reason, that an entry about a child be erased in all its history, and a second "
        "person agreed or refused. It stays, and says nothing of what the entry said."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("erasure_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("erasure_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was asked for.", required=True),
        Column("in_table", Type.TEXT, "The table of the entry.", required=True),
        Column("entry", Type.INTEGER, "The entry's number, which stays when it is erased.", required=True),
        Column("reason", Type.TEXT, "The lawful reason.", codes="erasure_reason", required=True),
        Column("why", Type.TEXT, "Why, in words that say nothing of the entry.", identifying=True, required=True),
        Column("asked_by", Type.TEXT, "The sign-in of whoever asked.", required=True),
        Column("answer", Type.TEXT, "What the second person answered; empty while it waits.", codes="erasure_answer"),
        Column("answered_by", Type.TEXT, "The sign-in of the second person."),
        Column("answered_on", Type.DATE, "The day of the answer."),
        Column("answered_why", Type.TEXT, "Why it was refused.", identifying=True),
    ),
)

TABLES = (ERASURE_ASKED,)
