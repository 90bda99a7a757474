"""Reaching an address outside without being led inside: TLS, a public number looked up once, no way on from it."""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

import httpcore

from keyworker.web.api.hurrying import Hurried

LOOPBACK = "KEYWORKER_WEBHOOKS_TO_THIS_MACHINE"
"""For a try on one machine alone: set to yes, an address on this machine may be told without TLS."""
TIMEOUT = 10.0
"""Seconds from the first step to the status of the answer, all together."""
LONGEST, LONGEST_LABEL = 300, 63
_LED_ON = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Numbers of version 6 that lead on to one of version 4, perhaps a private one: NAT64, 6to4, Teredo."""
_FAULTS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    ssl.SSLError,
)
Look = Callable[[str, int], Sequence[str]]


class Unreachable(Exception):
    """An address that may not be reached, or does not answer. Its words hold nothing of the address."""


@dataclass(frozen=True)
class Target:
    """Where a message goes: a number that was looked up and may be reached, and the name that its certificate has."""

    url: str
    host: str
    name: str


def fault_of(address: str, *, to_this_machine: bool | None = None) -> str:
    """What is wrong with an address as it is written; empty where nothing is. Nothing is looked up."""
    parts = _parts(address)
    if parts is None or len(address) > LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        return "The address cannot be read"
    if parts.username or parts.password or parts.fragment:
        return "The address must hold no sign-in and no fragment"
    if _is_this_machine(parts.hostname or "") and _allows(to_this_machine) and parts.scheme in ("http", "https"):
        return ""
    if parts.scheme != "https":
        return "The address must begin with https://"
    if not all(0 < len(label) <= LONGEST_LABEL for label in (parts.hostname or "").split(".")):
        return f"Each part of the address's name must have 1 to {LONGEST_LABEL} letters"
    if _is_number(parts.hostname or "") or _is_this_machine(parts.hostname or ""):
        return "The address must have a name: a certificate is held against it"
    return ""


def target_of(address: str, look: Look | None = None, *, to_this_machine: bool | None = None) -> Target:
    """Look an address up. Raises Unreachable for one that leads to a private number, even among others."""
    if fault_of(address, to_this_machine=to_this_machine):
        raise Unreachable("not an address that may be told")
    parts = urlsplit(address)
    name, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    if _is_this_machine(name) and _allows(to_this_machine):
        return Target(address, parts.netloc, name)
    try:
        found = list((look or _looked_up)(name, port))
    except (OSError, UnicodeError) as error:  # a name that cannot be written for a look-up is a fault of its letters
        raise Unreachable("its name is not known") from error
    if not found or not all(_is_public(one) for one in found):
        raise Unreachable("it leads to a private place")
    number = f"[{found[0]}]" if ":" in found[0] else found[0]
    url = urlunsplit((parts.scheme, f"{number}:{port}", parts.path or "/", parts.query, ""))
    return Target(url, parts.netloc, name)


def post(target: Target, body: bytes, headers: Mapping[str, str], seconds: float = TIMEOUT) -> int:
    """Send a message to a number that was looked up. Gives the status; a redirect is an answer and is not followed.

    Takes   seconds, within which the whole of it is over, however slowly the answer comes.
    Raises  Unreachable where nobody answers, or whoever answers has another name's certificate.
    """
    sent = {"Content-Type": "application/json", "Content-Length": str(len(body)), "User-Agent": "keyworker", **headers}
    try:
        with (
            httpcore.ConnectionPool(network_backend=Hurried(seconds)) as network,
            # What it says is not read: it may never end. No redirect is followed.
            network.stream(
                "POST",
                target.url,
                headers=list({**sent, "Host": target.host}.items()),
                content=body,
                extensions={"sni_hostname": target.name},
            ) as answer,
        ):
            return answer.status
    except _FAULTS as error:
        raise Unreachable(type(error).__name__) from error


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - a port that is none is found only when it is asked for
    except ValueError:
        return None
    return parts if parts.hostname else None


def _looked_up(name: str, port: int) -> Sequence[str]:
    return [str(one[4][0]) for one in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # A host of digits alone, or 0x7f.1, is a number to some who look names up.
        return host.replace(".", "").isdigit() or host.lower().startswith("0x")
    return True


def _is_public(number: str) -> bool:
    found = ipaddress.ip_address(number.partition("%")[0])
    inside = getattr(found, "ipv4_mapped", None) or found
    led_on = isinstance(inside, ipaddress.IPv6Address) and any(inside in net for net in _LED_ON)
    return inside.is_global and not inside.is_multicast and not led_on


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _allows(to_this_machine: bool | None) -> bool:
    return os.environ.get(LOOPBACK) == "yes" if to_this_machine is None else to_this_machine
