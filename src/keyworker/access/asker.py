"""Who asks: a sign-in, the roles it holds on the day, the door it came by, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keyworker.access.scopes import Beyond
from keyworker.vocabulary.errors import KeyworkerError


class Door(StrEnum):
    """The way by which somebody reads."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    PYTHON = "python"


EVERYWHERE = "all"
"""Over which a role is held that is held over the whole service."""


@dataclass(frozen=True)
class RoleHeld:
    """One role, over one team, one district, or `all`.

    Takes   is_of_district, whether the scope is a district; covering_for, whose role it is when it is cover.
    """

    role: str
    scope: str
    is_of_district: bool = False
    covering_for: str | None = None

    @property
    def team(self) -> str | None:
        """The team over which it is held; None where that is a district or everything."""
        return None if self.is_of_district or self.scope == EVERYWHERE else self.scope


@dataclass(frozen=True)
class Asker:
    """A person who reads or writes, with a purpose. One without a name or a purpose cannot be built.

    Takes   account, the sign-in name; purpose, in words, kept in the access log;
            worker_id, the worker that this sign-in belongs to, where there is one; covered, the workers whose work the
            asker does while they are away; teams, those in which the worker is appointed; districts, of these teams and
            of those over which a role is held; beyond, how far most staff may see beyond their own children; reason,
            what was typed where a thing is open only for a reason.
    """

    account: str
    purpose: str
    door: Door
    roles: tuple[RoleHeld, ...] = ()
    worker_id: str | None = None
    covered: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    beyond: Beyond = Beyond.TEAM
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.account.strip() or not self.purpose.strip():
            raise ValueError("an asker needs an account and a purpose")

    @property
    def acts_as(self) -> frozenset[str]:
        """The workers whose supervision and teams are the asker's: the asker's own, and those covered."""
        return self.covered | ({self.worker_id} if self.worker_id else frozenset())

    @property
    def is_on_a_page(self) -> bool:
        """Whether the asker came by a page, or by a token as a page does: never as whoever keeps the machine, and
        identifiers that other systems know are not taken."""
        return self.door in (Door.PAGE, Door.API)

    @property
    def is_keeper(self) -> bool:
        """Whether it is whoever keeps the machine: by a command or Python, without a sign-in."""
        return not self.is_on_a_page and not self.roles

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
