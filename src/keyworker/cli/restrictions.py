"""Children whom only named people may see: which there are, restricting, naming, taking it back, lifting."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.restrictions import WantedRestriction
from keyworker.cli.options import opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.codes import codes

DECIDING = "decide who may see a child"
_SHOWN = ("handle", "kind", "from_on", "named")
_SAID = frozenset({"name", "reason"})
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
Account = Annotated[str, typer.Argument(help="The sign-in name.")]
Why = Annotated[str, free_words("--why", "Why; kept with the decision, and in the access log.")]


@seeing("restricted children", names=True)
def restricted(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - who may see is a matter of today
    """The restricted children for whom you are named; with --restricted and a reason, all of them."""
    rows = [
        {
            "handle": one.handle,
            "name": one.name,
            "kind": one.restriction.kind,
            "reason": one.restriction.reason,
            "from_on": one.restriction.from_on,
            "decided_by": one.restriction.decided_by,
            "named": ", ".join(named.account for named in one.restriction.may_see),
        }
        for one in keyworker.restricted_children()
    ]
    return Answer(rows, _SHOWN, _SAID, none="You are named for no restricted child.")


def restrict(
    child: Child,
    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(codes('restriction_kind'))}.")],
    why: Why,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A sign-in that may see the child; repeat it.")
    ] = None,
) -> None:
    """Decide that only named people may see a child, from now on. You are named too."""
    with opened(DECIDING, restricted_for=why) as keyworker:
        keyworker.restrict(child, WantedRestriction(uuid4().hex, kind, why, tuple(name or ())))
    typer.echo("Restricted. To everybody who is not named there is no such child from now on.")


def name(child: Child, account: Account, why: Why) -> None:
    """Name one more person who may see a restricted child."""
    with opened(DECIDING, restricted_for=why) as keyworker:
        keyworker.name_for(child, account, why)
    typer.echo("Named.")


def unname(child: Child, account: Account, why: Why) -> None:
    """Take back that somebody is named for a restricted child."""
    with opened(DECIDING, restricted_for=why) as keyworker:
        keyworker.name_no_longer(child, account, why)
    typer.echo("Taken back.")


def lift(child: Child, why: Why) -> None:
    """Lift a restriction: whoever the table of who may see what lets in sees the child again."""
    with opened(DECIDING, restricted_for=why) as keyworker:
        keyworker.lift(child, why)
    typer.echo("Lifted.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (restricted, restrict, name, unname, lift):
        app.command()(command)
