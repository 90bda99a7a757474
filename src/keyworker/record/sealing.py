"""Sealing what is attached to the record, with a key that the database does not hold."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from keyworker.record.home import home as data_folder
from keyworker.record.private_file import read_private
from keyworker.vocabulary.errors import KeyworkerError

GIVEN, FILE = "KEYWORKER_ATTACHED_KEY", "KEYWORKER_ATTACHED_KEY_FILE"
KEPT = "attached.key"
_BYTES, _NONCE = 32, 12


@dataclass(frozen=True, repr=False)
class Key:
    """A key, and the name by which what it sealed is known. It is shown nowhere."""

    secret: bytes

    @property
    def name(self) -> str:
        """A short name that tells nothing of the key."""
        return hashlib.sha256(b"keyworker attached" + self.secret).hexdigest()[:16]

    def seal(self, content: bytes, about: str) -> bytes:
        """Seal something. Takes about, what it belongs to: with anything else it does not open."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self.secret).encrypt(nonce, content, about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """What was sealed. Raises KeyworkerError where it was changed, moved, or sealed with another key."""
        try:
            return AESGCM(self.secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
        except (InvalidTag, ValueError) as error:
            raise KeyworkerError(
                "What is attached does not open: it was sealed with another key, or is damaged.",
                where="what is attached",
                remedy=f"Start Keyworker with the key with which it was sealed: see {GIVEN} in the manual.",
            ) from error


def key_of(folder: Path | None = None) -> Key:
    """The key: KEYWORKER_ATTACHED_KEY, the file that KEYWORKER_ATTACHED_KEY_FILE names, or one in the data folder.

    Takes   folder, the data folder (KEYWORKER_HOME when absent), in which one is made at first, for its owner alone.
    Raises  KeyworkerError when it is no key, cannot be read, or others may read it.
    """
    if given := os.environ.get(GIVEN):
        return _decoded(given, GIVEN)
    if named := os.environ.get(FILE):
        return _read(Path(named), FILE)
    kept = (folder or data_folder()) / KEPT
    if not kept.exists():
        _make(kept)
    return _read(kept, str(kept))


def _make(kept: Path) -> None:
    """Make a key, whole before it has its name: of two that are made at once the first is kept, and both use it."""
    beside = kept.with_name(f"{kept.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(_BYTES)).decode())
        file.flush()
        os.fsync(file.fileno())
    try:
        kept.hardlink_to(beside)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _read(path: Path, where: str) -> Key:
    return _decoded(read_private(path, where, "key of what is attached"), where)


def _decoded(found: str, where: str) -> Key:
    try:
        secret = base64.b64decode(found, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != _BYTES:
        raise KeyworkerError(
            f"The key of what is attached is not {_BYTES} bytes in base64.",
            where=where,
            remedy="Make one: head -c 32 /dev/urandom | base64",
        )
    return Key(secret)
