"""Nobody else of this machine reaches the embedded database, and nothing outside its folder is changed."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from keyworker.record import home as home_module
from keyworker.record.connect import DatabaseRole, connect, conninfo
from keyworker.record.server.launch import release, stop
from keyworker.record.server.unprivileged import _enter_namespace, _inner_user
from keyworker.vocabulary.errors import KeyworkerError
from tests.servers.place import private_place
from tests.servers.processes import listening_sockets, network_sockets, processes_in
from tests.servers.started import debian_binaries

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user to try it")


@pytest.fixture
def above(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that all may enter, so that only the database's own folders can keep anyone out."""
    monkeypatch.setenv("KEYWORKER_DATABASE_LINGER", "0.5")
    monkeypatch.setenv("KEYWORKER_DATABASE_FSYNC", "off")
    place = private_place()
    place.chmod(0o755)
    yield place
    for home in place.glob("**/database"):
        release(home.parent)
        stop(home.parent)
    shutil.rmtree(place)


def use(home: Path) -> None:
    with connect(DatabaseRole.APPLICATION, home=home) as connection:
        connection.execute("SELECT 1")


def standing_of(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and ownership of a folder and of all above it."""
    found = {each: each.stat() for each in (folder, *folder.parents)}
    return {each: (state.st_mode, state.st_uid, state.st_gid) for each, state in found.items()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_every_folder_and_socket_of_the_database_is_its_owners_alone(above: Path) -> None:
    home = above / "home"
    use(home)
    database = home / "database"
    assert [mode(each) for each in (home, database, database / "cluster")] == [0o700] * 3
    assert mode(database / "cluster" / ".s.PGSQL.5432") == 0o700
    open_to_others = [path for path in database.rglob("*") if not path.is_symlink() and mode(path) & 0o077]
    assert open_to_others == []


def test_no_folder_above_is_changed(above: Path) -> None:
    home = above / "home"
    home.mkdir(mode=0o750)
    before = standing_of(home)
    use(home)
    assert standing_of(home) == before


def test_there_is_no_network_port(above: Path) -> None:
    home = above / "home"
    use(home)
    held = {socket for number in processes_in(home) for socket in listening_sockets(number)}
    assert held, "a server with no socket at all cannot have answered"
    assert not held & network_sockets()


@ROOT_ONLY
@pytest.mark.parametrize("open_home", [False, True], ids=["private home", "home that all may enter"])
def test_another_user_cannot_connect(above: Path, open_home: bool) -> None:
    home = above / "home"
    home.mkdir(mode=0o755 if open_home else 0o700)
    use(home)
    nobody = pwd.getpwnam("nobody")
    for user in ("postgres", *DatabaseRole):
        tried = subprocess.run(
            [
                debian_binaries() / "psql",
                "-h",
                home / "database" / "cluster",
                "-U",
                user,
                "-c",
                "SELECT 1",
                "keyworker",
            ],
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
        assert tried.returncode == 2
        assert "Permission denied" in tried.stderr


def test_a_home_that_others_may_write_to_is_refused(above: Path) -> None:
    home = above / "home"
    home.mkdir()
    home.chmod(0o777)
    with pytest.raises(KeyworkerError, match="others may write to it"):
        home_module.private_folder(home)


@ROOT_ONLY
def test_a_home_that_belongs_to_someone_else_is_refused(above: Path) -> None:
    home = above / "home"
    home.mkdir(mode=0o700)
    os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)
    with pytest.raises(KeyworkerError, match="belongs to someone else"):
        use(home)


@pytest.mark.parametrize("name", ["file", "file/home"])
def test_a_home_that_is_a_file_is_refused(above: Path, name: str) -> None:
    (above / "file").touch()
    with pytest.raises(KeyworkerError, match=r"is a file, not a folder|cannot be made"):
        home_module.private_folder(above / name)


def test_a_new_home_is_private_and_named_by_the_environment(above: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYWORKER_HOME", str(above / "some" / "home"))
    assert home_module.home() == above / "some" / "home"
    assert mode(above / "some" / "home") == 0o700
    monkeypatch.delenv("KEYWORKER_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(above / "data"))
    assert home_module.home() == above / "data" / "keyworker"


def test_a_long_path_stays_private_and_works_beside_another(above: Path) -> None:
    homes = [above / ("long " * 40) / name for name in ("one", "other")]
    for home in homes:
        with connect(DatabaseRole.OWNER, home=home) as connection:
            connection.execute(f"CREATE TABLE lives_in_{home.name} ()")
    for home in homes:
        with connect(DatabaseRole.OWNER, home=home) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert found == [(f"lives_in_{home.name}",)]
        assert "%2Fproc%2Fself%2Ffd" in conninfo(DatabaseRole.OWNER, home)


def test_an_ordinary_user_runs_it_as_themselves(above: Path) -> None:
    home = above / "home"
    home.mkdir(mode=0o700)
    # Under another number and without root's powers, in the same way for root and for others.
    program = (
        "import os; from keyworker.record.connect import DatabaseRole, connect;"
        "print(os.geteuid(), connect(DatabaseRole.APPLICATION).execute('SELECT 42').fetchone()[0])"
    )
    inner = _inner_user()
    said = subprocess.run(
        [sys.executable, "-c", program],
        preexec_fn=(lambda: _enter_namespace(inner)) if os.geteuid() == 0 else None,
        env=os.environ | {"KEYWORKER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.split() == [str(inner if os.geteuid() == 0 else os.geteuid()), "42"], said.stderr


@ROOT_ONLY
def test_root_without_namespaces_uses_a_service_user(above: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYWORKER_NO_NAMESPACE", "1")
    monkeypatch.setenv("KEYWORKER_SERVICE_USER", "daemon")
    monkeypatch.setenv("KEYWORKER_POSTGRES_BINARIES", str(debian_binaries()))
    home = above / "home"
    before = Path("/var/lib/keyworker").exists()
    try:
        use(home)
        place = (home / "database" / "cluster").resolve().parent
        assert place.parent == Path("/var/lib/keyworker")
        assert (place.owner(), mode(place)) == ("daemon", 0o700)
        release(home)
        stop(home)
        use(home)
    finally:
        release(home)
        stop(home)
        shutil.rmtree((home / "database" / "cluster").resolve().parent)
        if not before:
            Path("/var/lib/keyworker").rmdir()


@ROOT_ONLY
def test_root_without_namespaces_or_service_user_is_told_what_to_do(
    above: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYWORKER_NO_NAMESPACE", "1")
    monkeypatch.setenv("KEYWORKER_SERVICE_USER", "nobody-of-this-name")
    with pytest.raises(KeyworkerError, match="useradd --system nobody-of-this-name"):
        use(above / "home")
