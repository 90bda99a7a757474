"""Roles, purposes and refusals: who asks, as what, what for, and how far each may look.

In: a sign-in name and the roles that the record says it holds. Out: an `Asker`, without whom nothing is read, and
`sight_of`, which says by the one table of who may see what how far that asker may look.
"""

from keyworker.access.asker import Asker, Door, RoleHeld, worker_of
from keyworker.access.audience import INSIDE, INSIDE_ONLY, Audience, Reach
from keyworker.access.refusals import (
    To,
    not_theirs,
    refusal_to,
    refusal_to_agree,
    refusal_to_keep_posts,
    refusal_to_keep_staff,
    refusal_to_rebase,
    refusal_to_record,
    refusal_to_see,
    refusal_to_see_place,
    refusal_to_see_route,
    refusal_to_take,
    refusal_to_take_in,
    require,
)
from keyworker.access.scopes import BEYOND, Beyond, Scope, Thing
from keyworker.access.sight import (
    EMERGENCY,
    NOTHING,
    Place,
    Sight,
    Warrant,
    every_role,
    opened_things,
    sight_of,
    warrant_of,
)
from keyworker.access.table import BEFORE_LOADING, thing_of, who_may
from keyworker.access.told import permission_records

__all__ = [
    "BEFORE_LOADING",
    "BEYOND",
    "EMERGENCY",
    "INSIDE",
    "INSIDE_ONLY",
    "NOTHING",
    "Asker",
    "Audience",
    "Beyond",
    "Door",
    "Place",
    "Reach",
    "RoleHeld",
    "Scope",
    "Sight",
    "Thing",
    "To",
    "Warrant",
    "every_role",
    "not_theirs",
    "opened_things",
    "permission_records",
    "refusal_to",
    "refusal_to_agree",
    "refusal_to_keep_posts",
    "refusal_to_keep_staff",
    "refusal_to_rebase",
    "refusal_to_record",
    "refusal_to_see",
    "refusal_to_see_place",
    "refusal_to_see_route",
    "refusal_to_take",
    "refusal_to_take_in",
    "require",
    "sight_of",
    "thing_of",
    "warrant_of",
    "who_may",
    "worker_of",
]
