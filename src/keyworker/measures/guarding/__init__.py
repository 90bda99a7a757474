"""Small numbers of a measure kept from whoever is not responsible for the group that they are about."""

from keyworker.measures.guarding.guarded import guarded, may_be_parted
from keyworker.measures.guarding.laid import reached
from keyworker.measures.guarding.looked_over import looked_over
from keyworker.measures.guarding.reader import EVERYTHING, NOBODYS, Reader

__all__ = ["EVERYTHING", "NOBODYS", "Reader", "guarded", "looked_over", "may_be_parted", "reached"]
