"""Whether a child keeps one worker: over visits, over days, changes, gaps, and who came against who holds."""

from keyworker.measures.continuity.allocated import ByAllocated, allocated_share, by_allocated
from keyworker.measures.continuity.averages import Average, over_children, over_visits
from keyworker.measures.continuity.columns import VISITS, by_child
from keyworker.measures.continuity.holding import Hold, Holding, Stretch, holding, stretches, tenure
from keyworker.measures.continuity.indices import Between, Indices, continuity
from keyworker.measures.continuity.periods import Period
from keyworker.measures.continuity.rates import (
    changes_per_100_child_months,
    families_touched,
    share_with_two_or_more,
    yearly_rate_behind,
)
from keyworker.measures.continuity.visits import Visit, in_order, sequence

__all__ = [
    "VISITS",
    "Average",
    "Between",
    "ByAllocated",
    "Hold",
    "Holding",
    "Indices",
    "Period",
    "Stretch",
    "Visit",
    "allocated_share",
    "by_allocated",
    "by_child",
    "changes_per_100_child_months",
    "continuity",
    "families_touched",
    "holding",
    "in_order",
    "over_children",
    "over_visits",
    "sequence",
    "share_with_two_or_more",
    "stretches",
    "tenure",
    "yearly_rate_behind",
]
