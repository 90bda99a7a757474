"""Roles, purposes and refusals: who asks, as what, and what for.

In: a sign-in name and the roles that the record says it holds. Out: an `Asker`, without whom nothing is read.
"""

from keyworker.access.asker import Asker, Door, RoleHeld, worker_of
from keyworker.access.refusals import (
    BEFORE_LOADING,
    refusal_to_agree,
    refusal_to_rebase,
    refusal_to_see_due,
    refusal_to_see_route,
    refusal_to_see_worker,
    require,
)

__all__ = [
    "BEFORE_LOADING",
    "Asker",
    "Door",
    "RoleHeld",
    "refusal_to_agree",
    "refusal_to_rebase",
    "refusal_to_see_due",
    "refusal_to_see_route",
    "refusal_to_see_worker",
    "require",
    "worker_of",
]
