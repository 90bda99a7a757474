"""What every test may ask for: a database of its own on a real server, and the folder of shared data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from keyworker.record.server.launch import ensure_running, release, stop
from tests.servers.asking import closed_at_end
from tests.servers.place import private_place
from tests.servers.started import Database, Server, debian_binaries, started

ROOT = Path(__file__).resolve().parent.parent
BOTH = ["embedded", pytest.param("debian", marks=pytest.mark.debian_server)]


# A build looks at the same random histories each time, so that it fails for what was changed; `make histories` looks at
# new ones.
settings.register_profile("build", derandomize=True)
settings.load_profile("default" if os.environ.get("KEYWORKER_HISTORIES") else "build")


def pytest_configure() -> None:
    """Keep the tests away from a real record: neither the user's data folder nor their DATABASE_URL is ever used."""
    for name in [name for name in os.environ if name.startswith("DATABASE_URL")]:
        del os.environ[name]
    os.environ["KEYWORKER_HOME"] = "/nonexistent/tests-name-their-own-data-folder"


@pytest.hookimpl(tryfirst=True)  # before the plugin that sends groups to workers reads them
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a module that share what it makes once run on one worker: two would make it twice."""
    for item in items:
        if _shares(item) and not any(item.iter_markers("xdist_group")):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def _shares(item: pytest.Item) -> bool:
    """Whether a test takes a fixture that lives as long as its module."""
    fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return any(held[-1].scope == "module" for held in fixtures.values())


@pytest.fixture(autouse=True)
def nobody_asks_on() -> Iterator[None]:
    """Whatever a test opened as somebody is closed when it ends."""
    with closed_at_end():
        yield


@pytest.fixture(scope="session")
def repo_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared(repo_root: Path) -> Path:
    """The folder of real public data and format samples that lies beside the repository."""
    folder = repo_root.parent / "shared"
    if not folder.is_dir():
        pytest.fail(f"These tests read {folder}, which is absent: put the folder `shared` beside the repository.")
    return folder


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Server]:
    with started("embedded", private_place()) as server:
        yield server


@pytest.fixture(scope="session")
def debian_server() -> Iterator[Server]:
    with started("debian", private_place(), debian_binaries()) as server:
        yield server


@pytest.fixture(scope="session")
def used_home() -> Iterator[Path]:
    """A data folder whose embedded database has been made, used and stopped: to be copied, not used."""
    home = private_place()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("KEYWORKER_DATABASE_FSYNC", "off")
        ensure_running(home)
    release(home)
    stop(home)
    yield home
    shutil.rmtree(home)


@pytest.fixture(scope="session", params=BOTH)
def servers(request: pytest.FixtureRequest) -> Server:
    """Each server that Keyworker supports, in turn."""
    server: Server = request.getfixturevalue(f"{request.param}_server")
    return server


@pytest.fixture
def database(embedded_server: Server) -> Iterator[Database]:
    """A fresh database with the record's schema, on the embedded server."""
    yield from _for_one_test(embedded_server, embedded_server.fresh)


@pytest.fixture
def any_database(servers: Server) -> Iterator[Database]:
    """A fresh database with the record's schema, on each server in turn."""
    yield from _for_one_test(servers, servers.fresh)


@pytest.fixture
def bare_database(servers: Server) -> Iterator[Database]:
    """A fresh database without the record's schema, on each server in turn."""
    yield from _for_one_test(servers, servers.bare)


@pytest.fixture
def as_database_url(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The fresh database, named by DATABASE_URL, so that commands and subprocesses use it."""
    monkeypatch.setenv("DATABASE_URL", database.url)
    return database


def _for_one_test(server: Server, make: Callable[[], Database]) -> Iterator[Database]:
    made = make()
    yield made
    server.drop(made)
