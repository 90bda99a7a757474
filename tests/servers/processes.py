"""What really runs on this machine for a data folder, read from the kernel."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def processes_in(home: Path) -> dict[int, str]:
    """Every process that works in the database's folder: its number and its command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            here = (entry / "cwd").readlink()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if command and here.is_relative_to(home.resolve()):
            found[int(entry.name)] = command
    return found


def supervisor_of(home: Path) -> int:
    return next(number for number, command in processes_in(home).items() if "supervisor" in command)


def postmaster_of(home: Path) -> int:
    return next(number for number, command in processes_in(home).items() if "/postgres -D" in command)


def kill(number: int) -> None:
    # A server's processes may follow the first one killed before their own turn comes.
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def wait_until(what: Callable[[], bool], within: float = 20) -> bool:
    last = time.monotonic() + within
    while not what():
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


def listening_sockets(number: int) -> set[str]:
    """The socket numbers that a process holds; none once it has ended."""
    try:
        handles = list(Path(f"/proc/{number}/fd").iterdir())
    except FileNotFoundError:
        # PostgreSQL's own short-lived workers end between being listed and being read.
        return set()
    links = []
    for handle in handles:
        try:
            links.append(str(handle.readlink()))
        except OSError:
            continue
    return {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}


def network_sockets() -> set[str]:
    """The numbers of every TCP and UDP socket of this machine."""
    numbers = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        path = Path("/proc/net") / table
        if path.exists():
            numbers |= {line.split()[9] for line in path.read_text().splitlines()[1:]}
    return numbers


def client(home: Path, code: str) -> subprocess.Popen[str]:
    """Another program that uses the record: it runs `code` with an application connection called `c`."""
    program = (
        "import sys\n"
        "from keyworker.record.connect import DatabaseRole, connect\n"
        "c = connect(DatabaseRole.APPLICATION)\n" + code
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | {"KEYWORKER_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
