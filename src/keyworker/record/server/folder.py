"""What lies where in the database's own folder, and how a client reaches the socket in it."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path

from keyworker.record.home import private_folder

PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class DatabaseFolder:
    """The folder `database` inside the data folder, private to its owner.

    `server.lock`   held by whoever starts, watches or is the server, so that there is only ever one
    `clients.lock`  shared by every process that uses the server, so that the last one's end is seen
    `cluster`       PostgreSQL's own data folder, with the socket in it
    """

    path: Path

    @classmethod
    def inside(cls, home: Path) -> DatabaseFolder:
        """The database's folder of a data folder, both made if absent and both refused if others may write there."""
        return cls(private_folder(private_folder(home) / "database").resolve())

    @property
    def server_lock(self) -> Path:
        return self.path / "server.lock"

    @property
    def clients_lock(self) -> Path:
        return self.path / "clients.lock"

    @property
    def stop_request(self) -> Path:
        return self.path / "stop"

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    @property
    def cluster(self) -> Path:
        return self.path / "cluster"

    def host(self) -> str:
        """The socket's folder as libpq wants it.

        A socket's path holds 107 bytes. A longer one is reached through a handle on the folder, which this
        process alone can use, rather than through a link in a folder that others share.
        """
        if len(os.fsencode(self.cluster / SOCKET)) <= LONGEST_SOCKET_PATH:
            return str(self.cluster)
        found = self.cluster.stat()
        return f"/proc/self/fd/{_handle(self.cluster, found.st_dev, found.st_ino)}"


@functools.cache
def _handle(cluster: Path, _device: int, _inode: int) -> int:
    return os.open(cluster, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
