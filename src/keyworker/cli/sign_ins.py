"""The sign-ins of the pages, kept from the machine on which they run: add, list, reset, unlock, close."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from keyworker.cli.typed import free_words
from keyworker.vocabulary.errors import KeyworkerError, Refused

if TYPE_CHECKING:
    from keyworker.web.signing.keeping import Keeping

ACCOUNT_HELP = "The sign-in name, as the list of roles has it."
Account = Annotated[str, typer.Argument(help=ACCOUNT_HELP)]
Council = Annotated[
    bool, typer.Option("--council", help="Only by the council's own sign-in service: no password here.")
]
Alone = Annotated[bool, typer.Option("--alone", help="By one person, where nobody else could agree.")]
Why = Annotated[str, free_words("--why", "With --alone: why nobody else could agree.")]
NOBODY_ELSE = "Nobody else could agree: no other open sign-in holds a role for it today and has a way in."
ALONE = "its first password given by one person alone, since nobody else could agree"
SHORTEST_WHY = 10

app = typer.Typer(name="sign-ins", help="Who can sign in to the pages; what they may see is in the list of roles.")


def register(to: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    to.add_typer(app)


@app.command()
def add(account: Account, council: Council = False) -> None:
    """Give somebody a way to sign in: a first password, to which a second person must agree, or the council's service.

    One person alone gives a first password only where nobody else could agree to it, as at the first set-up.
    """
    from keyworker.web import entry

    with _kept() as kept:
        is_new = not kept.knows(account)
    if not is_new:
        _say(f"{account} had a sign-in already; nothing was changed.")
    elif council:
        entry.add_sign_ins([entry.SignIn(account)], by=_who())
        _say(f"{account} can sign in.")
    else:
        _with_password(account)


def _with_password(account: str) -> None:
    """Make a sign-in with a first password, that a second person must agree to wherever there is one."""
    from keyworker.web import entry

    by = _asker(account) if entry.who_may_agree(account) else ""
    others = entry.who_may_agree(account, by) if by else set()
    password = _new_password(account)
    if not others:
        entry.add_sign_ins([entry.SignIn(account, password, change_first=True)], by=by or _who())
        with _kept() as kept:
            kept.remark(account, ALONE, by or _who())
        _say(f"{account} can sign in. The password must be changed at the first sign-in.")
        _say("One person alone gave it, since nobody else could agree; that is written down.")
        return
    entry.add_sign_ins([entry.SignIn(account)], by=by)
    with _kept() as kept:
        kept.ask_reset(account, password, by)
    _say(
        f"{account} can sign in as soon as a second person agrees on the page “Sign-ins to be set up anew”: "
        f"{', '.join(sorted(others))}."
    )


def _say(words: str) -> None:
    Console().print(words, highlight=False, markup=False)


@app.command("list")
def listed() -> None:
    """List the sign-ins: how each signs in, and when it last did. Nothing secret is shown."""
    table = Table("Sign-in", "Open", "Password", "Authenticator app", "Passkeys", "Last signed in")
    with _kept() as kept:
        for one in kept.listed():
            last = f"{one.last_in:%-d %B %Y}" if one.last_in else "never"
            said = ["yes" if word else "no" for word in (one.is_open, one.has_password, one.has_app)]
            table.add_row(one.account, *said, str(one.passkeys), last)
    Console().print(table)


@app.command()
def reset(account: Account, council: Council = False, alone: Alone = False, why: Why = "") -> None:
    """After a lost telephone or password: shut the sign-in, and ask a second person to let it be set up anew."""
    from keyworker.web import entry

    if alone:
        _alone(account, council, why)
        return
    with _kept() as kept:
        kept.require(account)
    by = _asker(account)
    others = entry.who_may_agree(account, by)
    if not others:
        raise Refused(NOBODY_ELSE, remedy="Where that is so, use --alone with --why; it is written down.")
    password = "" if council else _new_password(account)
    with _kept() as kept:
        kept.ask_reset(account, password, by)
    Console().print(
        "Shut. Every session of it has ended. It can be set up anew as soon as a second person agrees on the page "
        f"“Sign-ins to be set up anew”: {', '.join(sorted(others))}.",
        highlight=False,
        markup=False,
    )


def _alone(account: str, council: bool, why: str) -> None:
    """Set a sign-in up anew by one person, where nobody else could agree to it."""
    from keyworker.web import entry

    if len(why.strip()) < SHORTEST_WHY:
        raise KeyworkerError("Say why nobody else could agree, in a few words.", where="--why")
    if others := entry.who_may_agree(account):
        raise Refused(
            f"Somebody else can agree: {', '.join(sorted(others))}.", remedy="Leave --alone away and ask one of them."
        )
    password = "" if council else _new_password(account)
    with _kept() as kept:
        kept.reset_alone(account, password, _who(), why.strip())
    Console().print("Set up anew by one person alone. Every session of it has ended.", highlight=False)


def _asker(account: str) -> str:
    """The sign-in of whoever asks, who has shown who they are. Raises Refused where it is the one that was lost."""
    from keyworker.web import entry

    by: str = typer.prompt("Your own sign-in name").strip()
    if by == account:
        raise Refused("Nobody asks for their own sign-in to be set up anew.", remedy="Have somebody else ask.")
    password: str = typer.prompt("Your own password", hide_input=True)
    code: str = typer.prompt("Code of your authenticator app", hide_input=True) if entry.needs_code(by) else ""
    entry.prove(by, password, code)
    return by


@app.command()
def unlock(account: Account) -> None:
    """Let somebody try again at once, who had tried too often."""
    with _kept() as kept:
        kept.unlock(account, _who())
    Console().print("Unlocked.", highlight=False)


@app.command()
def close(account: Account) -> None:
    """Let nobody in by this sign-in any more, and end its sessions."""
    with _kept() as kept:
        kept.close(account, _who())
    Console().print("Closed. Every session of it has ended.", highlight=False)


@contextmanager
def _kept() -> Iterator[Keeping]:
    # The web framework is slow to import, and no other command needs it.
    from keyworker.web import entry

    with entry.sign_ins_kept() as kept:
        yield kept


def _new_password(account: str) -> str:
    from keyworker.web.signing.passwords import fault_of

    password: str = typer.prompt("First password", hide_input=True, confirmation_prompt=True)
    if fault := fault_of(password, account):
        raise KeyworkerError(f"{fault}.", where="the first password")
    return password


def _who() -> str:
    return f"{getpass.getuser()}, on the machine"
