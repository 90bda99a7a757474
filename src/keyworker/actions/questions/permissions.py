"""The question of who may see what."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import Beyond, RoleHeld
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.actions.sign_ins import beyond_own
from keyworker.facts.accounts import RoleHeldBy, roles_held


@dataclass(frozen=True)
class WhoMay:
    """What stands beside the table: the roles that the asker holds today, and the council's setting.

    Takes   said, the setting's own word, None where the council has set nothing.
    """

    roles: tuple[RoleHeld, ...]
    beyond: Beyond
    said: str | None


class AboutPermissions(Opened):
    """Who may see what, and the asker's own part of it."""

    def who_may(self) -> WhoMay:
        """The asker's roles and how far most staff may see beyond their own children, both of today."""
        return self._read("who may", self._who_may, nobody)

    def roles_held(self) -> list[RoleHeldBy]:
        """Every role that is held today or from a later day, by whom, over what and until when."""
        return self._read("roles", lambda: roles_held(self.connection, self._today.at), nobody)

    def _who_may(self) -> WhoMay:
        beyond, said = beyond_own(self.connection, self._today.at)
        return WhoMay(self.asker.roles, beyond, said)
