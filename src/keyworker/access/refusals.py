"""Why something may not be done, in words fit for a page. One function serves both the button and the guard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keyworker.access.asker import Asker
from keyworker.access.scopes import Thing
from keyworker.access.sight import NOTHING, Place, sight_of
from keyworker.access.table import BEFORE_LOADING, thing_of, who_may
from keyworker.vocabulary.errors import Refused


def refusal_to_see(asker: Asker, thing: Thing) -> Refused | None:
    """Why this person may see nothing of a thing, or None when they may see some of it."""
    if sight_of(asker, thing) != NOTHING:
        return None
    if asker.holds(BEFORE_LOADING):
        return Refused(
            "Nothing has been loaded yet, so nobody holds a role and only published figures are open.",
            remedy="On this machine, load an extract and the workforce pack, whose list role_holding says who may see "
            "what: keyworker load PATH.",
        )
    return Refused(
        "This page is not part of your work here.",
        where=thing.value,
        remedy=f"It is open to: {_roles(thing)}. If that should include you, ask the analyst who keeps the roles.",
    )


def refusal_to_see_route(asker: Asker, route: str) -> Refused | None:
    """Why this person may not take a route, or None when they may. A route that the table does not hold is closed."""
    thing = thing_of(route)
    if thing is None:
        return Refused("The table of who may see what says nothing of this, so it is closed.", where=route)
    return refusal_to_see(asker, thing)


def refusal_to_see_place(asker: Asker, thing: Thing) -> Refused | None:
    """Why this person may not look at a thing by team, by district or as a whole, or None when they may at some."""
    if sight_of(asker, thing).is_of_places:
        return None
    return refusal_to_see(asker, thing) or not_theirs(thing)


def not_theirs(thing: Thing) -> Refused:
    """That a team or a district is not one over which a role is held that opens the thing."""
    return Refused(
        "That team, district or service is not part of your work here.",
        where=thing.value,
        remedy="You may see your own. If that should be more, ask the analyst who keeps the roles.",
    )


def refusal_to_agree(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not agree an exception for a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    sight = sight_of(asker, Thing.EXCEPTIONS)
    if sight.covers(place):
        return None
    if sight != NOTHING:
        return Refused(
            "This child is with a team for which you do not answer.",
            where="an exception",
            remedy="Ask the manager of the child’s team, or whoever leads the district.",
        )
    return Refused(
        "An exception from a timescale is agreed by a manager.",
        where="an exception",
        remedy=f"Ask one of these: {_roles(Thing.EXCEPTIONS)}.",
    )


class To(StrEnum):
    """What somebody may mean to do of a child, or of a worker, who is at a place."""

    VISIT = "visit"
    PLAN_VISIT = "plan visit"
    GO_ALONE = "go alone"
    WRITE_WORDS = "write words"
    PLAN = "plan"
    MINUTE = "minute"
    CHALLENGE = "challenge"
    ATTACH = "attach"
    ALLOCATE = "allocate"
    ASK_TIME = "ask time"
    ANSWER_TIME = "answer time"
    CHALLENGE_LOAD = "challenge load"
    ANSWER_LOAD = "answer load"
    SUPERVISE = "supervise"
    RESTRICT = "restrict"
    AGREE_COPY = "agree copy"


@dataclass(frozen=True)
class _Words:
    """How it is refused.

    Takes   thing, the row of the table that opens it; says, whose it is; where, what was meant to be done; remedy, with
            `{roles}` for those to whom it is open; by_a_worker, whether a worker alone does it, not a sign-in of none.
    """

    thing: Thing
    says: str
    where: str
    remedy: str
    by_a_worker: bool = False


_EACH = "It is open to: {roles}, each for the children whom they may see."
_ASK = "Ask one of these: {roles}."
_REFUSED: Mapping[To, _Words] = {
    To.VISIT: _Words(
        Thing.VISITS,
        "A visit is written down by whoever made it, to a child of theirs.",
        "a visit",
        _EACH,
        by_a_worker=True,
    ),
    To.PLAN_VISIT: _Words(
        Thing.VISITS,
        "A visit is planned by whoever works with the child.",
        "a planned visit",
        _EACH,
    ),
    To.GO_ALONE: _Words(
        Thing.ALONE,
        "That somebody goes alone is said by whoever is to make the visit.",
        "a visit alone",
        _EACH,
    ),
    To.WRITE_WORDS: _Words(
        Thing.OWN_WORDS,
        "What a child or a parent says is written down by whoever works with the child, or chairs their meetings.",
        "their own words",
        _EACH,
    ),
    To.PLAN: _Words(
        Thing.PLAN_ACTIONS,
        "What a child’s plan asks is written down by whoever works with the child, or chairs their meetings.",
        "an action of a plan",
        _EACH,
    ),
    To.MINUTE: _Words(
        Thing.MEETINGS,
        "A meeting about a child is written down by whoever works with the child, chairs it or takes its notes.",
        "a meeting",
        _EACH,
    ),
    To.CHALLENGE: _Words(
        Thing.CHALLENGE,
        "A challenge is raised by whoever chairs, or written down for another agency, and answered by those who answer "
        "for the child.",
        "a challenge",
        _EACH,
    ),
    To.ATTACH: _Words(
        Thing.DIRECT_WORK,
        "Direct work is seen and attached by those who work with the child, and whoever manages them.",
        "direct work",
        "It is open to: {roles}, each for their own children.",
    ),
    To.ALLOCATE: _Words(
        Thing.ALLOCATION,
        "Who works with a child is decided by whoever manages the child’s team.",
        "an allocation",
        "Ask one of these, of the child’s team or district: {roles}.",
    ),
    To.ASK_TIME: _Words(
        Thing.TIME_ASKED,
        "Time is asked for by whoever works with the child.",
        "time asked for",
        "It is open to: {roles}, each for the children whom they see.",
        by_a_worker=True,
    ),
    To.ANSWER_TIME: _Words(
        Thing.ANSWERING_TIME,
        "Who asks for time is answered by a manager who answers for the child.",
        "time asked for",
        _ASK,
    ),
    To.CHALLENGE_LOAD: _Words(
        Thing.CHALLENGING_LOAD,
        "Only a worker who may hold children says that their own load is not right.",
        "a load",
        "It is open to: {roles}, each for their own load.",
        by_a_worker=True,
    ),
    To.ANSWER_LOAD: _Words(
        Thing.ANSWERING_LOAD,
        "A worker is answered about their load by a manager who answers for them.",
        "a load",
        _ASK,
    ),
    To.SUPERVISE: _Words(
        Thing.SUPERVISING,
        "A child’s case supervision is written down by one of the two who held it.",
        "a supervision",
        "It is open to: {roles}, each for children whom they may see.",
        by_a_worker=True,
    ),
    To.RESTRICT: _Words(
        Thing.RESTRICTIONS,
        "Whoever leads the child’s district decides who may see a child.",
        "a restriction",
        "Ask one of these, of the child’s district: {roles}.",
    ),
    To.AGREE_COPY: _Words(
        Thing.AGREEING_COPIES,
        "A copy of this child’s record is agreed by somebody who answers for the child.",
        "a copy",
        _ASK,
    ),
}


def refusal_to(do: To, asker: Asker, place: Place) -> Refused | None:
    """Why this person may not do something of a child or a worker, or None when they may.

    Takes   place, where the child or the worker is today; nowhere for one whom nobody knows.
    """
    words = _REFUSED[do]
    refused = Refused(words.says, where=words.where, remedy=words.remedy.format(roles=_roles(words.thing)))
    return _unless_covered(asker, words.thing, place, refused, by_a_worker=words.by_a_worker)


def refusal_to_take(asker: Asker, worker_id: str, child: Place, worker: Place) -> Refused | None:
    """Why this person may not answer for a worker to whom a child is offered, or None when they may.

    Takes   child, where the child is today; worker, where the worker is.
    """
    may_see = sight_of(asker, Thing.HANDOVERS).covers(child)
    answers_for = asker.worker_id == worker_id or sight_of(asker, Thing.ALLOCATION).covers(worker)
    if may_see and answers_for:
        return None
    return Refused(
        "An offer is answered by the worker to whom the child is offered, or by whoever manages them.",
        where="an offer",
        remedy="Ask them to answer it.",
    )


def refusal_to_record(asker: Asker, thing: Thing, place: Place) -> Refused | None:
    """Why this person may not write an entry of a kind down, or None when they may.

    Takes   thing, what the entry's form names; place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "This is written down by whoever’s work it is, of a child of theirs.",
        where=thing.value,
        remedy=f"It is open to: {_roles(thing)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, thing, place, refused)


