"""What must be read again but not by whoever has only the database: sealed with a key made from the pages' secret."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(said: str) -> str:
    """Seal a secret for the database."""
    return _fernet().encrypt(said.encode()).decode()


def unseal(kept: str) -> str | None:
    """The secret again; nothing where it was sealed with another secret of the pages."""
    try:
        return _fernet().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def digest(purpose: str, said: str) -> str:
    """A digest that only these pages can make, of something that need never be read again."""
    return salted_hmac(f"keyworker {purpose}", said, algorithm="sha256").hexdigest()


def _fernet() -> Fernet:
    return _fernet_of(settings.SECRET_KEY)


@cache
def _fernet_of(secret: str) -> Fernet:
    made = HKDF(SHA256(), 32, salt=None, info=b"keyworker second factors").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))
