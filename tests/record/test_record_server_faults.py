"""What the embedded server does with pid files that lie, halves of things, and other versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.server.binaries import find
from keyworker.record.server.cluster import FENCE
from keyworker.record.server.launch import release, status, stop
from keyworker.record.server.unprivileged import standing
from keyworker.vocabulary.errors import KeyworkerError
from tests.servers.old import old_server
from tests.servers.place import private_place
from tests.servers.processes import wait_until
from tests.servers.started import Server, debian_binaries


@pytest.fixture
def home(used_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a database that has been used and stopped."""
    monkeypatch.setenv("KEYWORKER_DATABASE_LINGER", "0.3")
    monkeypatch.setenv("KEYWORKER_DATABASE_FSYNC", "off")
    place = private_place()
    shutil.copytree(used_home, place, symlinks=True, dirs_exist_ok=True)
    yield place
    release(place)
    stop(place)
    shutil.rmtree(place)


def use(home: Path) -> None:
    with connect(DatabaseRole.APPLICATION, home=home) as connection:
        connection.execute("SELECT 1")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: "", id="empty"),
        pytest.param(lambda: "12", id="half a number"),
        pytest.param(lambda: "\0\xff", id="no text"),
        pytest.param(lambda: f"{os.getpid()}\n/some/where\n1700000000\n5432\n.\n\n", id="a number that lives"),
        pytest.param(lambda: "4194303\n/some/where\n1700000000\n5432\n.\n\n", id="a number that is dead"),
    ],
)
def test_a_pid_file_is_never_believed(home: Path, content: Callable[[], str]) -> None:
    (home / "database" / "cluster" / "postmaster.pid").write_text(content(), encoding="latin-1")
    assert not status(home).running
    use(home)


def test_a_server_that_someone_started_by_hand_is_left_alone(home: Path) -> None:
    cluster = home / "database" / "cluster"
    elsewhere = home / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    by_hand = subprocess.Popen(
        [find().program("postgres"), "-D", str(cluster), "-k", str(elsewhere), "-c", "listen_addresses="],
        preexec_fn=standing(home / "database").enter,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_until(lambda: (elsewhere / ".s.PGSQL.5432").exists())
        with pytest.raises(KeyworkerError, match="did not start runs on this database"):
            use(home)
        assert by_hand.poll() is None
        assert (cluster / "postmaster.pid").exists()
    finally:
        by_hand.terminate()
        by_hand.wait(20)


def test_a_half_made_cluster_is_made_again(home: Path) -> None:
    database = home / "database"
    (database / "cluster").rename(database / "cluster.unfinished")
    (database / "cluster.unfinished" / "PG_VERSION").unlink()
    use(home)
    assert not (database / "cluster.unfinished").exists()


def test_a_cluster_of_another_version_is_refused_and_kept(home: Path) -> None:
    version = home / "database" / "cluster" / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(KeyworkerError, match="made by PostgreSQL 16, and this Keyworker brings PostgreSQL"):
        use(home)
    assert version.read_text() == "16\n"


def test_a_data_folder_made_with_debians_server_is_refused_by_ours(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYWORKER_POSTGRES_BINARIES", str(debian_binaries()))
    with pytest.raises(KeyworkerError, match=r"this Keyworker brings PostgreSQL 1[5-7]"):
        use(home)


@pytest.mark.parametrize(("version", "too_old"), [("14.13", True), ("15.0", False)])
def test_a_server_older_than_15_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, too_old: bool
) -> None:
    with old_server(tmp_path, version) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        if too_old:
            with pytest.raises(KeyworkerError, match="PostgreSQL 14 is too old: Keyworker needs 15 or later"):
                connect(DatabaseRole.APPLICATION)
        else:
            connect(DatabaseRole.APPLICATION).close()


def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:made-up-secret@host:port:5432/keyworker")
    with pytest.raises(KeyworkerError) as refused:
        connect(DatabaseRole.APPLICATION)
    assert "made-up-secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_reported_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://someone@/anything?host={tmp_path}")
    began = time.monotonic()
    with pytest.raises(KeyworkerError, match="No such file or directory"):
        connect(DatabaseRole.APPLICATION)
    assert time.monotonic() - began < 10


def test_the_log_holds_nothing_of_a_statement_that_failed(home: Path) -> None:
    with connect(DatabaseRole.OWNER, home=home) as connection:
        connection.execute("CREATE TABLE child (name text PRIMARY KEY)")
        connection.commit()
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO child VALUES ('Zebedee Madeup'), ('Zebedee Madeup')")
        connection.rollback()
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("SELECT 'Zebedee Madeup'::int")
    stop(home)
    said = status(home).log.read_text(encoding="utf-8")
    assert "database system is shut down" in said
    assert "Zebedee" not in said


def test_a_real_record_is_written_safely_and_with_checksums(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEYWORKER_DATABASE_FSYNC")
    with connect(DatabaseRole.APPLICATION, home=home) as connection:
        for name, value in {"fsync": "on", "full_page_writes": "on", "data_checksums": "on", "jit": "off"}.items():
            assert connection.execute(f"SHOW {name}").fetchone() == (value,)


def test_an_edited_configuration_cannot_open_a_port(home: Path) -> None:
    with (home / "database" / "cluster" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\nlisten_addresses = '*'\nunix_socket_permissions = 0777\n")
    with connect(DatabaseRole.APPLICATION, home=home) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == (FENCE["listen_addresses"],)
        assert connection.execute("SHOW unix_socket_permissions").fetchone() == ("0700",)


def test_a_server_that_cannot_start_is_reported_with_its_reason(home: Path) -> None:
    with (home / "database" / "cluster" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\nno_such_setting = 1\n")
    with pytest.raises(KeyworkerError, match=r"Its reason: configuration file .* contains errors") as refused:
        use(home)
    assert refused.value.where == str(home / "database" / "server.log")


def test_programs_that_cannot_be_run_are_named(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYWORKER_POSTGRES_BINARIES", str(tmp_path))
    with pytest.raises(KeyworkerError, match="PostgreSQL's programs cannot be run") as refused:
        use(home)
    assert refused.value.where == str(tmp_path)


def test_both_servers_are_supported_versions(servers: Server) -> None:
    with servers.superuser() as connection:
        assert connection.info.server_version >= 150_000


def test_settings_meant_for_other_servers_do_not_reach_ours(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGDATABASE": "other", "PGPORT": "1", "PGHOST": "/nowhere", "PGOPTIONS": "-c jit=on"}.items():
        monkeypatch.setenv(name, value)
    with connect(DatabaseRole.OWNER, home=home) as connection:
        found = connection.execute("SELECT current_database(), current_setting('jit')").fetchone()
    assert found == ("keyworker", "off")
