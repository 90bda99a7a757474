"""What a council asks of whoever signs in, and where its pages stand: settings of the machine, never of a file loaded.

They are read from the environment and not from the record, so that nobody who loads a pack can switch one off.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from keyworker.vocabulary.errors import KeyworkerError, Refused

SECOND_FACTOR = "KEYWORKER_SECOND_FACTOR"
IDLE = "KEYWORKER_SESSION_IDLE_MINUTES"
LONGEST = "KEYWORKER_SESSION_HOURS"
ADDRESS = "KEYWORKER_ADDRESS"
PROXY = "KEYWORKER_PROXY"
REQUIRED, OPTIONAL = "required", "optional"


@dataclass(frozen=True)
class Policy:
    """What is asked of whoever signs in.

    Takes   second_factor, whether a password alone is never enough; idle, after how long without a page a session
            ends; longest, after how long it ends whatever is done in it; address, the one under which others reach
            these pages (https and a name; empty: this machine alone); proxy, the machine whose word on who asks is
            taken.
    """

    second_factor: bool = True
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=8)
    address: str = ""
    proxy: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether other machines may reach these pages."""
        return bool(self.address)

    @property
    def host(self) -> str:
        """The name in the address; empty where the pages serve this machine alone."""
        return urlsplit(self.address).hostname or ""


def policy_from(said: Mapping[str, str] = os.environ) -> Policy:
    """The policy that the environment says. Raises KeyworkerError for what a setting cannot be."""
    address, proxy = said.get(ADDRESS, "").rstrip("/"), said.get(PROXY, "")
    if bool(address) != bool(proxy):
        raise KeyworkerError(
            "The pages' address and the proxy in front of them go together; only one of the two is set.",
            where=f"{ADDRESS}, {PROXY}",
            remedy=f"Set both, such as {ADDRESS}=https://keyworker.council.example and {PROXY}=10.0.0.5, or neither.",
        )
    if address:
        _refuse_address(address)
        _refuse_proxy(proxy)
    second_factor = _word(said, SECOND_FACTOR, (REQUIRED, OPTIONAL)) == REQUIRED
    if address and not second_factor:
        raise Refused(
            "Pages that other machines reach let nobody in by a password alone.",
            where=SECOND_FACTOR,
            remedy=f"Set it to {REQUIRED}, or leave it out.",
        )
    return Policy(
        second_factor=second_factor,
        idle=timedelta(minutes=_number(said, IDLE, 30, 5, 240)),
        longest=timedelta(hours=_number(said, LONGEST, 8, 1, 12)),
        address=address,
        proxy=proxy,
    )


def _word(said: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    found = said.get(name, "").strip().lower() or words[0]
    if found not in words:
        raise KeyworkerError(
            "The setting has a word that means nothing.", where=name, remedy=f"Use {' or '.join(words)}."
        )
    return found


def _number(said: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    found = said.get(name, "").strip() or str(usual)
    if not (found.isascii() and found.isdigit() and least <= int(found[:9]) <= most):
        raise KeyworkerError(
            "The setting is not a whole number that it may be.", where=name, remedy=f"Use {least} to {most}."
        )
    return int(found)


def _refuse_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.username:
        raise KeyworkerError(
            "The pages' address must begin with https:// and be a name, with nothing after it.",
            where=ADDRESS,
            remedy="Write it as https://keyworker.council.example.",
        )


def _refuse_proxy(proxy: str) -> None:
    try:
        ipaddress.ip_address(proxy)
    except ValueError:
        raise KeyworkerError(
            "The proxy must be the one address from which it reaches this machine.",
            where=PROXY,
            remedy="Write it as 10.0.0.5.",
        ) from None
