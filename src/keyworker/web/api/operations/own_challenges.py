"""What another agency challenges itself, for the child of an action that it was given, and sees of it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.challenges import AGENCY, WantedChallenge, WantedStage
from keyworker.actions.questions.own_challenges import FIRST_STAGE
from keyworker.facts.challenges import Challenge
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.operations.challenges import AtStage, ChallengeSaid, NewOutcome, Raised
from keyworker.web.api.rows import Wrote, in_turn, teller
from keyworker.web.api.shapes import Brief, Listed, Number, OneOf, Ref, Sent, Turn
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Meetings and challenges"])


class OwnChallenge(ChallengeSaid):
    """A challenge of the account's own for its agency: without who answers it, and without anything marked."""

    told_as: Wrote = Field(description="By which words the agency knows the child.")


class OwnChallengesTold(Listed[OwnChallenge]):
    """A part of what the account challenged for its agency."""


class NewOwnChallenge(Sent):
    """What is challenged and why, and by when whoever manages the team is to answer."""

    number: Number
    raised_on: WrittenDown
    what: Brief
    why: Brief
    due_on: WrittenDown


class OwnFurther(Sent):
    """The next stage. `after` says how many stages it had, so that one sent twice goes one further."""

    stage: Annotated[str, OneOf("challenge_stage")]
    due_on: WrittenDown
    after: Annotated[int, Field(ge=1, le=20)]


@reads(router, "/own-challenges", Thing.ACTIONS, OwnChallengesTold)
def own_challenges(request: HttpRequest, turn: Turn) -> Any:
    """What the account challenged for another agency, stage by stage, with the answers."""
    with asked(request) as keyworker:
        found = keyworker.own_challenges()
    to = teller(request)

    def more(one: Challenge) -> dict[str, Any]:
        told_as = found.told_as.get(one.child_id) if to.names else None
        return {"told_as": told_as, "stages": [AtStage.of(stage, to) for stage in one.stages]}

    return OwnChallengesTold(**in_turn(request, turn, found.challenges, OwnChallenge, more=more))


@writes(router, "/own-actions/{action}/challenge", Thing.ACTIONS, Raised)
def raise_own_challenge(request: HttpRequest, action: Ref, new: NewOwnChallenge) -> Any:
    """Challenge, for another agency, what is planned or done for the child of an action of its own."""
    first = WantedStage(FIRST_STAGE, "", new.due_on)
    with asked(request, writes=True) as keyworker:
        wanted = WantedChallenge(new.number, new.raised_on, AGENCY, new.what, new.why, first)
        keyworker.raise_own_challenge(action, wanted)
    return Status(201, Raised(challenge=new.number))


@writes(router, "/own-challenges/{challenge}/stage", Thing.ACTIONS, Raised)
def take_own_further(request: HttpRequest, challenge: Ref, new: OwnFurther) -> Any:
    """Take a challenge of the account's own to the next stage."""
    with asked(request, writes=True) as keyworker:
        keyworker.take_own_further(challenge, WantedStage(new.stage, "", new.due_on), new.after)
    return Status(201, Raised(challenge=challenge))


@writes(router, "/own-challenges/{challenge}/end", Thing.ACTIONS, Raised)
def end_own_challenge(request: HttpRequest, challenge: Ref, new: NewOutcome) -> Any:
    """Say that a challenge of the account's own was resolved, or is withdrawn."""
    with asked(request, writes=True) as keyworker:
        keyworker.end_own_challenge(challenge, new.outcome, new.says, new.on)
    return Status(201, Raised(challenge=challenge))
