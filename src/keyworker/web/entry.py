"""The only way into the pages: prepare their own tables, make sign-ins, serve on this machine alone."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from keyworker.access import Thing, who_may
from keyworker.facts.accounts import roles_held
from keyworker.facts.days import london_day
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, conninfo
from keyworker.record.home import home as data_folder
from keyworker.record.sessions import end_sessions_of
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import bound
from keyworker.web.record import RealRecord
from keyworker.web.reminders.machine import Machine, machine_from
from keyworker.web.schema import OWNER, as_owner, make_tables
from keyworker.web.signing.policy import ADDRESS, PROXY, Policy, policy_from
from keyworker.web.signing.secret import secret_of
from keyworker.web.signing.service import Service, service_from
from keyworker.web.site import MOST_SENT, Council, configure
from keyworker.web.source import Source

if TYPE_CHECKING:
    from keyworker.web.api.keeping import TokensKept
    from keyworker.web.signing.keeping import Keeping

__all__ = [
    "Council",
    "Policy",
    "SignIn",
    "Source",
    "add_sign_ins",
    "make_sign_ins",
    "needs_code",
    "open_site",
    "prepare",
    "prove",
    "remind_due",
    "serve",
    "serve_record",
    "sign_ins_kept",
    "tokens_kept",
    "who_may_agree",
]

THREADS = 6
LOOPBACK = "127.0.0.1"
CONNECTIONS = 2_000
"""An office of 500 people, whose browsers keep a connection or two open each; the usual hundred would shut most out."""
LIMITS = {
    "max_request_body_size": MOST_SENT,
    "inbuf_overflow": MOST_SENT,
    "max_request_header_size": 32 * 1024,
    "channel_timeout": 60,
    "connection_limit": CONNECTIONS,
    "asyncore_use_poll": True,
}
"""What is larger or slower is broken off, most of it far earlier (`bodies`). What is sent lies in no file meanwhile."""
KEEPER = "the keeper of this machine"
Ready = Callable[[str], None]


@dataclass(frozen=True)
class SignIn:
    """A way to sign in. What the person may see is in the record, under the same account.

    Takes   password, empty for whoever comes by the council's own sign-in service; change_first, whether the password
            is known to somebody else and must be changed before anything is seen.
    """

    account: str
    password: str = ""
    change_first: bool = False


def serve_record(port: int, *, home: Path | None = None, host: str = LOOPBACK, ready: Ready = lambda _: None) -> None:
    """Serve the pages of a data folder's record (KEYWORKER_HOME when absent) until stopped.

    Takes   port, 0 for any that is free; ready, told the address once the pages can be opened. The council's name,
            colour and code are read from KEYWORKER_COUNCIL, KEYWORKER_COUNCIL_COLOUR and KEYWORKER_COUNCIL_CODE.
    """
    refuse_far(host, policy_from())
    _open_record_site(home)
    # The site's addresses can be read only once the framework is set up.
    from keyworker.web.api.telling import Telling
    from keyworker.web.reminders.reminding import Reminding
    from keyworker.web.warmth import Warmth

    machine = machine_from()
    reminding = (Reminding(machine, _link()),) if machine else ()
    beside = (Warmth(conninfo(DatabaseRole.SERVICE, home)), Telling(), *reminding)
    for one in beside:
        one.start()
    try:
        serve(port, host=host, ready=ready)
    finally:
        for one in beside:
            one.stop()


def remind_due(*, home: Path | None = None) -> int:
    """Send the reminders that are due; gives how many were sent.

    Raises  KeyworkerError where the machine does not say how they are sent.
    """
    machine = machine_from()
    if machine is None:
        raise KeyworkerError(
            "This machine does not say how reminders are sent.",
            where="reminders",
            remedy="Set the mail server or GOV.UK Notify, as the manual's page on reminders says.",
        )
    _open_record_site(home)
    from keyworker.web.reminders.round import remind

    return remind(bound.now(), machine, _link())


def _link() -> str:
    """Where a reminder leads: to the pages, where other machines reach them."""
    address = policy_from().address
    return f"{address}/" if address else ""


def add_sign_ins(sign_ins: Iterable[SignIn], *, home: Path | None = None, by: str = KEEPER) -> int:
    """Make sign-ins for a data folder's pages; gives how many were not there yet."""
    _open_record_site(home)
    return make_sign_ins(conninfo(DatabaseRole.OWNER, home), sign_ins, by)


def needs_code(account: str, *, home: Path | None = None) -> bool:
    """Whether somebody who signs in on the machine is asked for a code beside the password."""
    _open_record_site(home)
    from keyworker.web.signing import terminal

    return terminal.needs_code(account)


def prove(account: str, password: str, code: str = "", *, home: Path | None = None) -> None:
    """Check a password and a code that were typed on the machine, with the pages' own limits.

    Raises  Refused, in words, when they do not fit, too often, or when something must first be set up on the pages.
    """
    _open_record_site(home)
    from keyworker.web.signing import terminal

    terminal.prove(account, password, code, bound.now(), second_factor=policy_from().second_factor)


@contextmanager
def sign_ins_kept(home: Path | None = None) -> Iterator[Keeping]:
    """A data folder's sign-ins, to be kept in the owner's role: listed, reset, unlocked, closed."""
    _open_record_site(home)
    # The tables of the sign-ins can be imported only once the framework is set up.
    from keyworker.web.signing.keeping import Keeping

    with (
        as_owner(conninfo(DatabaseRole.OWNER, home)),
        psycopg.connect(conninfo(DatabaseRole.DOOR, home), autocommit=True) as door,
    ):
        yield Keeping(OWNER, bound.now(), partial(end_sessions_of, door))


