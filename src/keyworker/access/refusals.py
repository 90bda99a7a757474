"""Why something may not be done, in words fit for a page. One function serves both the button and the guard."""

from __future__ import annotations

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


def refusal_to_visit(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not write a visit to a child down, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "A visit is written down by whoever made it, to a child of theirs.",
        where="a visit",
        remedy=f"It is open to: {_roles(Thing.VISITS)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, Thing.VISITS, place, refused, by_a_worker=True)


def refusal_to_plan_visit(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not plan a visit to a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "A visit is planned by whoever works with the child.",
        where="a planned visit",
        remedy=f"It is open to: {_roles(Thing.VISITS)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, Thing.VISITS, place, refused)


def refusal_to_write_words(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not write down what a child or a parent says, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "What a child or a parent says is written down by whoever works with the child, or chairs their meetings.",
        where="their own words",
        remedy=f"It is open to: {_roles(Thing.OWN_WORDS)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, Thing.OWN_WORDS, place, refused)


def refusal_to_plan(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not write down what a child's plan asks, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "What a child’s plan asks is written down by whoever works with the child, or chairs their meetings.",
        where="an action of a plan",
        remedy=f"It is open to: {_roles(Thing.PLAN_ACTIONS)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, Thing.PLAN_ACTIONS, place, refused)


def refusal_to_minute(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not write down a meeting about a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "A meeting about a child is written down by whoever works with the child, chairs it or takes its notes.",
        where="a meeting",
        remedy=f"It is open to: {_roles(Thing.MEETINGS)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, Thing.MEETINGS, place, refused)


def refusal_to_challenge(asker: Asker, place: Place) -> Refused | None:
    """Why this person may neither raise nor answer a challenge about a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "A challenge is raised by whoever chairs, or written down for another agency, and answered by those who answer "
        "for the child.",
        where="a challenge",
        remedy=f"It is open to: {_roles(Thing.CHALLENGE)}, each for the children whom they may see.",
    )
    return _unless_covered(asker, Thing.CHALLENGE, place, refused)


def refusal_to_attach(asker: Asker, place: Place) -> Refused | None:
    """Why this person may neither see nor attach direct work with a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "Direct work is seen and attached by those who work with the child, and whoever manages them.",
        where="direct work",
        remedy=f"It is open to: {_roles(Thing.DIRECT_WORK)}, each for their own children.",
    )
    return _unless_covered(asker, Thing.DIRECT_WORK, place, refused)


def refusal_to_allocate(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not decide who works with a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "Who works with a child is decided by whoever manages the child’s team.",
        where="an allocation",
        remedy=f"Ask one of these, of the child’s team or district: {_roles(Thing.ALLOCATION)}.",
    )
    return _unless_covered(asker, Thing.ALLOCATION, place, refused)


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


def refusal_to_ask_time(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not say that a duty to a child cannot be done by its day, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "Time is asked for by whoever works with the child.",
        where="time asked for",
        remedy=f"It is open to: {_roles(Thing.TIME_ASKED)}, each for the children whom they see.",
    )
    return _unless_covered(asker, Thing.TIME_ASKED, place, refused, by_a_worker=True)


def refusal_to_answer_time(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not answer who asked for time for a child, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "Who asks for time is answered by a manager who answers for the child.",
        where="time asked for",
        remedy=f"Ask one of these: {_roles(Thing.ANSWERING_TIME)}.",
    )
    return _unless_covered(asker, Thing.ANSWERING_TIME, place, refused)


def refusal_to_challenge_load(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not say that a worker's load is not right, or None when they may: it is their own.

    Takes   place, where the worker is today; nowhere for one whom nobody knows.
    """
    refused = Refused(
        "Only a worker who may hold children says that their own load is not right.",
        where="a load",
        remedy=f"It is open to: {_roles(Thing.CHALLENGING_LOAD)}, each for their own load.",
    )
    return _unless_covered(asker, Thing.CHALLENGING_LOAD, place, refused, by_a_worker=True)


def refusal_to_answer_load(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not answer a worker about their load, or None when they may.

    Takes   place, where the worker is today; nowhere for one whom nobody knows.
    """
    refused = Refused(
        "A worker is answered about their load by a manager who answers for them.",
        where="a load",
        remedy=f"Ask one of these: {_roles(Thing.ANSWERING_LOAD)}.",
    )
    return _unless_covered(asker, Thing.ANSWERING_LOAD, place, refused)


def refusal_to_supervise(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not write a child's case supervision down, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "A child’s case supervision is written down by one of the two who held it.",
        where="a supervision",
        remedy=f"It is open to: {_roles(Thing.SUPERVISING)}, each for children whom they may see.",
    )
    return _unless_covered(asker, Thing.SUPERVISING, place, refused, by_a_worker=True)


def refusal_to_restrict(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not decide who sees a child, or None when they may. Takes place, where the child is today."""
    refused = Refused(
        "Whoever leads the child’s district decides who may see a child.",
        where="a restriction",
        remedy=f"Ask one of these, of the child’s district: {_roles(Thing.RESTRICTIONS)}.",
    )
    return _unless_covered(asker, Thing.RESTRICTIONS, place, refused)


def refusal_to_agree_copy(asker: Asker, place: Place) -> Refused | None:
    """Why this person may not be the second to agree a copy for somebody outside, or None when they may.

    Takes   place, where the child is today; nowhere for a child whom nobody knows.
    """
    refused = Refused(
        "A copy of this child’s record is agreed by somebody who answers for the child.",
        where="a copy",
        remedy=f"Ask one of these: {_roles(Thing.AGREEING_COPIES)}.",
    )
    return _unless_covered(asker, Thing.AGREEING_COPIES, place, refused)


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


def refusal_to_keep_posts(asker: Asker) -> Refused | None:
    """Why this person may not write posts and steps of recruitment down, or None when they may."""
    if sight_of(asker, Thing.KEEPING_POSTS) != NOTHING:
        return None
    return Refused(
        "Posts and recruitment are written down by whoever looks after the workforce, or leads the service.",
        where="a post",
        remedy=f"Ask one of these: {_roles(Thing.KEEPING_POSTS)}.",
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
