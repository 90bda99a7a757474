"""Why something may not be done, in words fit for a page. One function serves both the button and the guard."""

from __future__ import annotations

from keyworker.access.asker import Asker
from keyworker.vocabulary.errors import Refused

# Whose work it is to hold children, to answer for who does, and to lead the service.
HOLDERS = frozenset({"social worker", "senior practitioner", "consultant social worker", "team manager"})
LEADERS = frozenset({"head of service", "director", "quality assurance"})
MANAGERS = LEADERS | {"consultant social worker", "team manager"}
MAY_SEE_A_CHILD = HOLDERS | LEADERS | {"conference chair"}
MAY_SEE_THE_SERVICE = LEADERS | {"team manager", "performance analyst"}
KEEPS_THE_DATA = frozenset({"performance analyst"})
AGREES = frozenset({"team manager", "head of service", "director"})
REBASES = LEADERS | KEEPS_THE_DATA
# What stands for a role while the record is empty and can give nobody one: it opens what is published anyway.
BEFORE_LOADING = "before anything is loaded"
STAFF = MAY_SEE_A_CHILD | KEEPS_THE_DATA | {"workforce"}  # whoever holds a role: for what is published anyway

# Until "who may see" is settled, these are the pages that each role's work is for; the record itself is on one
# person's machine, and every read is logged.
ROUTES: dict[str, frozenset[str]] = {
    "my children": HOLDERS | {"head of service"},
    "child": MAY_SEE_A_CHILD,
    "clocks": MAY_SEE_A_CHILD,
    "due": HOLDERS | LEADERS,
    "rules": MAY_SEE_A_CHILD | KEEPS_THE_DATA,
    "team": MANAGERS,
    "worker": MANAGERS,
    "my work": HOLDERS,
    "posts": MANAGERS | KEEPS_THE_DATA | {"workforce"},
    "service": MAY_SEE_THE_SERVICE,
    "measures": MAY_SEE_THE_SERVICE,
    "figures": STAFF | {BEFORE_LOADING},
    "sources": STAFF | {BEFORE_LOADING},
    "loads": KEEPS_THE_DATA,
    "meaning": KEEPS_THE_DATA,
    "children": LEADERS | KEEPS_THE_DATA,
    "quality": LEADERS | KEEPS_THE_DATA,
}


EVERYBODY: frozenset[str] = frozenset().union(*ROUTES.values()) - {BEFORE_LOADING}
"""What no list names is open to every role."""


def refusal_to_see_route(asker: Asker, route: str) -> Refused | None:
    """Why this person may not open this kind of page, or None when they may.

    A command or a Python session on the machine that holds the data folder is its owner's, and is logged.
    """
    if not asker.is_on_a_page or asker.holds(*ROUTES.get(route, EVERYBODY)):
        return None
    if asker.holds(BEFORE_LOADING):
        return Refused(
            "Nothing has been loaded yet, so nobody holds a role and only published figures are open.",
            remedy="On this machine, load an extract and the workforce pack, whose list role_holding says who may see "
            "what: keyworker load PATH.",
        )
    wanted = ", ".join(sorted(ROUTES.get(route, EVERYBODY) - {BEFORE_LOADING}))
    return Refused(
        "This page is not part of your work here.",
        where=f"the {route} page",
        remedy=f"It is open to: {wanted}. If that should include you, ask the analyst who keeps the roles.",
    )


def refusal_to_see_worker(asker: Asker, worker_id: str, *, supervises: bool) -> Refused | None:
    """Why this person may not see a worker's page, or None when they may.

    A worker sees every figure about them that anyone sees; whoever supervises them sees it too.
    """
    if supervises or worker_id == asker.worker_id:
        return None
    return refusal_to_see_route(asker, "worker")


def refusal_to_see_due(asker: Asker, *, of_team: bool = False, of_district: bool = False) -> Refused | None:
    """Why this person may not see what is due, or None when they may.

    What is due to a team is for whoever may open a team, and to a district for whoever may open the service.
    """
    routes = [*(["team"] if of_team else []), *(["service"] if of_district else []), "due"]
    return next(filter(None, (refusal_to_see_route(asker, route) for route in routes)), None)


def refusal_to_agree(asker: Asker, team_id: str | None, district: str | None) -> Refused | None:
    """Why this person may not agree an exception for a child of a team, or None when they may.

    Takes   team_id and district, of the team that the child is with; None where there is none.
    """
    scopes = asker.scopes(*AGREES)
    if not asker.is_on_a_page or "all" in scopes or team_id in scopes or district in scopes:
        return None
    if scopes:
        return Refused(
            "This child is with a team for which you do not answer.",
            where="an exception",
            remedy="Ask the manager of the child’s team, or whoever leads the district.",
        )
    return Refused(
        "An exception from a timescale is agreed by a manager.",
        where="an exception",
        remedy=f"Ask one of these: {', '.join(sorted(AGREES))}.",
    )


def refusal_to_rebase(asker: Asker) -> Refused | None:
    """Why this person may not let a chart's limits start afresh, or None when they may."""
    if not asker.is_on_a_page or asker.holds(*REBASES):
        return None
    return Refused(
        "Limits start afresh by a decision of those who lead the service or keep its figures.",
        where="a chart's limits",
        remedy=f"Ask one of these: {', '.join(sorted(REBASES))}.",
    )


def require(refusal: Refused | None) -> None:
    """Stop here when there is a refusal. Raises Refused with the same words that the page would show."""
    if refusal is not None:
        raise refusal
