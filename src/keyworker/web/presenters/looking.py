"""Who has looked: a child's and a worker's own part of the access log, and the log itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keyworker.actions.questions.log import LogPage
from keyworker.record.looking import Line, Look
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_instant

NEVER_FOR_PERFORMANCE = (
    "This log is kept so that nobody looks without a need. It is not for managing anybody’s performance: it says "
    "nothing of how much or how well somebody works, and it is never counted, sorted or ranked by person."
)
WHAT = {
    "child": "the record",
    "clocks": "what is due, or the name alone",
    "looked": "who has looked",
    "restricted children": "who may see the child",
    "emergency": "the record, in an emergency",
    "emergency reviews": "a review of an emergency",
    "children": "a list",
    "time asked": "a list of time asked for",
    "time to answer": "a list of time asked for",
    "first year": "a list of first-year promises",
    "load challenges": "the challenging of a load",
    "loads to answer": "a list of load challenges",
    "needs me": "how much waits for them",
    "drafts": "what they had begun to write themselves",
    "find": "an answer to a search",
    "my children": "a list of their own children",
    "due": "a list of what is due",
    "missed": "a list of visits not made in time",
    "nothing recent": "a list of children with nothing recent",
    "team": "a team’s page",
    "worker": "a worker’s page",
    "supervision notes": "notes of a worker’s supervision",
    "access log": "a search of the access log",
    "my work": "a worker’s own work",
    "tried": "what another limit would change",
    "service": "the service’s figures",
    "measures": "measures",
    "areas": "support by area",
    "posts": "posts",
    "visits": "the planning or writing down of a visit",
    "going alone": "the going alone to a visit",
    "keeping posts": "the writing down of a post",
    "keeping staff": "what is kept of workers",
    "recording learning": "what workers learn, to write it down",
    "learning": "what workers learn",
    "new child": "the children like one who was to be written down",
    "case supervision": "the child’s case supervision",
    "allocation": "a change of who works with the child",
    "handovers": "a list of changes of worker",
    "not to be told": "what must not be told",
    "direct work": "direct work with the child",
    "moved": "of whom something was recorded",
    "front door": "the recording of a contact or a referral",
    "need and protection": "the recording of an assessment, an enquiry or a plan",
    "decisions": "the recording of what a manager decides",
    "erasure": "the asking for an erasure",
    "erasures waiting": "erasures that wait for a second person",
    "people": "the recording of people and households",
    "case notes": "the writing of a case note",
    "visit warnings": "the recording of a warning before a visit",
    "warnings to look at": "a list of warnings before a visit",
    "own words": "the writing down of what the child or a parent says",
    "meetings": "the writing down of a meeting about the child",
    "chairing": "the saying who chairs, or a list of the children whom they chair",
    "challenges": "a challenge, or a list of challenges",
    "plan actions": "the writing down of what a plan asks",
    "own actions": "a list of their own actions under plans",
    "copies": "the page for the child, or a copy for somebody outside",
    "copies waiting": "copies that wait",
    "words outside": "words for another agency, before they were written",
    "loads": "loads",
    "meaning": "what words of a source mean",
    "set aside": "rows set aside",
    "quality": "data quality",
    "frames": "whole tables",
    "file": "a file that was taken away",
    "return": "a return",
    "roles": "sign-ins and roles",
    "figures": "published figures",
    "sources": "how old the sources are",
    "rules": "timescales",
    "who may": "who may see what",
}
"""What the log's words mean to whoever reads them. A return's own name follows its word."""
NOT_GIVEN = "not given: "
BY_LIMIT = ", by the day's limit"
KEEPER = "keeper of the data"


def looks_table(id: str, rows: Sequence[Look], whose: str) -> Table:
    """On which days, as what and what for somebody was looked at. Takes whose, as in `this child’s record`."""
    return Table(
        id,
        "Who has looked, by day",
        heads("Day", "As", "What for", "At what"),
        tuple(
            (
                Cell(spoken(one.on)),
                Cell(sentence(one.role or KEEPER), notes=_by(one.door)),
                Cell(sentence(one.warrant or "not recorded")),
                Cell(sentence(what(one.route)), notes=(f"{one.times} times",) if one.times > 1 else ()),
            )
            for one in rows
        ),
        f"Nobody has looked at {whose} in the last year.",
    )


def looks_answer(rows: Sequence[Look], whose: str, *, are: bool = False) -> str:
    """How many days and roles, in a sentence. Takes are, whether whose is said of several."""
    if not rows:
        return f"Nobody has looked at {whose} in the last year."
    days, roles = len({one.on for one in rows}), len({one.role for one in rows})
    return (
        f"In the last year {whose} {'were' if are else 'was'} looked at on {plural(days, 'day')}, by people in "
        f"{plural(roles, 'role')}. Last: "
        f"{spoken(rows[0].on)}."
    )


def log_table(page: LogPage) -> Table:
    """Lines of the access log, the latest first."""
    return Table(
        "lines",
        "Lines of the access log",
        heads("When", "~Who", "As", "What for", "At what"),
        tuple(_line(one, page.names) for one in page.lines),
        "No line of the log is like that.",
    )


def what(route: str) -> str:
    """What was looked at, in words."""
    if route.startswith(NOT_GIVEN):
        return f"not given: {what(route.removeprefix(NOT_GIVEN))}"
    if route.endswith(BY_LIMIT):
        return f"{what(route.removesuffix(BY_LIMIT))}{BY_LIMIT}"
    word, _, form = route.partition(" ")
    return f"{WHAT[word]}: {form}" if word == "return" and form else WHAT.get(route, route)


def _line(one: Line, names: Mapping[str, str]) -> tuple[Cell, ...]:
    shown = plural(one.count, one.kind, "children" if one.kind == "child" else "") if one.count else "nobody shown"
    return (
        Cell(spoken_instant(one.at)),
        Cell(names.get(one.account, one.account), notes=(one.account, *_by(one.door))),
        Cell(sentence(one.role or KEEPER)),
        Cell(sentence(one.warrant or "not recorded"), notes=(one.purpose,)),
        Cell(sentence(what(one.route)), notes=(shown,)),
    )


def _by(door: str) -> tuple[str, ...]:
    return () if door == "page" else (f"by {door}",)
