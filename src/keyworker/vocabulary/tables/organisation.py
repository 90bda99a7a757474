"""How the service is arranged: teams, their succession, what words mean, who holds which role."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

TEAM = Table(
    name="team",
    title="Team",
    says="A team as it was named, placed and led between two days.",
    kind=Kind.PERIOD,
    topic="organisation",
    key=("team_id", "from_on"),
    about="team_id",
    match=(),
    columns=(
        Column(
            "team_id",
            Type.TEXT,
            "The team's number in the case system. A renamed team keeps its number; a new one follows by succession.",
            required=True,
        ),
        Column("name", Type.TEXT, "What staff called the team in that time."),
        Column(
            "team_type",
            Type.TEXT,
            "The work the team does, such as assessment or children in care.",
            codes="team_type",
        ),
        Column("district", Type.TEXT, "The district the team serves; empty for a county-wide team."),
        Column("parent_id", Type.TEXT, "The team or service that it belongs to.", refers="team.team_id"),
        Column(
            "manager_id",
            Type.TEXT,
            "The worker who managed the team in that time; empty while nobody did.",
            refers="professionals.worker_id",
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

TEAM_SUCCESSION = Table(
    name="team_succession",
    title="Team succession",
    says="One team followed another: renamed, split, merged or moved.",
    kind=Kind.EVENT,
    topic="organisation",
    key=("from_team_id", "to_team_id", "happened_on"),
    about="",
    match=(),
    columns=(
        Column("from_team_id", Type.TEXT, "The team whose work went elsewhere.", refers="team.team_id", required=True),
        Column(
            "to_team_id",
            Type.TEXT,
            "The team that took the work on; a split has a row for each.",
            refers="team.team_id",
            required=True,
        ),
        Column("how", Type.TEXT, "Whether the team was renamed, split, merged or moved.", codes="succession"),
        Column("happened_on", Type.DATE, "The first day of the arrangement that followed.", required=True),
    ),
)

PRACTICE_MODEL = Table(
    name="practice_model",
    title="Practice-model observation",
    says="Which operating model a team was seen to be really running, and how fully.",
    kind=Kind.EVENT,
    topic="organisation",
    key=("team_id", "happened_on", "element"),
    about="team_id",
    match=(),
    columns=(
        Column("team_id", Type.TEXT, "The team whose practice was looked at.", refers="team.team_id", required=True),
        Column(
            "happened_on", Type.DATE, "The day on which somebody watched, not the day of the report.", required=True
        ),
        Column("model", Type.TEXT, "The operating model, such as units or family safeguarding."),
        Column("element", Type.TEXT, "The part of the model looked at, such as weekly unit meeting.", required=True),
        Column("delivered", Type.TEXT, "Delivered, partly delivered or not delivered.", codes="delivered"),
        Column("observer", Type.TEXT, "The role of whoever watched; never somebody in the team's own line."),
    ),
)

MEANING = Table(
    name="meaning",
    title="Meaning",
    says="What a word in a source means here: a team, job title, involvement role or visit kind, with dates.",
    kind=Kind.PERIOD,
    topic="organisation",
    key=("subject", "said", "from_on"),
    about="",
    match=(),
    columns=(
        Column(
            "subject",
            Type.TEXT,
            "team, job title, involvement role or visit kind.",
            codes="meaning_subject",
            required=True,
        ),
        Column(
            "said",
            Type.TEXT,
            "The word as the source writes it; capitals and spaces around it make no difference.",
            required=True,
        ),
        Column("district", Type.TEXT, "For a team: the district that it serves."),
        Column("team_type", Type.TEXT, "For a team: the work that it does.", codes="team_type"),
        Column("role_class", Type.TEXT, "For a job title: the national role class.", codes="role_class"),
        Column("holds_cases", Type.FLAG, "For a job title: whether its holder may hold children."),
        Column(
            "allocation_role",
            Type.TEXT,
            "For an involvement role: accountable, lead, co-worker, or none.",
            codes="allocation_role",
        ),
        Column("visit_kind", Type.TEXT, "For a visit kind: the kind that it counts as.", codes="visit_kind"),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

ROLE_HOLDING = Table(
    name="role_holding",
    title="Role held",
    says="Who may act as what, for which team or district, from when until when.",
    kind=Kind.PERIOD,
    topic="organisation",
    key=("account", "role", "scope", "from_on"),
    about="",
    match=(),
    columns=(
        Column("account", Type.TEXT, "The name under which somebody signs in.", required=True),
        Column("role", Type.TEXT, "The role in which they may see and act.", codes="sign_in_role", required=True),
        Column("scope", Type.TEXT, "The team or district over which the role holds, or all.", required=True),
        Column(
            "worker_id",
            Type.TEXT,
            "The worker that this sign-in belongs to.",
            refers="professionals.worker_id",
        ),
        Column("covering_for", Type.TEXT, "The sign-in name of the person covered, when this is cover."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

IDENTITY_LINK = Table(
    name="identity_link",
    title="Identity link",
    says=(
        "Two identifiers name one child: because another identifier is the same, or by a person's dated, "
        "reversible decision."
    ),
    kind=Kind.PERIOD,
    topic="organisation",
    key=("child_id", "same_as", "from_on"),
    about="child_id",
    match=(),
    columns=(
        Column(
            "child_id",
            Type.TEXT,
            "The identifier that is joined to another.",
            refers="person.child_id",
            required=True,
        ),
        Column(
            "same_as",
            Type.TEXT,
            "The identifier that names the same child in another source.",
            refers="person.child_id",
            required=True,
        ),
        Column(
            "basis",
            Type.TEXT,
            "The identifier that is the same, or a person's decision.",
            codes="link_basis",
            required=True,
        ),
        Column("decided_by", Type.TEXT, "Who decided, by role; empty where an identifier decided."),
        Column(
            "why",
            Type.TEXT,
            "What the decision rests on, in a sentence. A name and birth date alone are never enough.",
            identifying=True,
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

SETTING = Table(
    name="setting",
    title="Local setting",
    says="A number or choice that is the council's own, with its dates and its source.",
    kind=Kind.PERIOD,
    topic="organisation",
    key=("name", "applies_to", "from_on"),
    about="",
    match=(),
    columns=(
        Column("name", Type.TEXT, "The setting, such as visit interval.", required=True),
        Column("applies_to", Type.TEXT, "What the value is for, such as cp, a team type or all.", required=True),
        Column("value", Type.TEXT, "The value as text; what it must look like depends on the setting.", required=True),
        Column("unit", Type.TEXT, "The unit of the value, such as working_days."),
        Column("set_by", Type.TEXT, "The role or meeting that decided it."),
        Column("written_in", Type.TEXT, "Where it is written down, such as the practice standards of a year."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

TIMESCALE_EXCEPTION = Table(
    name="timescale_exception",
    title="Exception from a timescale",
    says="Somebody who may agreed that one child's or worker's duty comes later or is not asked for, and said why.",
    kind=Kind.PERIOD,
    topic="organisation",
    key=("exception_id",),
    about="",
    match=(),
    columns=(
        Column("exception_id", Type.TEXT, "The exception's own number.", required=True),
        Column("child_id", Type.TEXT, "The child, when it is a duty to a child.", refers="person.child_id"),
        Column("worker_id", Type.TEXT, "The worker, when it is a duty to a worker.", refers="professionals.worker_id"),
        Column("rule", Type.TEXT, "The timescale, by its name in the rulebook.", required=True),
        Column(
            "new_due_on",
            Type.DATE,
            "The later date agreed for one duty; empty where the duty is not asked for.",
        ),
        Column("granted_by", Type.TEXT, "The role or meeting that agreed it.", required=True),
        Column("reason", Type.TEXT, "Why it was agreed.", identifying=True, required=True),
        Column("from_on", Type.DATE, "The first due date to which it applies.", required=True),
        Column("to_on", Type.DATE, "The first due date to which it no longer applies; empty while it goes on."),
        Column("withdrawn_why", Type.TEXT, "Why it was withdrawn, where it was.", identifying=True),
    ),
)

TIME_ASKED = Table(
    name="time_asked",
    title="Time asked for",
    says=(
        "A worker said of a duty to a child that they cannot do it by its day, and why. A manager answers by a set "
        "day; unanswered by then, it is the service that is late."
    ),
    kind=Kind.EVENT,
    topic="organisation",
    key=("asked_id",),
    about="child_id",
    match=(),
    stays=True,
    columns=(
        Column("asked_id", Type.TEXT, "Its own number.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column("rule", Type.TEXT, "The timescale, by its name in the rulebook.", required=True),
        Column("due_on", Type.DATE, "The day by which the duty is to be done.", required=True),
        Column("happened_on", Type.DATE, "The day on which time was asked for.", required=True),
        Column("worker_id", Type.TEXT, "Who asked.", refers="professionals.worker_id", required=True),
        Column("asked_by", Type.TEXT, "The sign-in name of whoever asked.", required=True),
        Column("reason", Type.TEXT, "Why it cannot be done by then.", identifying=True, required=True),
        Column("answer_by_on", Type.DATE, "The day by which a manager must have answered.", required=True),
        Column("answer", Type.TEXT, "What was answered; empty until it is.", codes="time_answer"),
        Column("answered_by", Type.TEXT, "The sign-in name of whoever answered."),
        Column("answered_on", Type.DATE, "The day of the answer."),
        Column("until_on", Type.DATE, "The later date, or the day by which it is accepted."),
        Column("helper_id", Type.TEXT, "Who does it, or goes too.", refers="professionals.worker_id"),
        Column("answer_says", Type.TEXT, "What was said with the answer.", identifying=True),
        Column("exception_id", Type.TEXT, "The exception that gives the later date."),
    ),
)

CHART_REBASE = Table(
    name="chart_rebase",
    title="Fresh limits of a chart",
    says="Somebody decided that a measure's limits are worked out afresh from a day, and answered why.",
    kind=Kind.PERIOD,
    topic="organisation",
    key=("rebase_id",),
    about="",
    match=(),
    columns=(
        Column("rebase_id", Type.TEXT, "The decision's own number.", required=True),
        Column("measure", Type.TEXT, "The measure, by the name of its definition.", required=True),
        Column("decided_by", Type.TEXT, "The role or meeting that decided it.", required=True),
        Column("why", Type.TEXT, "What made the process another one.", required=True),
        Column("behaves_differently", Type.FLAG, "Whether it behaves clearly differently.", required=True),
        Column("cause_known", Type.FLAG, "Whether the cause is known.", required=True),
        Column("change_accepted", Type.FLAG, "Whether the change is wanted or accepted.", required=True),
        Column("expected_to_last", Type.FLAG, "Whether it is expected to last.", required=True),
        Column("from_on", Type.DATE, "The first point that the fresh limits judge.", required=True),
        Column("to_on", Type.DATE, "The same day where the decision was withdrawn; empty while it stands."),
        Column("withdrawn_why", Type.TEXT, "Why it was withdrawn, where it was."),
    ),
)

TABLES = (
    TEAM,
    TEAM_SUCCESSION,
    PRACTICE_MODEL,
    MEANING,
    ROLE_HOLDING,
    IDENTITY_LINK,
    SETTING,
    TIMESCALE_EXCEPTION,
    TIME_ASKED,
    CHART_REBASE,
)
