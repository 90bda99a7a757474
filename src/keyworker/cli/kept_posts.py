"""Writing posts and the steps of their recruitment down, changing and correcting them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.kept_posts import WantedChange, WantedPost, WantedStep
from keyworker.cli.options import day_of, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

PURPOSE = "write posts and recruitment down"
PostId = Annotated[str, typer.Argument(help="The post's number or handle.")]
Title = Annotated[str, typer.Option("--title", help="The job title.")]
RoleClass = Annotated[str, typer.Option("--role", help=f"One of: {', '.join(codes('role_class'))}.")]
Fte = Annotated[str, typer.Option("--fte", help="Full-time equivalent, more than 0 and at most 1.")]
From = Annotated[str, typer.Option("--from", help="The first day on which it is so.")]
Team = Annotated[str | None, typer.Option("--team", help="The team, by its number.")]
Holds = Annotated[bool | None, typer.Option("--holds/--holds-none", help="Whether its holder may hold children.")]
Funded = Annotated[bool | None, typer.Option("--funded/--not-funded", help="Whether there is money for it.")]
Kind = Annotated[str, typer.Option("--step", help=f"One of: {', '.join(codes('vacancy_step'))}.")]
On = Annotated[str, typer.Option("--on", help="The day on which it was taken.")]
Outcome = Annotated[str, free_words("--outcome", "How it ended, in a few words and without a name.")]
After = Annotated[str, typer.Option("--after", help="Of one that is withdrawn: after which step.")]
Why = Annotated[str, free_words("--why", "Why; kept with it.")]


def write_post(
    post_id: Annotated[str, typer.Argument(help="The post's number.")],
    title: Title,
    role_class: RoleClass,
    fte: Fte,
    from_on: From,
    team: Team = None,
    holds: Holds = None,
    funded: Funded = None,
) -> None:
    """Write a new post down."""
    wanted = WantedPost(post_id, title, role_class, team, _fte(fte), holds, funded, day_of(from_on, "--from"))
    with opened(PURPOSE) as keyworker:
        keyworker.write_post(wanted)
    say("Written down.")


def change_post(
    post_id: PostId,
    why: Why,
    title: Annotated[str | None, typer.Option("--title", help="The job title, where it changes.")] = None,
    role_class: Annotated[str | None, typer.Option("--role", help="The census's role, where it changes.")] = None,
    fte: Annotated[str | None, typer.Option("--fte", help="Full-time equivalent, where it changes.")] = None,
    from_on: Annotated[str | None, typer.Option("--from", help="From which day; without it, a correction.")] = None,
    team: Team = None,
    holds: Holds = None,
    funded: Funded = None,
    last: Annotated[str | None, typer.Option("--last-day", help="Its last day, where the post is closed.")] = None,
) -> None:
    """Say what a post is from a day on, correct what stands, or close it; for a reason."""
    with opened(PURPOSE) as keyworker:
        stands = keyworker.kept_post(post_id).kept.standing
        post = WantedPost(
            stands.post_id,
            title or stands.title or "",
            role_class or stands.role_class or "",
            team or stands.team_id,
            _fte(fte) if fte else stands.fte,
            stands.holds_cases if holds is None else holds,
            stands.funded if funded is None else funded,
            day_of(from_on, "--from") if from_on else stands.from_on,
        )
        last_on = day_of(last, "--last-day") if last else None
        keyworker.change_post(post_id, WantedChange(uuid4().hex, post, last_on, why))
    say("Changed.")


def write_post_step(post_id: PostId, kind: Kind, on: On, outcome: Outcome = "", after: After = "") -> None:
    """Write a step in filling a post down."""
    with opened(PURPOSE) as keyworker:
        keyworker.write_post_step(post_id, WantedStep(kind, day_of(on, "--on"), outcome, after))
    say("Written down.")


def correct_post_step(
    post_id: PostId,
    entry: Annotated[int, typer.Option("--entry", help="Its entry; see `keyworker post-history`.")],
    why: Why,
    kind: Annotated[str, typer.Option("--step", help="Which step it was; none to withdraw it.")] = "",
    on: Annotated[str | None, typer.Option("--on", help="The day on which it was taken.")] = None,
    outcome: Outcome = "",
    after: After = "",
) -> None:
    """Correct or withdraw a step in filling a post, for a reason."""
    wanted = WantedStep(kind, day_of(on, "--on") if on else None, outcome, after) if kind else None
    with opened(PURPOSE) as keyworker:
        keyworker.correct_post_step(post_id, entry, wanted, uuid4().hex, why)
    say("Corrected." if wanted else "Withdrawn.")


@seeing("a post as it is kept")
def post_history(keyworker: Keyworker, moment: Moment, post_id: PostId) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """What was written here of a post: as it stands, its steps, and what was changed and why."""
    kept = keyworker.kept_post(post_id).kept
    stands = kept.standing
    rows = [{"what": "post", "on": stands.from_on, "says": stands.title, "entry": stands.entry_id, "by": None}]
    rows += [
        {"what": one.kind, "on": one.happened_on, "says": one.outcome, "entry": one.entry_id, "by": None}
        for one in kept.steps
    ]
    rows += [
        {"what": one.what, "on": one.recorded_at.date(), "says": one.why, "entry": None, "by": one.author}
        for one in kept.changes
    ]
    return Answer(rows, ("what", "on", "says", "entry", "by"), frozenset())


def _fte(said: str) -> Decimal | None:
    try:
        return Decimal(said)
    except InvalidOperation as error:
        raise KeyworkerError("This is not a number.", where="--fte", remedy="Write it as 0.6.") from error


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (write_post, change_post, write_post_step, correct_post_step, post_history):
        app.command()(command)
