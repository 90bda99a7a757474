"""Why something may not be done, in words fit for a page. One function serves both the button and the guard."""

from __future__ import annotations

from keyworker.access.asker import Asker
from keyworker.vocabulary.errors import Refused

MANAGERS = frozenset({"consultant social worker", "team manager", "head of service", "director", "quality assurance"})

# Until "who may see" is settled, these are the pages that each role's work is for; the record itself is on one
# person's machine, and every read is logged.
ROUTES: dict[str, frozenset[str]] = {
    "my children": frozenset(
        {
            "social worker",
            "senior practitioner",
            "consultant social worker",
            "team manager",
            "head of service",
        }
    ),
    "child": frozenset(
        {
            "social worker",
            "senior practitioner",
            "consultant social worker",
            "team manager",
            "head of service",
            "director",
            "conference chair",
            "quality assurance",
        }
    ),
    "clocks": frozenset(
        {
            "social worker",
            "senior practitioner",
            "consultant social worker",
            "team manager",
            "head of service",
            "director",
            "conference chair",
            "quality assurance",
        }
    ),
    "due": frozenset(
        {
            "social worker",
            "senior practitioner",
            "consultant social worker",
            "team manager",
            "head of service",
            "director",
            "quality assurance",
        }
    ),
    "rules": frozenset(
        {
            "social worker",
            "senior practitioner",
            "consultant social worker",
            "team manager",
            "head of service",
            "director",
            "conference chair",
            "quality assurance",
            "performance analyst",
        }
    ),
    "team": frozenset({"consultant social worker", "team manager", "head of service", "director", "quality assurance"}),
    "worker": frozenset(
        {"consultant social worker", "team manager", "head of service", "director", "quality assurance"}
    ),
    "my work": frozenset({"social worker", "senior practitioner", "consultant social worker", "team manager"}),
    "posts": MANAGERS | {"performance analyst", "workforce"},
    "service": frozenset({"team manager", "head of service", "director", "performance analyst", "quality assurance"}),
    "measures": frozenset({"team manager", "head of service", "director", "performance analyst", "quality assurance"}),
    "loads": frozenset({"performance analyst"}),
    "meaning": frozenset({"performance analyst"}),
    "children": frozenset({"head of service", "director", "performance analyst", "quality assurance"}),
    "quality": frozenset({"performance analyst", "head of service", "director", "quality assurance"}),
}


EVERYBODY: frozenset[str] = frozenset().union(*ROUTES.values())
"""How old a source is, and what no extract holds, are every page's to say."""


def refusal_to_see_route(asker: Asker, route: str) -> Refused | None:
    """Why this person may not open this kind of page, or None when they may.

    A command or a Python session on the machine that holds the data folder is its owner's, and is logged.
    """
    if not asker.is_on_a_page or asker.holds(*ROUTES.get(route, EVERYBODY)):
        return None
    wanted = ", ".join(sorted(ROUTES.get(route, EVERYBODY)))
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


def require(refusal: Refused | None) -> None:
    """Stop here when there is a refusal. Raises Refused with the same words that the page would show."""
    if refusal is not None:
        raise refusal
