"""Family Help and the roles of the 2026 guidance; the lead need not be a social worker."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

FAMILY_HELP_PLAN = Table(
    name="family_help_plan",
    title="Family Help plan",
    says="A plan of help for a child and family, led by a practitioner who need not be a social worker.",
    kind=Kind.PERIOD,
    topic="family_help",
    key=("family_help_plan_id",),
    about="child_id",
    match=("child_id", "from_on"),
    columns=(
        Column("family_help_plan_id", Type.TEXT, "The plan's number in the case system.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column(
            "family_id",
            Type.TEXT,
            "The family that the plan helps; brothers and sisters share one plan.",
            refers="family.family_id",
        ),
        Column("referral_id", Type.TEXT, "The referral that it followed.", refers="cin_episodes.referral_id"),
        Column(
            "team_id", Type.TEXT, "The team that helps, which need not be a social work team.", refers="team.team_id"
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

PRACTITIONER_ROLE = Table(
    name="practitioner_role",
    title="Practitioner role",
    says="A role that the 2026 guidance names: family help lead practitioner or lead child protection practitioner.",
    kind=Kind.PERIOD,
    topic="family_help",
    key=("practitioner_role_id",),
    about="child_id",
    match=(),
    columns=(
        Column("practitioner_role_id", Type.TEXT, "The row's own number in the source.", required=True),
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column(
            "worker_id",
            Type.TEXT,
            "The practitioner; one from another agency may have no number here.",
            refers="professionals.worker_id",
        ),
        Column(
            "role",
            Type.TEXT,
            "Which of the two roles. Holding it is not the same as being accountable for the child.",
            codes="practitioner_role",
            required=True,
        ),
        Column("profession", Type.TEXT, "The practitioner's profession; it need not be social work."),
        Column(
            "agency", Type.TEXT, "The agency that employs the practitioner, such as the council, a school or health."
        ),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

PROTECTION_TEAM_MEMBER = Table(
    name="protection_team_member",
    title="Multi-agency child protection team member",
    says="A member of a multi-agency child protection team, with their agency.",
    kind=Kind.PERIOD,
    topic="family_help",
    key=("team_id", "member_id", "from_on"),
    about="team_id",
    match=(),
    columns=(
        Column(
            "team_id",
            Type.TEXT,
            "The multi-agency child protection team.",
            refers="team.team_id",
            required=True,
        ),
        Column(
            "member_id",
            Type.TEXT,
            "The member, by whatever number the team uses; many are no workers of the council.",
            required=True,
        ),
        Column("agency", Type.TEXT, "Police, health, education or children's social care."),
        Column("profession", Type.TEXT, "The member's profession, such as detective or health visitor."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

CHILD_PLAN = Table(
    name="child_plan",
    title="Child's own visit plan",
    says="How often this child is to be seen under their own plan: who set it, when and why.",
    kind=Kind.PERIOD,
    topic="family_help",
    key=("child_id", "from_on"),
    about="child_id",
    match=(),
    columns=(
        Column("child_id", Type.TEXT, "The child.", refers="person.child_id", required=True),
        Column(
            "visit_every", Type.INTEGER, "The longest gap between visits, counted in the unit beside it.", required=True
        ),
        Column(
            "unit",
            Type.TEXT,
            "Whether the gap is counted in working days or in all days.",
            codes="plan_unit",
            required=True,
        ),
        Column("set_by", Type.TEXT, "The role of whoever set it, such as conference or team manager."),
        Column("why", Type.TEXT, "Why the child is to be seen this often, in a sentence.", identifying=True),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

TABLES = (
    FAMILY_HELP_PLAN,
    PRACTITIONER_ROLE,
    PROTECTION_TEAM_MEMBER,
    CHILD_PLAN,
)
