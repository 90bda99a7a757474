"""A council's own server, as its administrator sets it up by the manual, and what is said when a step was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.blackbox.conftest import Analyst
from tests.servers.started import Database


@pytest.fixture
def bare(as_database_url: Database) -> Iterator[str]:
    """The name of a new database that nobody has prepared."""
    name = f"bare_{uuid4().hex[:12]}"
    with as_database_url.server.superuser("postgres") as connection:
        connection.autocommit = True
        connection.execute(f"create database {name} template template0")
        yield name
        connection.execute(f"drop database {name} with (force)")


def test_the_steps_of_the_manual_are_enough(
    analyst: Analyst, as_database_url: Database, bare: str, repo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = (repo_root / "docs/manual/own-server.md").read_text()
    steps = re.findall(r"```sql\n(.*?)```", manual, re.DOTALL)[0]
    made = steps.replace("DATABASE keyworker", f"DATABASE {bare}").split(";")
    with as_database_url.server.superuser("postgres") as connection:
        connection.autocommit = True
        connection.execute(f"drop database {bare}")
        for statement in filter(str.strip, made):
            if "CREATE ROLE" in statement and _known(connection, statement.split()[2]):
                continue
            connection.execute(statement.encode())
    monkeypatch.setenv("DATABASE_URL", _other(as_database_url.url, bare))
    analyst.writes("visits.csv", "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nV1,CHILD-1,2024-01-01\n")
    assert analyst.loads("visits.csv")[0]["tables"]["cin_visits"]["added"] == 1
    assert "read 1, added 1" in analyst.types("loads").stdout


def test_a_database_that_the_owner_role_does_not_own_is_said_so(
    analyst: Analyst, as_database_url: Database, bare: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", _other(as_database_url.url, bare))
    assert "make or upgrade the record" in analyst.types("loads", expect=2).stderr.replace("\n", " ")


def test_an_address_for_one_role_alone_is_a_server_of_ones_own(
    analyst: Analyst, monkeypatch: pytest.MonkeyPatch, as_database_url: Database
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL_LOADER", as_database_url.url)
    assert "your own" in analyst.types("status").stdout


def _known(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone() is not None


def _other(url: str, name: str) -> str:
    return make_conninfo(url, dbname=name)
