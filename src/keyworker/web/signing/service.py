"""Which sign-in service a council has of its own, as the machine's environment says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from keyworker.vocabulary.errors import KeyworkerError

ISSUER, CLIENT = "KEYWORKER_OPENID_ISSUER", "KEYWORKER_OPENID_CLIENT"
SECRET, SECRET_FILE = "KEYWORKER_OPENID_SECRET", "KEYWORKER_OPENID_SECRET_FILE"
CLAIM = "KEYWORKER_OPENID_ACCOUNT"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Service:
    """A council's own sign-in service.

    Takes   issuer, its address, as it writes it itself; client and secret, by which it knows these pages; claim, which
            of the things that it says of a person is the account that the list of roles has.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    claim: str = "preferred_username"


def service_from(said: Mapping[str, str] = os.environ) -> Service | None:
    """The service that the environment names; none where it names none. Raises KeyworkerError for part of one."""
    given = {name: said.get(name, "").strip() for name in (ISSUER, CLIENT, SECRET, SECRET_FILE)}
    if not any(given.values()):
        return None
    secret = given[SECRET] or _read(given[SECRET_FILE])
    if not (given[ISSUER] and given[CLIENT] and secret):
        raise KeyworkerError(
            "Of the council's sign-in service only a part is set.",
            where=f"{ISSUER}, {CLIENT}, {SECRET} or {SECRET_FILE}",
            remedy="Set the issuer, the client, and its secret or the file that holds it; or none of them.",
        )
    parts = urlsplit(given[ISSUER])
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise KeyworkerError(
            "The address of the council's sign-in service must begin with https://.",
            where=ISSUER,
            remedy="Write it as the service itself does, such as https://sign-in.council.example/tenant/v2.0.",
        )
    return Service(given[ISSUER], given[CLIENT], secret, said.get(CLAIM, "").strip() or "preferred_username")


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip() if path else ""
    except OSError as error:
        raise KeyworkerError(
            f"The file of the sign-in service's secret cannot be read: {error.strerror}.",
            where=SECRET_FILE,
            remedy="Name a file that this user may read.",
        ) from error
