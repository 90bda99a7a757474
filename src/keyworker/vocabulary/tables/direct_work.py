"""Direct work with a child at a visit: what for, what changed, and whether something of it is attached."""

from __future__ import annotations

from keyworker.vocabulary.shape import Column, Kind, Table, Type

DIRECT_WORK = Table(
    name="direct_work",
    title="Direct work",
    says=(
        "Direct work with a child at a visit that was recorded here: what it was for, what changed in the child's "
        "words, whether the child agrees that it is kept and seen, and what is attached, which lies sealed beside it."
    ),
    kind=Kind.EVENT,
    topic="visits",
    key=("work_id",),
    about="child_id",
    stays=True,
    columns=(
        Column("work_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("visit_id", Type.TEXT, "The visit at which it was done.", refers="visit_note.visit_id", required=True),
        Column("happened_on", Type.DATE, "The day of the visit.", required=True),
        Column("kind", Type.TEXT, "What came of it.", codes="direct_work_kind", required=True),
        Column("purpose", Type.TEXT, "What it was for.", identifying=True, required=True),
        Column("need", Type.TEXT, "The need of the child that it served.", identifying=True),
        Column("changed", Type.TEXT, "What changed, in the child's own words.", identifying=True),
        Column("agreement", Type.TEXT, "What the child agrees to.", codes="direct_work_agreement", required=True),
        Column("agreed_on", Type.DATE, "The day on which the child said so.", required=True),
        Column("media", Type.TEXT, "What kind of file is attached; empty where nothing is.", codes="direct_work_media"),
        Column("bytes", Type.INTEGER, "How large what is attached is."),
        Column("contents", Type.TEXT, "The digest of what is attached, as it was before it was sealed."),
        Column("worker_id", Type.TEXT, "The worker who did it.", refers="professionals.worker_id"),
    ),
)

TABLES = (DIRECT_WORK,)
