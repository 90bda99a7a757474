"""How children come to the service: contacts, early help, referrals."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

CONTACTS = Table(
    name="contacts",
    title="Contact at the front door",
    says=(
        "Somebody told the council about a child. Staff at the front door record it before anyone has decided "
        "whether it is a referral."
    ),
    kind=Kind.EVENT,
    topic="need",
    key=("contact_id",),
    about="child_id",
    match=("child_id", "happened_on"),
    ssd="ssd_contacts",
    columns=(
        Column(
            "contact_id",
            Type.TEXT,
            "The row's own number in the case system.",
            ssd="cont_contact_id",
            ssd_ref="CONT001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child whom the contact was about.",
            ssd="cont_person_id",
            ssd_ref="CONT002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which the contact reached the council, not the day on which it was typed in.",
            ssd="cont_contact_date",
            ssd_ref="CONT003A",
            required=True,
        ),
        Column(
            "source_code",
            Type.TEXT,
            "Who made contact, as a code.",
            ssd="cont_contact_source_code",
            ssd_ref="CONT004A",
            codes="referral_source",
        ),
        Column(
            "source_desc",
            Type.TEXT,
            "Who made contact, in the case system's words.",
            ssd="cont_contact_source_desc",
            ssd_ref="CONT006A",
        ),
        Column(
            "outcome_json",
            Type.TEXT,
            "What was decided, as the source's own structure: several outcomes may be true at once, and a comment "
            "may name people.",
            ssd="cont_contact_outcome_json",
            ssd_ref="CONT005A",
            identifying=True,
        ),
        Column(
            "happened_time",
            Type.TIME,
            "The time of day at which it arrived. The one-working-day decision is counted in days; the time shows "
            "what came in out of hours.",
        ),
    ),
)

EARLY_HELP_EPISODES = Table(
    name="early_help_episodes",
    title="Early help episode",
    says=(
        "A time of early help for a child, often led by a school or a family worker outside social care, so many "
        "are missing here."
    ),
    kind=Kind.PERIOD,
    topic="need",
    key=("episode_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_early_help_episodes",
    columns=(
        Column(
            "episode_id",
            Type.TEXT,
            "The row's own number in the case system.",
            ssd="earl_episode_id",
            ssd_ref="EARL001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child.",
            ssd="earl_person_id",
            ssd_ref="EARL002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The first day of the help.",
            ssd="earl_episode_start_date",
            ssd_ref="EARL003A",
            required=True,
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the last day of the help; empty while it goes on. Partners often forget to close it.",
            ssd="earl_episode_end_date",
            ssd_ref="EARL004A",
        ),
        Column(
            "reason",
            Type.TEXT,
            "Why the family was helped, in local words.",
            ssd="earl_episode_reason",
            ssd_ref="EARL005A",
        ),
        Column(
            "end_reason",
            Type.TEXT,
            "How the help ended, such as needs met or stepped up to social care.",
            ssd="earl_episode_end_reason",
            ssd_ref="EARL006A",
        ),
        Column(
            "organisation",
            Type.TEXT,
            "Which organisation led the help, as a name or the council's own code.",
            ssd="earl_episode_organisation",
            ssd_ref="EARL007A",
        ),
        Column(
            "worker_id",
            Type.TEXT,
            "Who led the help.",
            ssd="earl_episode_worker_id",
            ssd_ref="EARL008A",
            refers="professionals.worker_id",
        ),
    ),
)

CIN_EPISODES = Table(
    name="cin_episodes",
    title="Referral and episode of need",
    says=(
        "A referral to social care and the time of need that it opened. It stays open until the case is closed, "
        "whatever plans come and go inside it."
    ),
    kind=Kind.PERIOD,
    topic="need",
    key=("referral_id",),
    about="child_id",
    match=("child_id", "from_on"),
    ssd="ssd_cin_episodes",
    columns=(
        Column(
            "referral_id",
            Type.TEXT,
            "The referral's number in the case system.",
            ssd="cine_referral_id",
            ssd_ref="CINE001A",
            required=True,
        ),
        Column(
            "child_id",
            Type.TEXT,
            "The child who was referred.",
            ssd="cine_person_id",
            ssd_ref="CINE002A",
            required=True,
            refers="person.child_id",
        ),
        Column(
            "from_on",
            Type.DATE,
            "The day on which the referral was received. The 45 working days of the assessment count from here.",
            ssd="cine_referral_date",
            ssd_ref="CINE003A",
            required=True,
        ),
        Column(
            "primary_need_code",
            Type.TEXT,
            "The main reason for which the child needs help; one reason only, chosen early and seldom changed.",
            ssd="cine_cin_primary_need_code",
            ssd_ref="CINE010A",
            codes="primary_need",
        ),
        Column(
            "referral_source_code",
            Type.TEXT,
            "Who referred the child, as a code.",
            ssd="cine_referral_source_code",
            ssd_ref="CINE004A",
            codes="referral_source",
        ),
        Column(
            "referral_source_desc",
            Type.TEXT,
            "Who referred the child, in the case system's words.",
            ssd="cine_referral_source_desc",
            ssd_ref="CINE012A",
        ),
        Column(
            "referral_outcome_json",
            Type.TEXT,
            "What was decided about the referral, as the source's own structure; a comment may name people.",
            ssd="cine_referral_outcome_json",
            ssd_ref="CINE005A",
            identifying=True,
        ),
        Column(
            "referral_nfa",
            Type.FLAG,
            "Whether the referral came to nothing: no further action.",
            ssd="cine_referral_nfa",
            ssd_ref="CINE011A",
        ),
        Column(
            "close_reason",
            Type.TEXT,
            "Why the case was closed.",
            ssd="cine_close_reason",
            ssd_ref="CINE006A",
            codes="reason_for_closure",
        ),
        Column(
            "to_on",
            Type.DATE,
            "The day after the case was closed; empty while it is open. Closing is often typed in weeks after the "
            "work ended.",
            ssd="cine_close_date",
            ssd_ref="CINE007A",
        ),
        Column(
            "team_id",
            Type.TEXT,
            "The team that decided about the referral; it need not hold the child now.",
            ssd="cine_referral_team",
            ssd_ref="CINE008A",
            refers="department.team_id",
        ),
        Column(
            "worker_id",
            Type.TEXT,
            "The worker who decided about the referral; they need not hold the child now.",
            ssd="cine_referral_worker_id",
            ssd_ref="CINE009A",
            refers="professionals.worker_id",
        ),
        Column("from_time", Type.TIME, "The time of day at which the referral arrived."),
    ),
)

TABLES = (
    CONTACTS,
    EARLY_HELP_EPISODES,
    CIN_EPISODES,
)
