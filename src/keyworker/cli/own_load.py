"""A worker's own load, child by child; saying that it is not right, what waits for an answer, and answering."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.load_challenges import ANSWERS, WantedChallenge, challenge_record
from keyworker.cli.options import opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.codes import codes

_PARTS = ("child_id", "role", "counts", "why_not", "family_id", "status", "weight")
_SAID = ("challenge_id", "happened_on", "part", "standing", "answer_by_on", "answer")
_WORDS = frozenset({"worker", "reason", "answer_says"})
"""Who it is and what somebody wrote, which leave only as names do."""
Number = Annotated[str, typer.Argument(help="Its number; see `keyworker loads-to-answer`.")]


@seeing("a worker's load", names=True)
def my_load(
    keyworker: Keyworker,
    moment: Moment,
    worker: Annotated[
        str | None, typer.Option("--worker", help="Somebody else's, by identifier or handle; yours without it.")
    ] = None,
) -> Answer:
    """A worker's load, child by child: who counts, who does not and why, what each weighs."""
    told = keyworker.own_load(worker, moment)
    rows = [
        {
            "child_id": one.child.child_id,
            "name": one.child.name,
            "role": one.role.value,
            "counts": one.counts,
            "why_not": one.why_not or None,
            "family_id": one.child.family_id,
            "status": one.weighed.status if one.weighed else None,
            "weight": float(one.weighed.weight) if one.weighed else None,
            "weight_written_in": one.weighed.written_in if one.weighed else None,
        }
        for one in told.load.parts
    ]
    return Answer(rows, _PARTS, frozenset({"name"}), none="No child counts, and none is worked with.")


def challenge_load(
    part: Annotated[str, typer.Option("--part", help=f"One of: {', '.join(codes('load_part'))}.")],
    why: Annotated[str, free_words("--why", "What is wrong, and why; kept with it.")],
) -> None:
    """Say that your own load is not right, and why; a manager must answer."""
    wanted = WantedChallenge(uuid4().hex, part, why)
    with opened("say that my own load is not right") as keyworker:
        keyworker.challenge_load(wanted)
    say(f"Said as {wanted.challenge_id}.")


@seeing("load challenges", names=True)
def loads_to_answer(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The load challenges that wait for an answer that you may give."""
    rows = [
        {**challenge_record(one.said), "standing": one.standing.value, "worker": one.worker.name}
        for one in keyworker.loads_to_answer()
    ]
    return Answer(rows, _SAID, _WORDS, none="Nobody who says that their load is not right waits for you.")


def answer_load(
    challenge_id: Number,
    answer: Annotated[str, typer.Option("--answer", help=f"One of: {', '.join(ANSWERS)}.")],
    says: Annotated[str, free_words("--says", "What was changed and by whom, or how the load is right.")],
) -> None:
    """Answer a worker who says that their load is not right: put right, or explained."""
    with opened("answer a worker about their load") as keyworker:
        keyworker.answer_load(challenge_id, answer, says)
    say("Answered.")


def settle_load(
    challenge_id: Number,
    settled: Annotated[bool, typer.Option("--settled/--not-settled", help="Whether it settles it.")],
) -> None:
    """Say whether an answer about your own load settles it."""
    with opened("say that my own load is not right") as keyworker:
        keyworker.settle_load(challenge_id, is_settled=settled)
    say("Written down.")


def take_load_back(challenge_id: Number) -> None:
    """Take back that your own load is not right, while nobody has answered."""
    with opened("say that my own load is not right") as keyworker:
        keyworker.take_load_back(challenge_id)
    say("Taken back.")


@seeing("first-year promises", names=True)
def first_years(keyworker: Keyworker, moment: Moment) -> Answer:
    """What is promised to each worker in their first year, and whether it is kept."""
    rows = [
        {
            "worker_id": one.row.worker.worker_id,
            "worker": one.row.worker.name,
            "district": one.row.team.district if one.row.team else None,
            "team": one.row.team.name if one.row.team else None,
            "began_on": one.year.from_on,
            "what": promise.what.value,
            "promised": promise.title,
            "kept": promise.kept.value,
            "since": promise.since,
            "due_on": promise.due_on,
            "rule": promise.rule or None,
            "source": promise.source,
        }
        for one in keyworker.first_years(moment)
        for promise in one.promises
    ]
    columns = ("worker_id", "district", "began_on", "what", "promised", "kept", "since", "due_on")
    return Answer(rows, columns, _WORDS, none="Nobody of whom you answer is in their first year.", stays=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (my_load, first_years, challenge_load, loads_to_answer, answer_load, settle_load, take_load_back):
        app.command()(command)
