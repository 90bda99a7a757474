"""Meetings about a child: the list, who came, writing one down, withdrawing it."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.meetings import WantedMeeting, meeting_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_MEETINGS = ("meeting_id", "happened_on", "kind", "is_held", "quorate", "report_on", "next_on", "is_withdrawn")
_INVITED = ("meeting_id", "happened_on", "kind", "agency", "attended")
_SAID = frozenset({"why", "child_part_why", "decision", "changed_why"})
"""What was said of a child: it leaves only as names do."""
WRITING = "write down a meeting about a child"
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
Flag = bool | None


@seeing("meetings about a child", names=True)
def meetings(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - all that was ever written is told, with its days
    child: Child,
) -> Answer:
    """The meetings about a child that were written down here, the latest first."""
    rows = [meeting_record(one) for one in keyworker.meetings(child).meetings]
    return Answer(rows, _MEETINGS, _SAID, none="No meeting about this child is recorded here.")


@seeing("invitations to meetings about a child")
def meeting_invitations(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - all that was ever written is told, with its days
    child: Child,
) -> Answer:
    """Which agencies were invited to each meeting about a child, and which came."""
    rows = [
        {"meeting_id": one.meeting_id, "happened_on": one.happened_on, "kind": one.kind, "agency": agency}
        | {"attended": did}
        for one in keyworker.meetings(child).meetings
        for agency, did in one.invited
    ]
    return Answer(rows, _INVITED, none="No invitation is recorded here.")


def record_meeting(
    child: Child,
    kind: Annotated[str, typer.Option("--kind", help="Such as core group, or strategy discussion.")],
    on: Annotated[str, typer.Option("--on", help="The day of the meeting.")],
    invited: Annotated[
        list[str] | None, typer.Option("--invited", help="AGENCY:WHAT, such as school:came. May be repeated.")
    ] = None,
    held: Annotated[bool, typer.Option("--held/--not-held", help="Whether it went ahead.")] = True,
    chair: Annotated[str, typer.Option("--chair", help="The identifier of the worker who chaired it.")] = "",
    why: Annotated[str, free_words("--why", "Why not, or why without a quorum.")] = "",
    enquiry: Annotated[Flag, typer.Option("--enquiry/--no-enquiry", help="Whether enquiries begin.")] = None,
    report_on: Annotated[str, typer.Option("--report-on", help="The day on which the report was shared.")] = "",
    child_part: Annotated[str, typer.Option("--child-part", help="How the child took part.")] = "",
    child_part_why: Annotated[str, free_words("--child-why", "Why the child was not asked.")] = "",
    parents_part: Annotated[str, typer.Option("--parents-part", help="How the parents took part.")] = "",
    advocate_offered: Annotated[Flag, typer.Option("--advocate/--no-advocate", help="Whether one was offered.")] = None,
    advocate_came: Annotated[Flag, typer.Option("--came/--did-not-come", help="Whether the advocate came.")] = None,
    next_on: Annotated[str, typer.Option("--next", help="The day of the next meeting.")] = "",
) -> None:
    """Write down a meeting about a child. What was decided is read from standard input."""
    decision = ""
    if held:
        if sys.stdin.isatty():
            typer.echo("Write what was decided, and end with Ctrl-D on a line of its own.", err=True)
        decision = sys.stdin.read()
    wanted = WantedMeeting(
        uuid4().hex,
        day_of(on, "--on"),
        kind,
        held,
        dict(map(_invited, invited or [])),
        chair,
        why,
        enquiry,
        day_of(report_on, "--report-on") if report_on else None,
        child_part,
        child_part_why,
        parents_part,
        advocate_offered,
        advocate_came,
        decision,
        day_of(next_on, "--next") if next_on else None,
    )
    with opened(WRITING) as keyworker:
        keyworker.record_meeting(child, wanted)
    typer.echo(f"Written down as {wanted.meeting_id}.")


def _invited(said: str) -> tuple[str, str]:
    agency, _, did = said.partition(":")
    if not did:
        raise KeyworkerError("It names no agency and what it did.", where="--invited", remedy="Write school:came.")
    return agency.strip(), did.strip()


def withdraw_meeting(
    child: Child,
    meeting_id: Annotated[str, typer.Argument(help="Its number; see `keyworker meetings`.")],
    why: Annotated[str, free_words("--why", "Why it was never held or meant.")],
) -> None:
    """Withdraw a meeting that was written down here. It counts as never held."""
    with opened(WRITING) as keyworker:
        keyworker.withdraw_meeting(child, meeting_id, why)
    typer.echo("Withdrawn.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (meetings, meeting_invitations, record_meeting, withdraw_meeting):
        app.command()(command)
