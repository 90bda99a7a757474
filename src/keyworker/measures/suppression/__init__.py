"""Small numbers kept from those who are not responsible, and tested by attack: never in part, never by subtraction."""

from keyworker.measures.suppression.attack import attack
from keyworker.measures.suppression.ranges import Range
from keyworker.measures.suppression.release import Exposed, Release
from keyworker.measures.suppression.rounding import banded, nearest, per_cent
from keyworker.measures.suppression.rule import PUBLIC, Rule, Symbol, Why, staff
from keyworker.measures.suppression.suppress import suppress
from keyworker.measures.suppression.table import OF, WITH, WITHOUT, Cell, Sum, Table, shares, together, tree, two_way

__all__ = [
    "OF",
    "PUBLIC",
    "WITH",
    "WITHOUT",
    "Cell",
    "Exposed",
    "Range",
    "Release",
    "Rule",
    "Sum",
    "Symbol",
    "Table",
    "Why",
    "attack",
    "banded",
    "nearest",
    "per_cent",
    "shares",
    "staff",
    "suppress",
    "together",
    "tree",
    "two_way",
]
