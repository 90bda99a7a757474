"""Codes of an authenticator app: RFC 6238, six digits, 30 seconds, SHA-1, as every such app makes them."""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

STEP, DIGITS, BYTES = 30, 6, 20
DRIFT = 1
"""How many steps a telephone's clock may be off, either way."""


def new_secret() -> str:
    """A secret that an app and these pages will share, in base32 as apps take it."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of one step. Source: RFC 4226 section 5.3, RFC 6238 section 4."""
    key = base64.b32decode(secret)
    made = hmac.new(key, struct.pack(">Q", step), "sha1").digest()
    offset = made[-1] & 0x0F
    number = struct.unpack(">I", made[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_at(now: datetime) -> int:
    """The step that an instant lies in."""
    return int(now.timestamp()) // STEP


def step_of(secret: str, said: str, now: datetime) -> int | None:
    """Which step a code is of, among those near an instant; nothing where it is of none. Every step is compared."""
    found = None
    for step in range(step_at(now) - DRIFT, step_at(now) + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), said.encode()):
            found = step
    return found


def address_of(secret: str, account: str, council: str) -> str:
    """What the square picture says to an app: the secret, and under which name to keep it."""
    issuer = f"Keyworker, {council}"
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
