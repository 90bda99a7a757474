"""The embedded server's life: it starts when needed, comes back when killed, and leaves nothing running."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from keyworker.record.connect import DatabaseRole, connect, conninfo
from keyworker.record.server.launch import release, status, stop
from tests.servers.place import private_place
from tests.servers.processes import client, kill, postmaster_of, processes_in, supervisor_of, wait_until


@pytest.fixture
def new_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with no database yet."""
    monkeypatch.setenv("KEYWORKER_DATABASE_LINGER", "0.3")
    monkeypatch.setenv("KEYWORKER_DATABASE_FSYNC", "off")
    place = private_place()
    yield place
    release(place)
    stop(place)
    shutil.rmtree(place)


@pytest.fixture
def home(new_home: Path, used_home: Path) -> Path:
    """A data folder with a database that has been used and stopped."""
    shutil.copytree(used_home, new_home, symlinks=True, dirs_exist_ok=True)
    return new_home


def use(home: Path) -> int:
    """Ask the server something; gives the process that answered."""
    with connect(DatabaseRole.APPLICATION, home=home) as connection:
        return connection.info.backend_pid


def said_to_be_in(user: subprocess.Popen[str]) -> bool:
    assert user.stdout is not None
    line = user.stdout.readline()
    assert line == "in\n", user.communicate()[1]
    return True


def nothing_runs(home: Path) -> bool:
    return not processes_in(home)


def test_the_first_use_starts_it_and_looking_does_not(new_home: Path) -> None:
    assert not status(new_home).running
    use(new_home)
    assert status(new_home).running
    assert status(new_home).in_use


def test_it_stops_after_the_last_client_has_ended(home: Path) -> None:
    one, other = client(home, "sys.stdin.read()"), client(home, "sys.stdin.read()")
    assert wait_until(lambda: status(home).running)
    one.communicate("")
    assert not wait_until(lambda: nothing_runs(home), within=1.2), "it stopped while a client was using it"
    other.communicate("")
    assert wait_until(lambda: nothing_runs(home)), processes_in(home)


def test_it_stops_after_its_client_was_killed(home: Path) -> None:
    user = client(home, "print('in', flush=True); sys.stdin.read()")
    assert said_to_be_in(user)
    user.kill()
    user.communicate()
    assert wait_until(lambda: nothing_runs(home)), processes_in(home)


def test_a_client_between_two_statements_keeps_it_running(home: Path) -> None:
    use(home)
    assert not wait_until(lambda: nothing_runs(home), within=1.2)
    release(home)
    assert wait_until(lambda: nothing_runs(home))


def test_it_comes_back_with_what_was_committed_after_it_was_killed(home: Path) -> None:
    with connect(DatabaseRole.OWNER, home=home) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    killed = postmaster_of(home)
    kill(killed)
    assert wait_until(lambda: killed not in processes_in(home))
    with connect(DatabaseRole.OWNER, home=home) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert postmaster_of(home) != killed


def test_a_killed_server_comes_back_by_itself_while_someone_uses_it(home: Path) -> None:
    use(home)
    kill(postmaster_of(home))
    assert wait_until(lambda: not status(home).running, within=2)
    assert wait_until(lambda: status(home).running)


def test_a_killed_supervisor_takes_the_server_with_it_and_the_next_use_starts_both(home: Path) -> None:
    use(home)
    killed = supervisor_of(home)
    server = postmaster_of(home)
    kill(killed)
    assert wait_until(lambda: server not in processes_in(home))
    use(home)
    assert supervisor_of(home) != killed


def test_everything_killed_at_once_is_no_obstacle(home: Path) -> None:
    use(home)
    for number in processes_in(home):
        kill(number)
    use(home)
    assert status(home).running


def test_its_shared_memory_lies_in_its_folder_so_that_killing_it_leaves_nothing_elsewhere(home: Path) -> None:
    use(home)
    mapped = {line.split()[-1] for line in Path(f"/proc/{postmaster_of(home)}/maps").read_text().splitlines()}
    shared = {path for path in mapped if "PostgreSQL." in path or "pg_dynshmem" in path}
    assert shared, "a server has shared memory"
    assert all(Path(path).is_relative_to(home) for path in shared)


def test_eight_first_starts_at_once_make_one_server(new_home: Path) -> None:
    ask = "print(c.execute('SELECT system_identifier FROM pg_control_system()').fetchone()[0]); sys.stdin.read()"
    clients = [client(new_home, ask) for _ in range(8)]
    answers = [each.communicate("", timeout=60) for each in clients]
    assert [each.returncode for each in clients] == [0] * 8, answers
    assert len({said for said, _ in answers}) == 1


def test_eight_threads_at_once_share_one_server(new_home: Path) -> None:
    answered: list[int] = []
    threads = [threading.Thread(target=lambda: answered.append(use(new_home))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answered) == 8


def test_clients_that_come_while_it_stops_are_served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYWORKER_DATABASE_LINGER", "0")
    for _ in range(6):
        use(home)
        release(home)
        wait_until(lambda: False, within=0.15)


def test_stopping_ends_every_process_and_the_next_use_starts_again(home: Path) -> None:
    use(home)
    stop(home)
    assert nothing_runs(home)
    assert not status(home).running
    use(home)


def test_stopping_comes_back_although_clients_keep_asking(home: Path) -> None:
    asking = client(home, "print('in', flush=True)\nwhile True: connect(DatabaseRole.APPLICATION).close()")
    assert said_to_be_in(asking)
    before = postmaster_of(home)
    try:
        stop(home)
        assert before not in processes_in(home)
    finally:
        asking.kill()
        asking.communicate()


def test_stopping_what_does_not_run_does_nothing(home: Path) -> None:
    stop(home)
    assert nothing_runs(home)


def test_a_request_to_stop_left_by_a_crash_is_forgotten(home: Path) -> None:
    use(home)
    stop(home)
    (home / "database" / "stop").touch()
    use(home)
    assert not wait_until(lambda: nothing_runs(home), within=1)


def test_it_ends_when_its_folder_is_removed(home: Path) -> None:
    use(home)
    release(home)
    shutil.rmtree(home / "database", ignore_errors=True)
    assert wait_until(lambda: nothing_runs(home)), processes_in(home)


def test_an_open_connection_ends_when_the_server_is_stopped(home: Path) -> None:
    connection = connect(DatabaseRole.APPLICATION, home=home)
    stop(home)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_a_pool_that_asks_for_the_address_anew_starts_a_stopped_server(home: Path) -> None:
    with ConnectionPool(lambda: conninfo(DatabaseRole.APPLICATION, home), min_size=1, open=True) as pool:
        with pool.connection() as connection:
            connection.execute("SELECT 1")
        stop(home)
        with pytest.raises(psycopg.OperationalError), pool.connection() as connection:
            connection.execute("SELECT 1")
        with pool.connection(timeout=20) as connection:
            assert connection.execute("SELECT 42").fetchone() == (42,)
