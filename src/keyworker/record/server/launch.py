"""The client's side of the embedded server: say that one uses it, start it if it does not answer, stop it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from psycopg import pq

from keyworker.record.home import home as default_home
from keyworker.record.server import locks
from keyworker.record.server.folder import PORT, DatabaseFolder
from keyworker.vocabulary.errors import KeyworkerError

PATIENCE = 120.0
RECOVERY = 1800.0
MOST_STARTS = 2
LINGER = 10.0

_held: dict[Path, int] = {}
_holding = threading.Lock()


@dataclass(frozen=True)
class Status:
    """Whether the embedded server runs, whether anyone uses it, and where it keeps its data and its log."""

    running: bool
    in_use: bool
    folder: Path
    log: Path


def ensure_running(home: Path | None = None) -> DatabaseFolder:
    """Start the embedded server if it does not answer. It stops by itself once nobody uses it.

    This process counts as a user of it until it ends, however it ends, or calls `release`.
    Takes   the data folder. KEYWORKER_DATABASE_LINGER is how many seconds the server outlives its last user;
            KEYWORKER_DATABASE_FSYNC=off makes a server for tests, faster, which a power cut may destroy.
    Raises  KeyworkerError when it cannot be started, with the reason.
    """
    folder = DatabaseFolder.inside(home or default_home())
    _hold(folder)
    last, starts = time.monotonic() + PATIENCE, 0
    while (answer := _ping(folder)) != pq.Ping.OK:
        # One that is recovering after a power cut says so, and is waited for longer than one that says nothing.
        if time.monotonic() > last + (RECOVERY if answer == pq.Ping.REJECT else 0):
            raise _unanswered(folder)
        if answer == pq.Ping.NO_RESPONSE and _start(folder, starts):
            starts += 1
        time.sleep(0.02)
    return folder


def release(home: Path | None = None) -> None:
    """Stop counting this process as a user of the server. Its open connections should be closed first."""
    with _holding:
        handle = _held.pop(DatabaseFolder.inside(home or default_home()).path, None)
    if handle is not None:
        os.close(handle)


def stop(home: Path | None = None) -> None:
    """Stop the embedded server now, whoever uses it, and come back when it has ended. The next use starts it again."""
    folder = DatabaseFolder.inside(home or default_home())
    last, asked = time.monotonic() + PATIENCE, False
    lock = locks.open_lock(folder.server_lock)
    try:
        while not locks.try_alone(lock):
            if time.monotonic() > last:
                raise _unanswered(folder)
            if asked and not folder.stop_request.exists():
                return  # it ended, and somebody has already started the next
            folder.stop_request.touch(mode=0o600)
            asked = True
            time.sleep(0.01)
        folder.stop_request.unlink(missing_ok=True)
    finally:
        os.close(lock)


def status(home: Path | None = None) -> Status:
    """Whether the embedded server runs, found out by connecting; looking does not start it."""
    folder = DatabaseFolder.inside(home or default_home())
    clients = locks.open_lock(folder.clients_lock)
    try:
        in_use = not locks.try_alone(clients)
    finally:
        os.close(clients)
    running = _ping(folder) == pq.Ping.OK
    return Status(running, in_use, folder.path, folder.log)


def _ping(folder: DatabaseFolder) -> pq.Ping:
    """What the server here answers. The only proof that one runs: pid files are never believed."""
    if not folder.cluster.exists():
        return pq.Ping.NO_RESPONSE
    # libpq's own ping: it needs no sign-in, and tells a server that is still recovering from one that is ready.
    return pq.Ping(pq.PGconn.ping(f"host='{_quoted(folder.host())}' port={PORT} connect_timeout=10".encode()))


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _hold(folder: DatabaseFolder) -> None:
    with _holding:
        held = _held.get(folder.path)
        if held is not None and locks.same_file(held, folder.clients_lock):
            return
        if held is not None:
            os.close(_held.pop(folder.path))
        handle = locks.open_lock(folder.clients_lock)
        if not locks.share(handle, within=PATIENCE):
            os.close(handle)
            raise _unanswered(folder)
        _held[folder.path] = handle


def _start(folder: DatabaseFolder, starts: int) -> bool:
    """Start a server, unless somebody is starting, running or stopping one: those hold the lock, and are waited for."""
    lock = locks.open_lock(folder.server_lock)
    try:
        free = locks.try_alone(lock) and locks.same_file(lock, folder.server_lock)
        if not free or _ping(folder) != pq.Ping.NO_RESPONSE:
            return False
        if starts == MOST_STARTS:
            raise _not_starting(folder)
        folder.stop_request.unlink(missing_ok=True)  # left by a crash: nothing runs that could obey it
        _launch(folder, lock)
        return True
    finally:
        os.close(lock)


def _launch(folder: DatabaseFolder, lock: int) -> None:
    linger = os.environ.get("KEYWORKER_DATABASE_LINGER", str(LINGER))
    command = [sys.executable, "-P", "-m", "keyworker.record.server.supervisor", str(folder.path)]
    command += ["--lock", str(lock), "--linger", linger]
    if os.environ.get("KEYWORKER_DATABASE_FSYNC") == "off":
        command.append("--no-fsync")
    with folder.log.open("ab") as log:
        os.fchmod(log.fileno(), 0o600)
        started = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=[lock],
            start_new_session=True,
            cwd=folder.path,
            check=False,
        )
    if started.returncode:
        raise _not_starting(folder)
    if started.stdout:
        raise KeyworkerError(**json.loads(started.stdout))


def _unanswered(folder: DatabaseFolder) -> KeyworkerError:
    return KeyworkerError(
        "The database does not answer.",
        where=str(folder.log),
        remedy="The log named here says more. Try again; nothing in the database was changed.",
    )


def _not_starting(folder: DatabaseFolder) -> KeyworkerError:
    said = folder.log.read_text(encoding="utf-8", errors="replace").splitlines()
    reason = next((line.partition("FATAL:")[2].strip() for line in reversed(said) if "FATAL:" in line), "it gives none")
    return KeyworkerError(
        f"The database does not start. Its reason: {reason}.",
        where=str(folder.log),
        remedy="Mend what it names and try again; nothing in the database was changed.",
    )
