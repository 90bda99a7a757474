"""The pages' own tables: sign-ins and sessions, in the schema `web`, made by the owner and used by the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections

from keyworker.record.connect import DatabaseRole
from keyworker.web.site import database

OWNER = "owner"
LOCK = "select pg_advisory_lock(hashtextextended('keyworker web schema', 0))"
KEPT = ("open_session", "sign_in", "recovery_code", "passkey", "tries", "reminders")
GRANTS = (
    # Whoever reads the record for people may read neither their sessions nor their passwords' hashes.
    f"revoke all on all tables in schema web from {DatabaseRole.APPLICATION}",
    f"revoke update (last_login, password) on web.auth_user from {DatabaseRole.APPLICATION}",
    f"revoke all on all sequences in schema web from {DatabaseRole.APPLICATION}",
    f"revoke all on schema web from {DatabaseRole.APPLICATION}",
    f"grant usage on schema web to {DatabaseRole.DOOR}",
    f"grant select on all tables in schema web to {DatabaseRole.DOOR}",
    "drop table if exists web.django_session",  # an older program's sessions, kept under keys that could be taken up
    f"grant insert, update, delete on {', '.join(f'web.{one}' for one in KEPT)} to {DatabaseRole.DOOR}",
    # Whoever comes by the council's own sign-in service, and holds a role, has a sign-in made at the first time.
    f"grant insert on web.auth_user to {DatabaseRole.DOOR}",
    f"grant insert on web.sign_in_happening to {DatabaseRole.DOOR}",
    # A token is ended, never forgotten.
    f"grant insert, update on web.api_token, web.api_webhook to {DatabaseRole.DOOR}",
    f"grant insert, update, delete on web.api_message to {DatabaseRole.DOOR}",
    f"grant usage on all sequences in schema web to {DatabaseRole.DOOR}",
    # Signing in notes the day, and renews a password's hash when the way of hashing has moved on.
    f"grant update (last_login, password) on web.auth_user to {DatabaseRole.DOOR}",
)


def make_tables(owner_address: str) -> None:
    """Make or upgrade the tables, one process at a time. Safe to repeat."""
    with psycopg.connect(owner_address, autocommit=True) as connection:
        connection.execute(LOCK)
        connection.execute("create schema if not exists web")
        connection.execute("revoke all on schema web from public")
        with as_owner(owner_address):
            call_command("migrate", database=OWNER, verbosity=0, interactive=False)
        for grant in GRANTS:
            connection.execute(grant)


@contextmanager
def as_owner(address: str) -> Iterator[None]:
    """Open the owner's way in only while it is needed: the pages themselves never hold it."""
    connections.databases[OWNER] = {**connections.databases["default"], **database(address)}
    try:
        yield
    finally:
        connections[OWNER].close()
        del connections[OWNER]
        del connections.databases[OWNER]
