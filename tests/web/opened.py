"""The one site of a test run: the web framework is set up once in a process, on a database of its own."""

from __future__ import annotations

from keyworker.record.connect import DatabaseRole
from keyworker.web import entry
from tests.servers.started import Database, Server
from tests.web.source import MadeUp

ACCOUNTS = ("sorrel", "refused", "broken", "faulty", "ash")
PASSWORD = "an-obviously-made-up-password"


_open: dict[str, Database] = {}


def opened_site(server: Server) -> Database:
    """Open the site, or find it open already."""
    if server.name in _open:
        return _open[server.name]
    made = server.fresh()
    address = made.conninfo(DatabaseRole.OWNER)
    council = entry.Council("Testshire County Council")
    # Most tests are of what follows signing in; those of signing in ask for a second factor themselves.
    policy = entry.Policy(second_factor=False)
    entry.open_site(made.conninfo(DatabaseRole.DOOR), MadeUp(), council, policy, fast_passwords=True)
    entry.prepare(address)
    entry.make_sign_ins(address, [entry.SignIn(account, PASSWORD) for account in ACCOUNTS])
    _open[server.name] = made
    return made
