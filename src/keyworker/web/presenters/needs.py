"""What needs somebody, in words, each with the page that it opens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from keyworker.actions.questions.needs import Need, Needing
from keyworker.web.presenters.frame import Link
from keyworker.web.words import in_words, plural

SAYS: dict[Need, tuple[str, str, str, str]] = {
    Need.NOT_BACK: (
        "worker who went alone is not back by the time they said: find out whether they are safe",
        "workers who went alone are not back by the time they said: find out whether they are safe",
        "going alone",
        "lone-visits",
    ),
    Need.ALONE: (
        "visit of yours alone is not ended: say that you are back",
        "visits of yours alone are not ended: say that you are back",
        "going alone",
        "lone-visits",
    ),
    Need.NO_WORKER: ("child has no worker", "children have no worker", "service", "service"),
    Need.LEFT: (
        "child has a worker who has left, and needs another",
        "children have a worker who has left, and need another",
        "allocation",
        "to-cover",
    ),
    Need.TO_COVER: (
        "child’s worker is away or soon will be, and nobody has decided who covers",
        "children have a worker who is away or soon will be, and nobody has decided who covers",
        "allocation",
        "to-cover",
    ),
    Need.OVERDUE: ("thing is past its date", "things are past their date", "due", "due"),
    Need.PAST_VISITS: (
        "visit was planned, its day has passed, and nothing is written down",
        "visits were planned, their days have passed, and nothing is written down",
        "visits",
        "my-visits",
    ),
    Need.UNANSWERED: (
        "who asked for time was not answered in time: the service is late",
        "who asked for time were not answered in time: the service is late",
        "time to answer",
        "time-to-answer",
    ),
    Need.LOADS_UNANSWERED: (
        "worker who says that their load is not right was not answered in time: the service is late",
        "workers who say that their load is not right were not answered in time: the service is late",
        "loads to answer",
        "loads-to-answer",
    ),
    Need.LATE_REVIEWS: (
        "record that was opened in an emergency should have been reviewed by now",
        "records that were opened in an emergency should have been reviewed by now",
        "emergency reviews",
        "emergency-reviews",
    ),
    Need.REVIEWS: (
        "record was opened in an emergency and is yours to review",
        "records were opened in an emergency and are yours to review",
        "emergency reviews",
        "emergency-reviews",
    ),
    Need.VISITS: ("visit is planned for today", "visits are planned for today", "visits", "my-visits"),
    Need.OFFERS: (
        "child is offered, and you may answer",
        "children are offered, and you may answer",
        "handovers",
        "handovers",
    ),
    Need.CHAIRED: (
        "child whom you chair is past their conference or review",
        "children whom you chair are past their conference or review",
        "chairing",
        "chairing",
    ),
    Need.ANSWERED: (
        "challenge of yours was answered: say whether that resolves it",
        "challenges of yours were answered: say whether that resolves them",
        "challenges",
        "challenges",
    ),
    Need.CHALLENGES: (
        "challenge waits for your answer",
        "challenges wait for your answer",
        "challenges",
        "challenges",
    ),
    Need.WARNINGS: (
        "warning before a visit is to be looked at again",
        "warnings before a visit are to be looked at again",
        "warnings to look at",
        "warnings-to-look-at",
    ),
    Need.TO_ANSWER: ("asks for time and waits", "ask for time and wait", "time to answer", "time-to-answer"),
    Need.LOADS: (
        "worker says that their load is not right, and waits",
        "workers say that their load is not right, and wait",
        "loads to answer",
        "loads-to-answer",
    ),
    Need.GIVEN: ("thing was given to you", "things were given to you", "time asked", "my-time"),
    Need.ACTIONS: (
        "action of yours from supervision is past its day",
        "actions of yours from supervision are past their day",
        "case supervision",
        "my-actions",
    ),
    Need.PLAN_ACTIONS: (
        "action of yours under a child’s plan is past its day",
        "actions of yours under children’s plans are past their day",
        "own actions",
        "own-actions",
    ),
    Need.SOON: ("thing is due within a week", "things are due within a week", "due", "due"),
    Need.ERASURES: ("erasure waits for you", "erasures wait for you", "erasures waiting", "erasures"),
    Need.COPIES: (
        "thing waits for you to agree before it is told outside the service",
        "things wait for you to agree before they are told outside the service",
        "copies waiting",
        "copies",
    ),
    Need.SUPERVISION: (
        "worker waits for a supervision that is past its date",
        "workers wait for a supervision that is past its date",
        "team",
        "my-team",
    ),
    Need.FIRST_YEARS: (
        "worker in their first year has a promise that is not kept",
        "workers in their first year have a promise that is not kept",
        "first year",
        "first-years",
    ),
    Need.MY_FIRST_YEAR: (
        "promise of your first year is not kept to you",
        "promises of your first year are not kept to you",
        "my work",
        "my-load",
    ),
    Need.NOTES: (
        "note of supervision waits for your answer",
        "notes of supervision wait for your answer",
        "supervision notes",
        "supervision",
    ),
    Need.LOAD_ANSWERED: (
        "answer about your own load waits for your word",
        "answers about your own load wait for your word",
        "my work",
        "my-load",
    ),
    Need.CONFIRM: (
        "supervision of a child’s case waits for you to say that it was so",
        "supervisions of children’s cases wait for you to say that they were so",
        "case supervision",
        "my-actions",
    ),
    Need.STEPS: (
        "change of worker of yours lacks a step",
        "changes of worker of yours lack a step",
        "handovers",
        "handovers",
    ),
    Need.MATCH: (
        "visit of yours may stand in the case system too: say whether it is the same",
        "visits of yours may stand in the case system too: say whether they are the same",
        "visits",
        "visits-to-match",
    ),
    Need.POSTS: (
        "post is empty and nobody covers it",
        "posts are empty and nobody covers them",
        "posts",
        "posts",
    ),
    Need.SET_ASIDE: ("row was set aside, not mended", "rows were set aside, not mended", "loads", "loads"),
    Need.BEGUN: ("form of yours was begun and not sent", "forms of yours were begun and not sent", "drafts", "drafts"),
}
"""Of each: one, many, the route by which it is opened, and the name of its address."""
TEAM, SERVICE = "my-team", "service"
NOTHING = "Nothing waits for you."


def needs_answer(found: Sequence[Needing]) -> str:
    """What needs somebody first and how much comes after it, in a sentence."""
    if not found:
        return NOTHING
    more = len(found) - 1
    waits = "other kind of thing waits" if more == 1 else "other kinds of thing wait"
    after = f" {in_words(more)} {waits} after that." if more else ""
    return f"First: {_says(found[0])}.{after}"


def needs_links(found: Sequence[Needing], routes: Collection[str], address: Callable[[str], str]) -> list[Link]:
    """Everything that needs somebody, in order, each with its page where that is open to them."""
    return [Link(_says(one), _way(one.what, routes, address)) for one in found]


def _says(one: Needing) -> str:
    singular, many, *_ = SAYS[one.what]
    return plural(one.count, singular, many)


def _way(what: Need, routes: Collection[str], address: Callable[[str], str]) -> str:
    *_, route, name = SAYS[what]
    if what in (Need.NO_WORKER, Need.SUPERVISION):
        route, name = ("team", TEAM) if "team" in routes else ("service", SERVICE)
    return address(name) if route in routes else ""
