"""Asking for time for a duty to a child, what waits for an answer, and answering."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.time_asked import ANSWERS, WantedAnswer, WantedTime, asked_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_ASKED = ("asked_id", "child_id", "rule", "due_on", "happened_on", "answer_by_on", "answer", "until_on", "answered_on")
_TO_ANSWER = (*_ASKED[:4], "standing", "answer_by_on", "team")
_SAID = frozenset({"name", "reason", "answer_says"})
"""Who the child is and what somebody wrote, which leave only as names do."""
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
AskedId = Annotated[str, typer.Argument(help="Its number; see `keyworker time-to-answer`.")]


def ask_time(
    child: Child,
    rule: Annotated[str, typer.Option("--rule", help="The timescale, by its name.")],
    due: Annotated[str, typer.Option("--due", help="The day on which the duty is due.")],
    why: Annotated[str, free_words("--why", "Why it cannot be done by then; kept with it.")],
) -> None:
    """Say that one open duty to a child cannot be done by its day; a manager must answer."""
    wanted = WantedTime(uuid4().hex, rule, day_of(due, "--due"), why)
    with opened("ask for time for a duty to a child") as keyworker:
        keyworker.ask_time(child, wanted)
    say(f"Asked for as {wanted.asked_id}.")


@seeing("time to answer", names=True)
def time_to_answer(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """Who asks for time and waits for an answer that you may give; what nobody answered in time."""
    rows = [
        {
            **asked_record(one.asked),
            "name": one.name,
            "standing": one.standing.value,
            "team": one.team.name if one.team else None,
        }
        for one in keyworker.time_to_answer()
    ]
    return Answer(rows, _TO_ANSWER, _SAID, none="Nobody who asked for time waits for you.")


@seeing("time asked for", names=True)
def time_asked(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """Every time that time was asked for of a child's duties, and what was answered."""
    rows = [asked_record(one) for one in keyworker.time_asked(child)]
    return Answer(rows, _ASKED, _SAID, none="No time was asked for of this child's duties.")


def answer_time(
    child: Child,
    asked_id: AskedId,
    answer: Annotated[str, typer.Option("--answer", help=f"One of: {', '.join(ANSWERS)}.")],
    says: Annotated[str, free_words("--says", "What you say with it; kept with it.")],
    until: Annotated[str | None, typer.Option("--until", help="The later date, or until when it may be late.")] = None,
    helper: Annotated[str | None, typer.Option("--worker", help="Who does it or goes too, by identifier.")] = None,
) -> None:
    """Answer somebody who asked for time: another date, somebody else, together, or late."""
    wanted = WantedAnswer(answer, day_of(until, "--until") if until else None, helper, says)
    with opened("answer who asks for time") as keyworker:
        keyworker.answer_time(child, asked_id, wanted)
    say("Answered.")


def take_time_back(child: Child, asked_id: AskedId) -> None:
    """Take back that you asked for time: it can be done by then after all."""
    with opened("ask for time for a duty to a child") as keyworker:
        keyworker.take_time_back(child, asked_id)
    say("Taken back.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (ask_time, time_to_answer, time_asked, answer_time, take_time_back):
        app.command()(command)
