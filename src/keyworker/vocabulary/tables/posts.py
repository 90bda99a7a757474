"""Posts of the establishment, how they are filled, and changes that were made to them here."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

POST = Table(
    name="post",
    title="Post",
    says="An established post: where it sits, how many hours, whether its holder may hold children.",
    kind=Kind.PERIOD,
    topic="workforce",
    key=("post_id", "from_on"),
    about="post_id",
    match=(),
    columns=(
        Column("post_id", Type.TEXT, "The post number on the establishment, kept by workforce.", required=True),
        Column("title", Type.TEXT, "The job title on the establishment."),
        Column("role_class", Type.TEXT, "Which of the census's six roles the post has, in words.", codes="role_class"),
        Column("team_id", Type.TEXT, "The team to which the post belongs.", refers="team.team_id"),
        Column("fte", Type.DECIMAL, "Full-time equivalent of the post, 0 to 1."),
        Column("holds_cases", Type.FLAG, "Whether its holder may hold children."),
        Column("funded", Type.FLAG, "Whether there is money for it; empty where nobody has said."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

VACANCY_STEP = Table(
    name="vacancy_step",
    title="Vacancy step",
    says="One step in filling a post: approved, advertised, shortlisted, interviewed, offered, checked, started.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("post_id", "kind", "happened_on"),
    about="post_id",
    match=(),
    columns=(
        Column("post_id", Type.TEXT, "The post to be filled.", refers="post.post_id", required=True),
        Column("kind", Type.TEXT, "Which step in filling the post was taken.", codes="vacancy_step", required=True),
        Column(
            "happened_on",
            Type.DATE,
            "The day on which the step was done; a step that is awaited has no row.",
            required=True,
        ),
        Column("outcome", Type.TEXT, "How the step ended, such as no applicants."),
        Column(
            "worker_id", Type.TEXT, "The worker who is to start, once there is one.", refers="professionals.worker_id"
        ),
    ),
)

POST_CHANGE = Table(
    name="post_change",
    title="Change of a post",
    says="Somebody changed, closed or corrected a post or a step of its recruitment here, and why.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("change_id",),
    about="post_id",
    match=(),
    stays=True,
    columns=(
        Column("change_id", Type.TEXT, "Its own number.", required=True),
        Column("post_id", Type.TEXT, "The post.", refers="post.post_id", required=True),
        Column("happened_on", Type.DATE, "The day on which it was changed.", required=True),
        Column("what", Type.TEXT, "What was done.", codes="post_change", required=True),
        Column("why", Type.TEXT, "Why, in words.", identifying=True, required=True),
    ),
)
