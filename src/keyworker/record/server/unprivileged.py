"""Who PostgreSQL runs as. It refuses root, and rightly; these are ways round that change no ownership."""

from __future__ import annotations

import ctypes
import hashlib
import os
import pwd
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from keyworker.record.home import PRIVATE, refuse_unsafe
from keyworker.vocabulary.errors import KeyworkerError

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
SERVICE_DATA = Path("/var/lib/keyworker")


@dataclass(frozen=True)
class Standing:
    """How the server's processes stand to the machine.

    `enter`  is called in each new process just before PostgreSQL's program takes over
    `place`  is where the cluster lies: the database's folder, but for a service user
    """

    enter: Callable[[], None]
    place: Path


def standing(folder: Path) -> Standing:
    """Choose who the server runs as: this user; as root, this user under another number; else a service user.

    Raises  KeyworkerError when root may make no namespace and there is no service user.
    """
    if os.geteuid() != 0 and _named(os.geteuid()):
        return Standing(lambda: None, folder)
    if _namespaces_allowed() and not (folder / "cluster").is_symlink():
        inner = _inner_user()
        return Standing(lambda: _enter_namespace(inner), folder)
    return _service_user(folder)


def end_with_parent() -> None:
    """Ask the kernel to stop this server, in an orderly way, when the process that watches over it dies."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _named(user: int) -> bool:
    return any(entry.pw_uid == user for entry in pwd.getpwall())


def _inner_user() -> int:
    # PostgreSQL looks its own user up, so the number must have a name. Inside the namespace it means us and no other.
    users = [entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0]
    return next((user for user in users if user != 65534), 65534)


def _enter_namespace(inner: int) -> None:
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{inner} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{inner} {group} 1", encoding="ascii")


def _namespaces_allowed() -> bool:
    if os.environ.get("KEYWORKER_NO_NAMESPACE"):
        return False
    child = os.fork()
    if child == 0:
        try:
            _enter_namespace(_inner_user())
        except BaseException:  # whatever the refusal, the child may only say no
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _service_user(folder: Path) -> Standing:
    name = os.environ.get("KEYWORKER_SERVICE_USER", "keyworker")
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        entry = None
    if os.geteuid() != 0 or entry is None or entry.pw_uid == 0:
        raise KeyworkerError(
            "The database cannot run as this user here: PostgreSQL refuses root and users without a name, this machine"
            " refuses user namespaces, and there is no service user.",
            remedy=f"Run Keyworker as an ordinary user; or make one for the database (useradd --system {name});"
            " or set DATABASE_URL to a PostgreSQL server.",
        )
    return _standing_of_service(folder, entry.pw_uid, entry.pw_gid)


def _standing_of_service(folder: Path, user: int, group: int) -> Standing:
    place = SERVICE_DATA / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    if not SERVICE_DATA.exists():
        SERVICE_DATA.mkdir()
        SERVICE_DATA.chmod(0o711)
    refuse_unsafe(SERVICE_DATA)
    place.mkdir(mode=PRIVATE, exist_ok=True)
    os.chown(place, user, group)
    link = folder / "cluster"
    if link.is_dir() and not link.is_symlink():
        raise KeyworkerError(
            "This database was made in a user namespace, and this machine now refuses them.",
            where=str(folder),
            remedy="Allow user namespaces again, or move the data folder to an ordinary user's.",
        )
    if not link.is_symlink():
        link.symlink_to(place / "cluster")

    def enter() -> None:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)

    return Standing(enter, place)
