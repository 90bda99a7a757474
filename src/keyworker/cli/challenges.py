"""Challenges: those that are open, those about a child, raising one, answering, taking it further, ending it."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.challenges import WantedChallenge, WantedStage, challenge_record
from keyworker.actions.telling import ANSWERED, ENDED
from keyworker.cli.options import day_of, opened
from keyworker.cli.outside import Yes, looked
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_OPEN = ("challenge_id", "raised_on", "raised_by", "agency", "stage", "stage_due_on", "answer", "ended_on", "outcome")
_SAID = frozenset({"what", "why", "answer_says", "outcome_says", "child"})
"""What was said of a child: it leaves only as names do."""
WRITING = "challenge what is planned or done for a child"
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
Number = Annotated[str, typer.Argument(help="The challenge's number; see `keyworker challenges-of`.")]
StageAt = Annotated[str, typer.Option("--stage", help="worker, team manager, service manager, director or outside.")]
Due = Annotated[str, typer.Option("--due", help="The day by which it is to be answered.")]
Worker = Annotated[str, typer.Option("--worker", help="The identifier of whoever is to answer it.")]
Says = Annotated[str, free_words("--says", "In words.")]
On = Annotated[str, typer.Option("--on", help="The day.")]


@seeing("open challenges", names=True)
def challenges(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - what is open is a matter of today
) -> Answer:
    """Every open challenge about the children whom you may see, by the day by which it is to be answered."""
    found = keyworker.open_challenges()
    rows = [
        {"handle": found.children[one.child_id].handle, "child": found.children[one.child_id].name}
        | challenge_record(one)
        for one in found.challenges
    ]
    return Answer(rows, ("handle", *_OPEN), _SAID, none="No challenge is open.")


@seeing("challenges about a child", names=True)
def challenges_of(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - all that was ever raised is told, with its days
    child: Child,
) -> Answer:
    """The challenges about one child, stage by stage, with what was answered."""
    rows = [
        challenge_record(one)
        | {"stage": stage.stage, "stage_due_on": stage.due_on, "answer": stage.answer, "answer_says": stage.answer_says}
        for one in keyworker.challenged(child).challenges
        for stage in one.stages
    ]
    return Answer(rows, _OPEN, _SAID, none="Nothing about this child was challenged.")


def challenge(
    child: Child,
    raised_by: Annotated[str, typer.Option("--by", help="conference chair, reviewing officer or agency.")],
    what: Annotated[str, free_words("--what", "What they do not accept, and what they ask for.")],
    why: Annotated[str, free_words("--why", "Why.")],
    on: On,
    stage: StageAt,
    due: Due,
    agency: Annotated[str, typer.Option("--agency", help="Which agency, such as school.")] = "",
    worker: Worker = "",
) -> None:
    """Challenge what is planned or done for a child, or write down that another agency does."""
    first = WantedStage(stage, worker, day_of(due, "--due"))
    wanted = WantedChallenge(uuid4().hex, day_of(on, "--on"), raised_by, what, why, first, agency)
    with opened(WRITING) as keyworker:
        keyworker.raise_challenge(child, wanted)
    typer.echo(f"Written down as {wanted.challenge_id}.")


def answer_challenge(
    child: Child,
    challenge_id: Number,
    answer: Annotated[str, typer.Option("--answer", help="agreed, in part, or not agreed.")],
    says: Says,
    on: On,
    yes: Yes = False,
) -> None:
    """Answer the stage at which a challenge is. Nobody answers their own."""
    with opened("answer a challenge") as keyworker:
        seen = looked(keyworker, child, _agency(keyworker, child, challenge_id), {ANSWERED: says}, yes=yes)
        keyworker.answer_challenge(child, challenge_id, answer, says, day_of(on, "--on"), seen)
    typer.echo("Answered.")


def next_stage(child: Child, challenge_id: Number, stage: StageAt, due: Due, worker: Worker = "") -> None:
    """Take a challenge that was not resolved to the next stage."""
    with opened(WRITING) as keyworker:
        keyworker.take_challenge_further(child, challenge_id, WantedStage(stage, worker, day_of(due, "--due")))
    typer.echo("Taken further.")


def end_challenge(
    child: Child,
    challenge_id: Number,
    outcome: Annotated[str, typer.Option("--outcome", help="resolved or withdrawn.")],
    says: Says,
    on: On,
    yes: Yes = False,
) -> None:
    """Write down that a challenge was resolved, or is withdrawn."""
    with opened(WRITING) as keyworker:
        seen = looked(keyworker, child, _agency(keyworker, child, challenge_id), {ENDED: says}, yes=yes)
        keyworker.end_challenge(child, challenge_id, outcome, says, day_of(on, "--on"), seen)
    typer.echo("Ended.")


def _agency(keyworker: Keyworker, child: str, challenge_id: str) -> str:
    """The sign-in of another agency that raised a challenge itself; empty where none did."""
    keyworker.may_challenge(child)
    one = keyworker.challenged(child).one(challenge_id)
    return keyworker.agency_behind(child, one) if one else ""


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (challenges, challenges_of, challenge, answer_challenge, next_stage, end_challenge):
        app.command()(command)
