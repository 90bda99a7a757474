"""When duties are done against their day, and which of those still open will pass theirs at that pace."""

from keyworker.measures.pace.carried import carry_paces
from keyworker.measures.pace.kept import keep_paces, kept_paces
from keyworker.measures.pace.outlook import AHEAD, ENOUGH, Ahead, Outlook, falling_due, outlook, pasts
from keyworker.measures.pace.past import LOOKED_BACK, Past, past_of
from keyworker.measures.pace.spread import NEAR, Spread, spread

__all__ = [
    "AHEAD",
    "ENOUGH",
    "LOOKED_BACK",
    "NEAR",
    "Ahead",
    "Outlook",
    "Past",
    "Spread",
    "carry_paces",
    "falling_due",
    "keep_paces",
    "kept_paces",
    "outlook",
    "past_of",
    "pasts",
    "spread",
]
