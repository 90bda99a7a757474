"""How this machine sends reminders, and to which address: settings of the machine, never typed on a page.

The address of a reminder is that of the sign-in itself, in the council's own domain: nobody has one sent elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from keyworker.record.private_file import read_private
from keyworker.vocabulary.errors import KeyworkerError

DOMAIN, FROM = "KEYWORKER_REMINDERS_DOMAIN", "KEYWORKER_REMINDERS_FROM"
SMTP, PORT, TLS = "KEYWORKER_SMTP_HOST", "KEYWORKER_SMTP_PORT", "KEYWORKER_SMTP_TLS"
USER, PASSWORD, PASSWORD_FILE = "KEYWORKER_SMTP_USER", "KEYWORKER_SMTP_PASSWORD", "KEYWORKER_SMTP_PASSWORD_FILE"
NOTIFY, KEY, KEY_FILE = "KEYWORKER_NOTIFY_ADDRESS", "KEYWORKER_NOTIFY_KEY", "KEYWORKER_NOTIFY_KEY_FILE"
TEMPLATE = "KEYWORKER_NOTIFY_TEMPLATE"
NOTIFY_ADDRESS = "https://api.notifications.service.gov.uk"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
STARTTLS, AT_ONCE, NONE = "starttls", "at once", "none"
PORTS = {STARTTLS: 587, AT_ONCE: 465, NONE: 25}
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"(?:.+-)?({_UUID})-({_UUID})")
_LOCAL = re.compile(r"[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
LONGEST = 254


@dataclass(frozen=True)
class BySmtp:
    """The council's own mail server. Takes tls, `starttls`, `at once`, or `none` for this machine alone."""

    host: str
    port: int
    tls: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class ByNotify:
    """GOV.UK Notify. Takes service and secret, the two halves of its key; template, the number of the template."""

    address: str
    service: str
    template: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Machine:
    """How reminders are sent. Takes domain, the council's own, in which every sign-in's address is."""

    domain: str
    by: BySmtp | ByNotify

    def address_of(self, account: str) -> str:
        """The address of a sign-in; empty where its name is not that of an address in the council's domain."""
        local, _, domain = account.partition("@")
        is_one = _LOCAL.fullmatch(local) and domain.lower() in ("", self.domain)
        found = f"{local}@{self.domain}"
        return found if is_one and len(found) <= LONGEST else ""


def machine_from(said: Mapping[str, str] = os.environ) -> Machine | None:
    """How the environment says that reminders are sent, if it does. Raises KeyworkerError for a part of it."""
    given = {name: said.get(name, "").strip() for name in (DOMAIN, FROM, SMTP, KEY, KEY_FILE, TEMPLATE)}
    if not any(given.values()):
        return None
    domain = given[DOMAIN].lower()
    if not _DOMAIN.fullmatch(domain):
        raise KeyworkerError(
            "Reminders go to addresses in the council's own domain, and it is not set.",
            where=DOMAIN,
            remedy="Write it as council.example, without a name before it.",
        )
    if given[SMTP] and (given[KEY] or given[KEY_FILE]):
        raise KeyworkerError(
            "Reminders are sent one way: by a mail server or by GOV.UK Notify.",
            where=f"{SMTP}, {KEY}",
            remedy="Set one of the two.",
        )
    return Machine(domain, _smtp(said) if given[SMTP] else _notify(said))


def _smtp(said: Mapping[str, str]) -> BySmtp:
    host, sender = said[SMTP].strip(), said.get(FROM, "").strip()
    tls = said.get(TLS, "").strip().lower() or STARTTLS
    port = said.get(PORT, "").strip() or str(PORTS.get(tls, 0))
    if tls not in PORTS or (tls == NONE and host not in LOOPBACK):
        raise KeyworkerError(
            "Reminders are sent under TLS.",
            where=TLS,
            remedy=f"Use {STARTTLS} or {AT_ONCE}; {NONE} only for a mail server on this machine.",
        )
    if not (port.isascii() and port.isdigit() and 0 < int(port[:9]) < 65_536):
        raise KeyworkerError("The mail server's port is not one.", where=PORT, remedy="Use 587 or 465.")
    local, _, domain = sender.partition("@")
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain.lower())):
        raise KeyworkerError(
            "The address from which reminders come is not set, or is none.",
            where=FROM,
            remedy="Write it as keyworker@council.example.",
        )
    user, password = said.get(USER, "").strip(), _secret(said, PASSWORD, PASSWORD_FILE, "mail server's password")
    if bool(user) != bool(password):
        raise KeyworkerError(
            "Of the mail server's sign-in only a part is set.",
            where=f"{USER}, {PASSWORD} or {PASSWORD_FILE}",
            remedy="Set both, or neither.",
        )
    return BySmtp(host, int(port), tls, sender, user, password)


def _notify(said: Mapping[str, str]) -> ByNotify:
    address = said.get(NOTIFY, "").strip().rstrip("/") or NOTIFY_ADDRESS
    parts, template = urlsplit(address), said.get(TEMPLATE, "").strip().lower()
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise KeyworkerError("GOV.UK Notify is asked by TLS.", where=NOTIFY, remedy=f"Leave it out: {NOTIFY_ADDRESS}.")
    key = _KEY.fullmatch(_secret(said, KEY, KEY_FILE, "key of GOV.UK Notify").lower())
    if key is None or not re.fullmatch(_UUID, template):
        raise KeyworkerError(
            "GOV.UK Notify needs its key and the number of a template.",
            where=f"{KEY} or {KEY_FILE}, {TEMPLATE}",
            remedy="Copy both from Notify as they stand there; the template has ((says)) and ((link)).",
        )
    return ByNotify(address, key[1], template, key[2])


def _secret(said: Mapping[str, str], name: str, file: str, what: str) -> str:
    if given := said.get(name, "").strip():
        return given
    path = said.get(file, "").strip()
    return read_private(Path(path), file, what) if path else ""
