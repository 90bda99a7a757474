"""Which children only named people may see, and records opened in an emergency."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

RESTRICTION = Table(
    name="restriction",
    title="Restriction",
    says="A child whom only named people may see, from when until when. To everybody else the child does not exist.",
    kind=Kind.PERIOD,
    topic="who_may_see",
    key=("restriction_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("restriction_id", Type.TEXT, "The restriction's own number.", required=True),
        Column("child_id", Type.TEXT, "The child who is restricted.", refers="person.child_id", required=True),
        Column("kind", Type.TEXT, "What makes it needed.", codes="restriction_kind", identifying=True, required=True),
        Column("reason", Type.TEXT, "Why it was decided, in a sentence.", identifying=True, required=True),
        Column("decided_by", Type.TEXT, "The sign-in name of whoever decided it.", required=True),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The day on which it was lifted; empty while it stands."),
        Column("lifted_by", Type.TEXT, "The sign-in name of whoever lifted it."),
        Column("lifted_why", Type.TEXT, "Why it was lifted.", identifying=True),
    ),
)

RESTRICTION_NAMED = Table(
    name="restriction_named",
    title="Named for a restricted child",
    says="Somebody who may see a restricted child as far as their roles let them, from when until when.",
    kind=Kind.PERIOD,
    topic="who_may_see",
    key=("named_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("named_id", Type.TEXT, "The naming's own number.", required=True),
        Column(
            "restriction_id",
            Type.TEXT,
            "The restriction. Whoever is named for one is not named for another of the same child.",
            refers="restriction.restriction_id",
            required=True,
        ),
        Column("child_id", Type.TEXT, "The child who is restricted.", refers="person.child_id", required=True),
        Column("account", Type.TEXT, "The sign-in name of whoever may see the child.", required=True),
        Column("named_by", Type.TEXT, "The sign-in name of whoever named them.", required=True),
        Column("reason", Type.TEXT, "Why they need to see the child.", identifying=True, required=True),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The day on which it was taken back; empty while it stands."),
        Column("ended_by", Type.TEXT, "The sign-in name of whoever took it back."),
        Column("ended_why", Type.TEXT, "Why it was taken back.", identifying=True),
    ),
)

BROKEN_GLASS = Table(
    name="broken_glass",
    title="Record opened in an emergency",
    says=(
        "Somebody opened, or tried to open, the record of a child beyond their reach in an emergency, said why, and is "
        "answered by a review."
    ),
    kind=Kind.EVENT,
    topic="who_may_see",
    key=("glass_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("glass_id", Type.TEXT, "The opening's own number.", required=True),
        Column(
            "child_id",
            Type.TEXT,
            "The child whose record was opened; empty where what was typed named nobody.",
            refers="person.child_id",
        ),
        Column("account", Type.TEXT, "The sign-in name of whoever opened it.", required=True),
        Column("role", Type.TEXT, "The role that let them.", codes="sign_in_role", required=True),
        Column("reason", Type.TEXT, "The reason that was typed.", identifying=True, required=True),
        Column("happened_on", Type.DATE, "The day on which it was opened.", required=True),
        Column("opened_at", Type.INSTANT, "When it was opened.", required=True),
        Column("until_at", Type.INSTANT, "The first instant at which it is closed again.", required=True),
        Column("review_by_on", Type.DATE, "The last day on which the review is in time.", required=True),
        Column("reviewed_by", Type.TEXT, "The sign-in name of whoever looked at it afterwards; empty until then."),
        Column("reviewed_at", Type.INSTANT, "When the review was written."),
        Column("outcome", Type.TEXT, "What the review found.", codes="glass_outcome"),
        Column("found", Type.TEXT, "What was found, in a sentence, and what is done about it.", identifying=True),
    ),
)

TABLES = (
    RESTRICTION,
    RESTRICTION_NAMED,
    BROKEN_GLASS,
)
