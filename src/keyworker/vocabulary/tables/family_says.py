"""What a child or a parent says of the record: their words, whom they trust, that they do not agree with an entry."""

from __future__ import annotations

from keyworker.vocabulary.shape import Column, Kind, Table, Type

OWN_WORDS = Table(
    name="own_words",
    title="Own words of a child or parent",
    says=(
        "What a child, or somebody of the family, wants to stand in the record: in their own words, whom they trust, "
        "or that they do not agree with an entry. A worker writes it down for them, and only they take it back."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("words_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("words_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which they said it.", required=True),
        Column("kind", Type.TEXT, "What it is.", codes="own_words_kind", required=True),
        Column("said_by", Type.TEXT, "What whoever said it is to the child.", codes="relation", required=True),
        Column("person", Type.TEXT, "Their name, where it was not the child.", identifying=True),
        Column("words", Type.TEXT, "What they said, in their own words.", identifying=True),
        Column("trusts", Type.TEXT, "Whom they trust, by name and as what.", identifying=True),
        Column("in_table", Type.TEXT, "The table of the entry with which they do not agree."),
        Column("row_number", Type.TEXT, "The number of that entry's row in its table."),
        Column("entry_on", Type.DATE, "The day of that entry."),
        Column("worker_id", Type.TEXT, "Who wrote it down.", refers="professionals.worker_id"),
        Column("taken_back_on", Type.DATE, "The day on which they took it back; empty while it stands."),
        Column("taken_back_words", Type.TEXT, "What they said as they took it back.", identifying=True),
    ),
)

TABLES = (OWN_WORDS,)
