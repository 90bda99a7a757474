"""What every visit holds beside the dataset's own fields: its worker, its outcome and when it was entered."""

from keyworker.vocabulary.shape import Column, Type

VISIT_COLUMNS = (
    Column("worker_id", Type.TEXT, "The worker who visited or meant to.", refers="professionals.worker_id"),
    Column("outcome", Type.TEXT, "Seen alone, seen, not seen, cancelled or no access.", codes="visit_outcome"),
    Column("cancelled_by", Type.TEXT, "Who cancelled: family, worker, service or other.", codes="cancelled_by"),
    Column("reason", Type.TEXT, "Why the child was not seen, or not seen alone.", identifying=True),
    Column("happened_time", Type.TIME, "The time of day, where the source gives it."),
    Column(
        "not_same_on",
        Type.DATE,
        "Of a visit written here: the day of another source's visit of which somebody said that it was not this one.",
    ),
)
