"""What staff are owed of figures about a named worker: which are never put in an order, added up or given as a file."""

from __future__ import annotations

import re
from enum import StrEnum

from keyworker.vocabulary.errors import Refused


class Kept(StrEnum):
    """What is told of a named worker to the worker and the line of responsibility, and is never laid out beside others.

    A load is none of these, nor is how long a worker has gone without supervision: an order of those protects.
    """

    LATENESS = "lateness"
    LAG = "recording lag"
    SIGN_INS = "sign-ins"
    HOURS = "hours"


BY_WORKER = frozenset(
    {
        "account",
        "accountable",
        "accountable_worker",
        "co_worker",
        "holder",
        "lead",
        "lead_worker",
        "member_of_staff",
        "named_worker",
        "person",
        "practitioner",
        "sign_in",
        "social_worker",
        "staff",
        "supervisor",
        "worker",
        "worker_id",
        "worker_name",
        "workers",
    }
)
"""The words by which somebody may ask to part figures by named worker. No group of a measure may have one."""

WHY_AWAY = re.compile(r"\b(reason_class|absence_reason)\b")
"""The columns that hold why somebody was away. They are counted for the service and told of nobody."""

WHY = (
    "The service is measured, not the person: lateness, recording lag, sign-ins and hours are never put in an order, "
    "added up or given as a file by named worker."
)


def is_by_worker(name: str) -> bool:
    """Whether a group's name asks for a figure of each named worker."""
    return name.strip().lower().replace(" ", "_").replace("-", "_").replace("'s", "") in BY_WORKER


def refusal_of_why_away() -> Refused:
    """Why nobody is told whom a number about absence counts."""
    return Refused(
        "Behind this number stands why somebody was away, and that is told of nobody.",
        where="--rows",
        remedy="The number itself, by team or district, is open. Who is away, and until when, is on the team's page.",
    )


def refusal_by_worker(name: str) -> Refused:
    """Why no measure is parted by named worker, and where a worker's load is found."""
    return Refused(
        f"No measure is given by named worker. {WHY}",
        where=f"--by {name}",
        remedy="Part it by team, district or worker_role. What each worker of a team holds is on the team's page, and "
        "`keyworker team` gives it.",
    )


def refusal_of_anothers_worklist() -> Refused:
    """Why what is due to the children of one named worker is told to that worker and their supervisor alone."""
    return Refused(
        f"What is due to the children of one worker is told to that worker and their supervisor alone. {WHY}",
        where="a worker",
        remedy="Ask for a team or a district. Whoever answers for a child sees on the child's record what is due.",
    )


def refusal_as_file() -> Refused:
    """Why figures of named workers stand on a screen and go into no file."""
    return Refused(
        f"These are figures of named workers, and no file is made of them. {WHY}",
        where="a file, or rows for a program",
        remedy="Read them on the screen.",
    )