@contextmanager
def tokens_kept(home: Path | None = None) -> Iterator[TokensKept]:
    """A data folder's tokens of other systems, to be kept in the owner's role: made, listed, ended."""
    _open_record_site(home)
    from keyworker.web.api.keeping import TokensKept

    with (
        as_owner(conninfo(DatabaseRole.OWNER, home)),
        psycopg.connect(conninfo(DatabaseRole.SERVICE, home), autocommit=True) as service,
    ):
        yield TokensKept(OWNER, bound.now(), service)


def who_may_agree(account: str, by: str = "", *, home: Path | None = None) -> set[str]:
    """The sign-ins that could agree to one being set up anew: they hold a role for it today and have a way in.

    Takes   account, whose sign-in; by, who asked: neither is one of them.
    """
    _open_record_site(home)
    from keyworker.web.signing.resets import able_to_agree

    roles = who_may()[Thing.ROLES].roles
    today = london_day(bound.now())
    with psycopg.connect(conninfo(DatabaseRole.SERVICE, home), autocommit=True) as service:
        held = {one.account for one in roles_held(service, today) if one.role in roles and one.from_on <= today}
    with as_owner(conninfo(DatabaseRole.OWNER, home)):
        return able_to_agree(held - {account, by}, OWNER, second_factor=policy_from().second_factor)


def open_site(
    address: str,
    source: Source,
    council: Council,
    policy: Policy,
    service: Service | None = None,
    *,
    reminders: Machine | None = None,
    secret: str = "",
    fast_passwords: bool = False,
) -> None:
    """Set the pages up in this process on a source of pictures.

    Takes   address, the database's in the door's role; policy, what is asked of whoever signs in; service,
            the council's own sign-in service; reminders, how they are sent; secret, what signs cookies.
    """
    configure(address, council, policy, service, reminders=reminders, secret=secret, fast_passwords=fast_passwords)
    # What stands on the web framework can be read only once it is set up.
    from keyworker.web.shown import listen

    listen()
    bound.bind(source)


def prepare(owner_address: str) -> None:
    """Make or upgrade the pages' own tables (sign-ins, sessions) in the schema `web`. Safe to repeat.

    Takes   owner_address, the database's in the owner's role: only the owner may change a schema.
    """
    make_tables(owner_address)


def make_sign_ins(owner_address: str, sign_ins: Iterable[SignIn], by: str = KEEPER) -> int:
    """Make sign-ins that are not there yet. Takes by, who makes them.

    Gives   how many were made; a sign-in already there keeps its password.
    """
    from keyworker.web.signing import keeping

    new = [keeping.NewSignIn(one.account, one.password, one.change_first) for one in sign_ins]
    with as_owner(owner_address):
        return keeping.Keeping(OWNER, bound.now(), ending=_nobody_had_one).make(new, by)


def _nobody_had_one(account: str) -> None:
    """A sign-in that is only now made has no session to end."""


def refuse_far(host: str, policy: Policy) -> None:
    """Refuse an address that another machine could reach, unless the pages stand behind TLS and ask for two factors.

    Raises  Refused.
    """
    try:
        near = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near and not (policy.is_shared and policy.second_factor):
        raise Refused(
            "The pages are served to this machine alone, unless a proxy with TLS stands in front of them.",
            where=f"host {host}",
            remedy=f"Use {LOOPBACK}, or set {ADDRESS} and {PROXY} as the manual's page on signing in says.",
        )


def serve(port: int, *, host: str = LOOPBACK, ready: Ready = lambda _: None) -> None:
    """Serve the pages until stopped, on this machine alone or to the proxy that the policy names.

    Raises  Refused for an address that another machine could reach and may not; KeyworkerError when the port is taken.
    """
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from waitress.server import BaseWSGIServer, create_server

    from keyworker.web.bodies import MeasuredChannel

    policy: Policy = settings.KEYWORKER_SIGN_IN
    refuse_far(host, policy)
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            get_wsgi_application(),
            map=sockets,
            host=host,
            port=port,
            threads=THREADS,
            ident="keyworker",
            **LIMITS,
            **trusted(policy),
        )
    except OSError as error:
        raise KeyworkerError(
            f"Port {port} cannot be opened: {error.strerror}.",
            remedy="Stop what uses it, or choose another with --port.",
        ) from error
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = MeasuredChannel
    ready(policy.address or f"http://{host}:{server.effective_port}/")
    try:
        server.run()
    finally:
        server.close()


def trusted(policy: Policy) -> dict[str, Any]:
    """Whose word the server takes on who asks, and whether by TLS: the proxy's; nobody's on this machine alone."""
    if not policy.is_shared:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": policy.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _open_record_site(home: Path | None) -> None:
    # A record that an older program left would lack the tables that the pages ask for.
    upgrade.ready(home)
    record = RealRecord(lambda role: conninfo(role, home), size=THREADS, home=home)
    secret = secret_of(home or data_folder())
    address = conninfo(DatabaseRole.DOOR, home)
    open_site(address, record, _council(), policy_from(), service_from(), reminders=machine_from(), secret=secret)
    prepare(conninfo(DatabaseRole.OWNER, home))


def _council() -> Council:
    said = {
        "name": os.environ.get("KEYWORKER_COUNCIL"),
        "colour": os.environ.get("KEYWORKER_COUNCIL_COLOUR"),
        "code": os.environ.get("KEYWORKER_COUNCIL_CODE"),
    }
    return Council(**{name: value for name, value in said.items() if value})
