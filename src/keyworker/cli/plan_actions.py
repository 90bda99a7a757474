"""What a child's plan asks: the list, writing an action down, moving its day, what came of it; and one's own."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.plan_actions import AGENCY, FAMILY, WORKER, WantedAction, action_record
from keyworker.actions.telling import CAME_OF_IT, MOVED, words_of_action
from keyworker.cli.options import day_of, opened
from keyworker.cli.outside import Yes, looked
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_ACTIONS = ("action_id", "plan", "agency", "relation", "due_on", "first_due_on", "ended_on", "done", "what")
_SAID = frozenset({"need", "what", "moved_why", "outcome", "told_as"})
"""What was said of a child: it leaves only as names do."""
WRITING = "write down what a child's plan asks"
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
Number = Annotated[str, typer.Argument(help="The action's number; see `keyworker plan-actions`.")]
Done = Annotated[bool, typer.Option("--done/--given-up", help="Whether it was done, or is given up.")]
Outcome = Annotated[str, free_words("--outcome", "What came of it; why, if it is given up.")]


@seeing("what a plan asks", names=True)
def plan_actions(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - all that was ever asked is told, with its days
    child: Child,
) -> Answer:
    """What a child's plan asks, of whom and by when, with what came of it."""
    rows = [action_record(one) for one in keyworker.plan_actions(child).actions]
    return Answer(rows, _ACTIONS, _SAID, none="Nothing is written down of what this child's plan asks.")


@seeing("my actions under plans", names=True)
def own_actions(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - what waits for somebody is a matter of today
) -> Answer:
    """What you are to do under any child's plan, by the day on which it is due."""
    rows = [action_record(one) | {"told_as": one.told_as} for one in keyworker.own_actions().actions]
    return Answer(rows, _ACTIONS, _SAID, none="Nothing under a child's plan is yours.")


def write_plan_action(
    child: Child,
    what: Annotated[str, free_words("--what", "What is to be done.")],
    on: Annotated[str, typer.Option("--on", help="The day on which it was agreed.")],
    due: Annotated[str, typer.Option("--due", help="The day by which it is to be done.")],
    plan: Annotated[str, typer.Option("--plan", help="cin, cp or family help.")],
    need: Annotated[str, free_words("--need", "Which need of the child it is for.")] = "",
    worker: Annotated[str, typer.Option("--worker", help="The identifier of the worker who is to do it.")] = "",
    relation: Annotated[str, typer.Option("--relation", help="Who of the family, such as mother.")] = "",
    agency: Annotated[str, typer.Option("--agency", help="Which other agency, such as school.")] = "",
    account: Annotated[str, typer.Option("--account", help="The sign-in of whoever of that agency is to do it.")] = "",
    told_as: Annotated[str, free_words("--told-as", "By which words they know the child.")] = "",
    yes: Yes = False,
) -> None:
    """Write down one thing that a child's plan asks, of a worker, of the family or of another agency."""
    owner = WORKER if worker else FAMILY if relation else AGENCY if agency else ""
    agreed_on, due_on, about = day_of(on, "--on"), day_of(due, "--due"), (need, worker, relation, agency)
    wanted = WantedAction(uuid4().hex, agreed_on, plan, what, owner, due_on, *about, account, told_as)
    with opened(WRITING) as keyworker:
        said = words_of_action(need, what, told_as) if owner == AGENCY else {}
        keyworker.write_plan_action(child, wanted, looked(keyworker, child, account, said, yes=yes))
    say(f"Written down as {wanted.action_id}.")


def move_plan_action(
    child: Child,
    action_id: Number,
    due: Annotated[str, typer.Option("--due", help="The new day.")],
    why: Annotated[str, free_words("--why", "Why its day is moved.")],
    yes: Yes = False,
) -> None:
    """Move the day by which an action of a plan is to be done; the day agreed first stays."""
    with opened(WRITING) as keyworker:
        seen = looked(keyworker, child, _agency(keyworker, child, action_id), {MOVED: why}, yes=yes)
        keyworker.move_plan_action(child, action_id, day_of(due, "--due"), why, seen)
    say("Moved.")


def end_plan_action(
    child: Child,
    action_id: Number,
    done: Done,
    on: Annotated[str, typer.Option("--on", help="The day.")],
    outcome: Outcome = "",
    yes: Yes = False,
) -> None:
    """Write down that an action of a plan was done, or is given up and why."""
    with opened(WRITING) as keyworker:
        seen = looked(keyworker, child, _agency(keyworker, child, action_id), {CAME_OF_IT: outcome}, yes=yes)
        keyworker.end_plan_action(child, action_id, day_of(on, "--on"), done, outcome, seen)
    say("Written down.")


def _agency(keyworker: Keyworker, child: str, action_id: str) -> str:
    """The sign-in of another agency to which an action was given; empty where it was given to none."""
    keyworker.may_plan(child)
    return next((one.account or "" for one in keyworker.plan_actions(child).actions if one.action_id == action_id), "")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (plan_actions, own_actions, write_plan_action, move_plan_action, end_plan_action):
        app.command()(command)
