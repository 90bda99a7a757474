"""Commands run as whoever holds a role, many in one process: each opens the record over connections that stay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from keyworker.access import Asker, Door
from keyworker.actions import Keyworker
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.days import london_day
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import open_session, show
from tests.access.made import account
from tests.servers.started import Database


@contextmanager
def asking_as(database: Database, role: str, now: datetime, patched: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it every command asks as whoever holds a role, at an instant."""
    with ExitStack() as closing:
        shared, own, door = (
            closing.enter_context(database.connect(one, autocommit=True))
            for one in (DatabaseRole.SERVICE, DatabaseRole.APPLICATION, DatabaseRole.DOOR)
        )
        token = open_session(door, account(role), Door.COMMAND)

        def opening(
            _: type[Keyworker], asker: Asker, *, home: Path | None = None, reason: str = "", **_now: Any
        ) -> Any:
            asked = {"purpose": asker.purpose, "door": asker.door, "reason": reason}
            found, _name = signed_in(shared, account(role), london_day(now), **asked)
            show(own, token)
            return Keyworker(found, shared, now, home, own=own, token=token).enter()

        with patched.context() as patching:
            patching.setattr(Keyworker, "open", classmethod(opening))
            yield
