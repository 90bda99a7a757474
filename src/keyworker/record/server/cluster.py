"""PostgreSQL's data folder: made whole or not at all, checked before use, never believed about who runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from keyworker.record.server.binaries import OLDEST, Binaries
from keyworker.record.server.folder import PORT
from keyworker.record.server.memory import LEAST, buffers, of_this_machine
from keyworker.record.server.roles import DATABASE, DatabaseRole, database_statements, role_statement
from keyworker.record.server.unprivileged import Standing, end_with_parent
from keyworker.vocabulary.errors import KeyworkerError

SUPERUSER = "postgres"

# Given on the command line, where no edited file can undo them.
FENCE = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    # Shared memory lies in the data folder too: elsewhere a killed server leaves pieces, and containers have little.
    "dynamic_shared_memory_type": "mmap",
    "logging_collector": "off",
    # A failed statement may hold a child's name: the log takes what happens to the server, not to statements.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

# Written to postgresql.conf, where a council may change them.
TUNING = {
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_connections": "100",
    "random_page_cost": "1.1",
    # What is read lies in the system's memory as a rule: to have other processes fetch it took half a second of
    # processor time for what ten thousand children's clocks read, and nothing off the server's own.
    "io_method": "sync",
    "jit": "off",
    "wal_compression": "off",
    "max_wal_size": "4GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
SINCE = {"io_method": 18}
"""The version of PostgreSQL that first has a setting: an older one would not start with it."""

UNSAFE_AND_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": f"{LEAST}MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
}

# Whoever can open the socket is the data folder's owner: the kernel has asked already. No line lets a network in.
WHO_MAY_CONNECT = "local all all trust\n"


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder, and who its server runs as."""

    standing: Standing
    binaries: Binaries
    fsync: bool = True

    @property
    def path(self) -> Path:
        return self.standing.place / "cluster"

    def prepare(self, lock: int) -> None:
        """Make the cluster if there is none; refuse one of another version; forget a dead server's pid file.

        Takes   the server lock, held: so that no server of ours can be running.
        """
        if not self.path.exists():
            self._make(lock)
        self._refuse_other_version()
        self._forget_dead_server()

    def start(self, lock: int) -> subprocess.Popen[bytes]:
        """Start the server. It inherits the lock, so the lock is free only once all of the server's processes end."""

        def enter() -> None:
            self.standing.enter()
            end_with_parent()

        settings = FENCE | ({} if self.fsync else UNSAFE_AND_FAST)
        command = [self.binaries.program("postgres"), "-D", str(self.path)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, pass_fds=[lock], preexec_fn=enter, env=_environment()
        )

    def _make(self, lock: int) -> None:
        unfinished = self.standing.place / "cluster.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if self.binaries.major < 17:
            locale = ["--locale=C.UTF-8"]
        chosen = TUNING | {"shared_buffers": buffers(of_this_machine())}
        known = {name: value for name, value in chosen.items() if self.binaries.major >= SINCE.get(name, OLDEST)}
        tuning = "".join(f"{name} = '{value}'\n" for name, value in known.items())
        self._run(
            lock,
            ["initdb", "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", *locale]
            + ["--data-checksums", "--no-instructions"]
            + ([] if self.fsync else ["--no-sync"]),
        )
        with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\n# Keyworker's settings; change them here.\n{tuning}")
        (unfinished / "pg_hba.conf").write_text(WHO_MAY_CONNECT, encoding="utf-8")
        self._run(lock, ["postgres", "--single", "-D", str(unfinished), "postgres"], "\n".join(_first_statements()))
        unfinished.rename(self.path)

    def _run(self, lock: int, command: list[str], entered: str = "") -> None:
        done = subprocess.run(
            [self.binaries.program(command[0]), *command[1:]],
            input=entered,
            capture_output=True,
            text=True,
            check=False,
            pass_fds=[lock],
            preexec_fn=self.standing.enter,
            env=_environment(),
        )
        if done.returncode or "ERROR:" in done.stderr:
            said = done.stderr.strip().splitlines() or ["nothing"]
            raise KeyworkerError(
                f"The database could not be made: {command[0]} said: {said[-1]}",
                where=str(self.standing.place),
                remedy="Mend what it names (often space or permissions) and try again.",
            )

    def _refuse_other_version(self) -> None:
        found = (self.path / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(self.binaries.major):
            raise KeyworkerError(
                f"The database was made by PostgreSQL {found}, and this Keyworker brings PostgreSQL"
                f" {self.binaries.major}.",
                where=str(self.path),
                remedy="Nothing was changed. Open it with the Keyworker that made it, dump it, and restore it here.",
            )

    def _forget_dead_server(self) -> None:
        # PostgreSQL believes this file: one that is half-written, or names a number that now is another program, would
        # keep it from starting. Nobody else holds the lock, so it can only be right about a server that is not ours.
        pid_file = self.path / "postmaster.pid"
        if not pid_file.exists():
            return
        first = pid_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0].strip()
        if first.isdecimal() and _works_in(int(first), self.path):
            raise KeyworkerError(
                "A PostgreSQL server that Keyworker did not start runs on this database.",
                where=str(self.path),
                remedy=f"Stop it (its process is {first}), then try again.",
            )
        pid_file.unlink()


def _works_in(process: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{process}/cwd").samefile(folder)
    except OSError:
        return False


def _first_statements() -> list[str]:
    roles = [role_statement(role, login=True) for role in DatabaseRole]
    template = [f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC" for name in ("postgres", "template1")]
    made = [f'CREATE DATABASE "{DATABASE}" OWNER {DatabaseRole.OWNER}']
    return [*roles, *template, *made, *database_statements(DATABASE), ""]


def _environment() -> dict[str, str]:
    # PG* settings of the person's shell are meant for other servers.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
