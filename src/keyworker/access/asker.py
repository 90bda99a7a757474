"""Who asks: a sign-in, the roles it holds on the day, the door it came by, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keyworker.vocabulary.errors import KeyworkerError


class Door(StrEnum):
    """The way by which somebody reads."""

    PAGE = "page"
    COMMAND = "command"
    PYTHON = "python"


@dataclass(frozen=True)
class RoleHeld:
    """One role, over one team, one district, or `all`."""

    role: str
    scope: str


@dataclass(frozen=True)
class Asker:
    """A person who reads or writes, with a purpose. One without a name or a purpose cannot be built.

    Takes   account, the sign-in name; purpose, in words, kept in the access log;
            worker_id, the worker that this sign-in belongs to, where there is one.
    """

    account: str
    purpose: str
    door: Door
    roles: tuple[RoleHeld, ...] = ()
    worker_id: str | None = None

    def __post_init__(self) -> None:
        if not self.account.strip() or not self.purpose.strip():
            raise ValueError("an asker needs an account and a purpose")

    @property
    def is_on_a_page(self) -> bool:
        """Whether the asker came by a page, where identifiers that other systems know are not taken."""
        return self.door is Door.PAGE

    def holds(self, *roles: str) -> bool:
        """Whether any of these roles is held, over anything."""
        return any(held.role in roles for held in self.roles)

    def scopes(self, *roles: str) -> tuple[str, ...]:
        """The teams and districts over which any of these roles is held."""
        return tuple(held.scope for held in self.roles if held.role in roles)


def worker_of(
    asker: Asker, otherwise: str, remedy: str = "Ask the analyst who keeps the roles to say which worker it is."
) -> str:
    """The worker that a sign-in belongs to. Takes otherwise, what it means that it belongs to none; raises it."""
    if asker.worker_id is None:
        raise KeyworkerError(f"This sign-in belongs to no worker, so {otherwise}.", remedy=remedy)
    return asker.worker_id
