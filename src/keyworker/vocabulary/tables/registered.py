"""The register in which a worker is, and the outcome of their check with the Disclosure and Barring Service."""

from keyworker.vocabulary.shape import Column, Kind, Table, Type

REGISTRATION = Table(
    name="registration",
    title="Registration",
    says="A worker is on the register of a body, under which number, from when and until when unless it is renewed.",
    kind=Kind.PERIOD,
    topic="workforce",
    key=("registration_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("registration_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker.", refers="professionals.worker_id", required=True),
        Column("body", Type.TEXT, "The body that keeps the register.", codes="registration_body", required=True),
        Column(
            "registration_no",
            Type.TEXT,
            "The worker's number in the register. Only the worker and whoever looks after the workforce are shown it.",
            identifying=True,
            required=True,
        ),
        Column("renew_by_on", Type.DATE, "The last day on which it holds unless it is renewed."),
        Column("from_on", Type.DATE, "The first day on which this was so.", required=True),
        Column("to_on", Type.DATE, "The first day on which it was no longer so; empty while it goes on."),
    ),
)

DISCLOSURE_CHECK = Table(
    name="disclosure_check",
    title="Disclosure check",
    says="The day and the outcome of a worker's check with the Disclosure and Barring Service; nothing that it says.",
    kind=Kind.EVENT,
    topic="workforce",
    key=("check_id",),
    about="worker_id",
    match=(),
    stays=True,
    columns=(
        Column("check_id", Type.TEXT, "Its own number.", required=True),
        Column("worker_id", Type.TEXT, "The worker.", refers="professionals.worker_id", required=True),
        Column("happened_on", Type.DATE, "The day on the certificate.", required=True),
        Column("outcome", Type.TEXT, "What was decided after it.", codes="disclosure_outcome", required=True),
    ),
)
