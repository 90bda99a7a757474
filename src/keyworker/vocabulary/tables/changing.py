"""Why what was written here was changed."""

from __future__ import annotations

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CHANGED_WHY = Table(
    name="changed_why",
    title="Why an entry was changed",
    says=(
        "Why somebody corrected or withdrew an entry about a child: it stands beside the entry's history, written in "
        "the act that changed it."
    ),
    kind=Kind.EVENT,
    topic="children",
    key=("change_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("change_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was changed.", required=True),
        Column("in_table", Type.TEXT, "The table of the entry.", required=True),
        Column("row_number", Type.TEXT, "The number of the entry's row in its table.", required=True),
        Column("why", Type.TEXT, "Why, in words.", identifying=True, required=True),
        Column("worker_id", Type.TEXT, "Who changed it.", refers="professionals.worker_id"),
    ),
)

TABLES = (CHANGED_WHY,)
