"""A mark of a sign-in that tells nobody whose it is."""

from __future__ import annotations

from functools import lru_cache

from keyworker.web.signing.sealed import digest


@lru_cache(maxsize=4_096)
def account_mark(account: str) -> str:
    """By what a device tells its owner's sign-in from another's: the same each time, and useless elsewhere."""
    return digest("device", account)[:32]