def refusal_to_take_in(asker: Asker) -> Refused | None:
    """Why this person may not write a child down whom nobody knows, or None when they may."""
    if sight_of(asker, Thing.NEW_CHILDREN) != NOTHING and asker.worker_id is not None:
        return None
    return Refused(
        "A new child is written down by whoever takes contacts and referrals.",
        where="a new child",
        remedy=f"Ask one of these: {_roles(Thing.NEW_CHILDREN)}.",
    )


def refusal_to_keep_posts(asker: Asker) -> Refused | None:
    """Why this person may not write posts and steps of recruitment down, or None when they may."""
    if sight_of(asker, Thing.KEEPING_POSTS) != NOTHING:
        return None
    return Refused(
        "Posts and recruitment are written down by whoever looks after the workforce, or leads the service.",
        where="a post",
        remedy=f"Ask one of these: {_roles(Thing.KEEPING_POSTS)}.",
    )


def refusal_to_keep_staff(asker: Asker, thing: Thing) -> Refused | None:
    """Why this person may not write something down of a worker, or None when they may. Takes thing, the form's."""
    if sight_of(asker, thing) != NOTHING:
        return None
    return Refused(
        "Posts, absence and registration are written down by whoever looks after the workforce, learning by whoever "
        "looks after learning.",
        where=thing.value,
        remedy=f"Ask one of these: {_roles(thing)}.",
    )


def refusal_to_rebase(asker: Asker) -> Refused | None:
    """Why this person may not let a chart's limits start afresh, or None when they may."""
    if sight_of(asker, Thing.LIMITS) != NOTHING:
        return None
    return Refused(
        "Limits start afresh by a decision of those who lead the service or keep its figures.",
        where="a chart's limits",
        remedy=f"Ask one of these: {_roles(Thing.LIMITS)}.",
    )


def require(refusal: Refused | None) -> None:
    """Stop here when there is a refusal. Raises Refused with the same words that the page would show."""
    if refusal is not None:
        raise refusal


def _roles(thing: Thing) -> str:
    """The roles to which a thing is open, as a sentence lists them."""
    return ", ".join(who_may()[thing].roles)


def _unless_covered(
    asker: Asker, thing: Thing, place: Place, refused: Refused, *, by_a_worker: bool = False
) -> Refused | None:
    """A refusal, unless this person's sight of a thing covers a place. Takes by_a_worker, whether it is a worker's."""
    may = asker.worker_id is not None or not by_a_worker
    return None if may and sight_of(asker, thing).covers(place) else refused
