"""What must not be told to somebody, and what was given to people outside the service."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

NOT_TO_BE_TOLD = Table(
    name="not_to_be_told",
    title="Not to be told",
    says=(
        "One thing about a child that must not be told to one person, or to anyone outside the service: an address, a "
        "school, a carer, a placement, a name or another fact."
    ),
    kind=Kind.PERIOD,
    topic="leaving",
    key=("marker_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("marker_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("kind", Type.TEXT, "What kind of thing is marked.", codes="marked_kind", required=True),
        Column(
            "in_table",
            Type.TEXT,
            "The table in whose row it stands, such as address; empty where it was typed in alone.",
        ),
        Column("in_row", Type.TEXT, "That row's own number. Every value that the row ever had is marked with it."),
        Column(
            "value",
            Type.TEXT,
            "What must not be told, as it was typed in; empty where a row says it.",
            identifying=True,
        ),
        Column("told_to", Type.TEXT, "One named person, or anyone outside.", codes="not_told_to", required=True),
        Column("relation", Type.TEXT, "What the named person is to the child.", codes="relation"),
        Column("person", Type.TEXT, "The name of the named person, as it is recorded.", identifying=True),
        Column("why", Type.TEXT, "Why it must not be told.", codes="why_not_told", required=True),
        Column("said_by", Type.TEXT, "The court, role or meeting that said so.", required=True),
        Column("from_on", Type.DATE, "The first day on which it must not be told.", required=True),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day; empty while it holds. The first day itself where it was withdrawn.",
        ),
        Column("withdrawn_why", Type.TEXT, "Why it was withdrawn, as the second person said.", identifying=True),
        Column("asked_by", Type.TEXT, "The sign-in name of whoever asked to withdraw it; empty where nobody asks."),
        Column("asked_why", Type.TEXT, "Why it is asked to be withdrawn.", identifying=True),
        Column("kept_why", Type.TEXT, "Why it was left standing when it was asked to be withdrawn.", identifying=True),
    ),
)

COPY_FOR_OUTSIDE = Table(
    name="copy_for_outside",
    title="Copy for somebody outside",
    says=(
        "Somebody asked to give a part of a child's record to a person outside the service: for whom, what for, what "
        "was left out, and who else agreed."
    ),
    kind=Kind.EVENT,
    topic="leaving",
    key=("copy_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("copy_id", Type.TEXT, "The copy's own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("relation", Type.TEXT, "What whoever it is for is to the child.", codes="relation", required=True),
        Column("person", Type.TEXT, "The name of whoever it is for.", identifying=True, required=True),
        Column("purpose", Type.TEXT, "What it is for.", identifying=True, required=True),
        Column("note", Type.TEXT, "What the sender wrote to go with it.", identifying=True),
        Column("with_family", Type.FLAG, "Whether brothers and sisters stand in it.", required=True),
        Column("with_plan", Type.FLAG, "Whether what the plan asks stands in it."),
        Column("words", Type.TEXT, "In which words it speaks to the child whose it is.", codes="child_words"),
        Column("contents", Type.TEXT, "The digest of what it holds: it leaves as it was looked at.", required=True),
        Column("left_out", Type.INTEGER, "How many lines were left out because of what must not be told."),
        Column("asked_by", Type.TEXT, "The sign-in name of whoever asked.", required=True),
        Column("worker_id", Type.TEXT, "The worker who asked.", refers="professionals.worker_id"),
        Column("happened_on", Type.DATE, "The day on which it was asked for.", required=True),
        Column("state", Type.TEXT, "How it stands.", codes="copy_state", required=True),
        Column("answered_by", Type.TEXT, "The sign-in name of the second person, who is never the first."),
        Column("answered_why", Type.TEXT, "What the second person said.", identifying=True),
    ),
)

TOLD_TO_AGENCY = Table(
    name="told_to_agency",
    title="Told to another agency",
    says=(
        "A second person looked at words that the sign-in of another agency would be shown of a child of whose family "
        "something must not be told, and agreed or did not. Until somebody agreed it is shown nothing of them."
    ),
    kind=Kind.EVENT,
    topic="leaving",
    key=("telling_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("telling_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("in_table", Type.TEXT, "The table in whose row the words stand, such as plan_action.", required=True),
        Column("in_row", Type.TEXT, "That row's own number.", required=True),
        Column(
            "contents", Type.TEXT, "The digest of what was looked at: other words need another look.", required=True
        ),
        Column("account", Type.TEXT, "The sign-in name of whoever looked, who never wrote the words.", required=True),
        Column("happened_on", Type.DATE, "The day on which they looked.", required=True),
        Column("agrees", Type.FLAG, "Whether it may be told.", required=True),
        Column("why", Type.TEXT, "What they said.", identifying=True, required=True),
    ),
)

TABLES = (NOT_TO_BE_TOLD, COPY_FOR_OUTSIDE, TOLD_TO_AGENCY)
