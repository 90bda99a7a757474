"""The small process that holds the server: starts it, restarts it if it is killed, stops it after the last client.

Run as `python -m keyworker.record.server.supervisor FOLDER`, with the server lock inherited.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from keyworker.record.server import locks
from keyworker.record.server.binaries import find
from keyworker.record.server.cluster import Cluster
from keyworker.record.server.folder import DatabaseFolder
from keyworker.record.server.unprivileged import standing
from keyworker.vocabulary.errors import KeyworkerError

LOOK_EVERY = 0.25
FALLS_IN_A_ROW = 8
LARGEST_LOG = 1_000_000


class Asked(Exception):
    """Somebody sent this process a signal to end."""


@dataclass
class Supervisor:
    """Watches over one server until nobody has used it for `linger` seconds, or somebody asks it to stop."""

    folder: DatabaseFolder
    cluster: Cluster
    lock: int
    linger: float

    def watch(self) -> None:
        """Run the server to the end of its last client."""
        clients = locks.open_lock(self.folder.clients_lock)
        server = self.cluster.start(self.lock)
        falls, up_since, idle_since = 0, time.monotonic(), time.monotonic()
        try:
            while not self._should_stop():
                time.sleep(LOOK_EVERY)
                now = time.monotonic()
                if server.poll() is not None:
                    falls = falls + 1 if now - up_since < 5 else 1
                    if falls > FALLS_IN_A_ROW:
                        return
                    server, up_since = self.cluster.start(self.lock), now
                if not locks.try_alone(clients):
                    idle_since = now
                elif now - idle_since < self.linger:
                    locks.let_go(clients)
                else:
                    # Kept alone while the server stops: a client that comes now waits, then starts a new one.
                    return
        except Asked:
            return
        finally:
            _stop(server)

    def _should_stop(self) -> bool:
        removed = not locks.same_file(self.lock, self.folder.server_lock)
        return removed or self.folder.stop_request.exists()


def _stop(server: subprocess.Popen[bytes]) -> None:
    for sign, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
        if server.poll() is None:
            server.send_signal(sign)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return


def _open_log(path: Path) -> int:
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.old"))
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise Asked


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lock", type=int, required=True)
    parser.add_argument("--linger", type=float, required=True)
    parser.add_argument("--no-fsync", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Leave the client's process family, prepare the database, say that it is ready, and watch."""
    arguments = _arguments()
    if os.fork():
        os._exit(0)
    os.umask(0o077)
    os.set_inheritable(arguments.lock, False)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _end)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    folder = DatabaseFolder(arguments.folder)
    try:
        cluster = Cluster(standing(folder.path), find(), fsync=not arguments.no_fsync)
        cluster.prepare(arguments.lock)
    except KeyworkerError as error:
        json.dump({"what": error.what, "where": error.where, "remedy": error.remedy}, sys.stdout)
        return
    log = _open_log(folder.log)
    nothing = os.open(os.devnull, os.O_RDWR)
    for old, new in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(old, new)
    Supervisor(folder, cluster, arguments.lock, arguments.linger).watch()


if __name__ == "__main__":
    main()
