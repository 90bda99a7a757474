"""The cover sheet: one page, in the order in which whoever stands before the door needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.actions.questions.cover import Cover
from keyworker.facts.cover import Language, Lives
from keyworker.facts.pictures import ChildRow, Standing
from keyworker.vocabulary.codes import codes
from keyworker.web.presenters.markers import in_words, to_whom, warnings
from keyworker.web.presenters.warnings import before_the_door
from keyworker.web.throughline.statuses import status_words
from keyworker.web.words import days_ago, due, listed, sentence, spoken

NOT_HELD = (
    "who has parental responsibility",
    "telephone numbers of parents and carers",
    "the school’s name",
    "the family doctor",
)
"""What no source of the record holds, and every cover sheet says so: nothing here is not the same as nobody."""
INTERPRETER = {True: "an interpreter is needed", False: "no interpreter is needed", None: "interpreter: not recorded"}
ON_PAPER = "It is marked as not to be told to {}, so it does not stand on paper: read it in the record."


@dataclass(frozen=True)
class Line:
    """One line of the sheet."""

    term: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part of the sheet. Takes id, its place on the page."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole sheet: the warnings, the answer, the parts, and what the record does not hold."""

    answer: str
    warnings: tuple[str, ...]
    not_told: tuple[str, ...]
    parts: tuple[Part, ...]
    missing: str


def cover_sheet(found: Cover, at: date) -> Sheet:
    """The sheet of one child on a day."""
    row = found.story.child
    parts = (
        Part("who", "Who the child is", tuple(_who(found))),
        Part("home", "Where the child lives", tuple(_home(found)) or (Line("Address", ("Not recorded",)),)),
        Part("why", "Why we are involved", tuple(_why(found, at))),
        Part("workers", "Who works with the child", tuple(_workers(row))),
        Part("dates", "Seen, and what comes next", tuple(_dates(row, at))),
        Part("family", "Family", tuple(_family(found))),
    )
    absent = [*NOT_HELD, *(["warnings before a visit"] if not found.before.warnings else [])]
    return Sheet(
        _answer(found, at),
        tuple(before_the_door(one, at) for one in found.before.warnings),
        warnings(found.marked),
        parts,
        f"The record holds nothing of: {listed(absent)}. That is not the same as there being none. Ask before you go.",
    )


def _answer(found: Cover, at: date) -> str:
    story, row = found.story, found.story.child
    if row is None:
        return f"{story.name} is not open to the service today."
    lead = row.lead or row.accountable
    worker = f"works with {lead.name}" if lead else "has no worker"
    seen = f"was last seen {days_ago(row.last_seen_on, at)}" if row.last_seen_on else "has no visit recorded"
    return f"{story.name} {worker} and {seen}."


def _who(found: Cover) -> list[Line]:
    story, before = found.story, found.before
    age = "not recorded" if story.age_years is None else "under one year" if not story.age_years else ""
    age = age or f"{story.age_years} {'year' if story.age_years == 1 else 'years'}"
    born = f", born {spoken(story.birth_on)}" if story.birth_on else ""
    named = codes("disability")
    disabilities = [named.get(one.upper(), one).lower() for one in before.disabilities]
    plan = {True: "Has a plan", False: "None that the case system knows of", None: "Not recorded"}[before.has_plan]
    return [
        Line("Age", (sentence(f"{age}{born}"),)),
        Line("Language", tuple(map(_language, before.languages)) or ("Not recorded: nobody has asked",)),
        Line("Disability", (sentence(listed(disabilities)) if disabilities else "Not recorded",)),
        Line("Education, health and care plan", (plan,)),
    ]


def _language(one: Language) -> str:
    whose = f"the {one.who}’s: " if one.who else ""
    return sentence(f"{whose}{one.language}, {INTERPRETER[one.interpreter]}")


def _home(found: Cover) -> list[Line]:
    lines = []
    for one in found.before.lives:
        told = [to_whom(mark) for mark in found.kept_off.get(one.in_row, ())]
        said = ON_PAPER.format(listed(told)) if told else _place(one)
        lines.append(Line(_kind(one), (said, f"Since {spoken(one.from_on)}")))
    since = found.before.privately_fostered_since
    return [*lines, *([Line("Private fostering", (f"Since {spoken(since)}",))] if since else [])]


def _kind(one: Lives) -> str:
    if one.in_table == "address":
        return f"Address ({one.kind.lower()})" if one.kind else "Address"
    return "Placement"


def _place(one: Lives) -> str:
    if one.in_table == "address":
        return in_words("address", one.values)
    kind = codes("placement_type").get(one.kind or "", one.kind or "Kind not recorded")
    provider = codes("placement_provider").get(one.provider or "", one.provider or "")
    return f"{kind}{f'; {provider}' if provider else ''}. Who the carers are is not recorded."


def _why(found: Cover, at: date) -> list[Line]:
    now = [one for one in found.story.statuses if one.from_on <= at and (one.to_on is None or one.to_on > at)]
    lines = [Line(status_words(one), (f"Since {spoken(one.from_on)}",)) for one in now]
    return lines or [Line("Now", ("Not open to the service",))]


def _workers(row: ChildRow | None) -> list[Line]:
    if row is None:
        return [Line("Worker", ("Nobody, for the child is not open",))]
    lines = [
        Line("Lead worker", (row.lead.name if row.lead else "Nobody",)),
        Line("Accountable worker", (row.accountable.name if row.accountable else "Nobody",)),
    ]
    if row.co_workers:
        lines.append(Line("Co-workers", (listed([one.name for one in row.co_workers]),)))
    if row.team:
        lines.append(Line("Team", (f"{row.team.name}, {row.team.district}" if row.team.district else row.team.name,)))
    return lines


def _dates(row: ChildRow | None, at: date) -> list[Line]:
    if row is None:
        return [Line("Next", ("Nothing is due to a child who is not open",))]

    def day(on: date | None) -> str:
        return f"{spoken(on)}, {days_ago(on, at)}" if on else "Not recorded"

    next_visit = "Cannot be told yet"
    if row.due_on:
        next_visit = f"{spoken(row.due_on)}, {due(row.due_on, at)}"
    elif row.standing is Standing.NO_INTERVAL:
        next_visit = "No interval is set"
    lines = [
        Line("Last seen", (day(row.last_seen_on),)),
        Line("Last seen alone", (day(row.last_seen_alone_on),)),
        Line("Last attempted", (day(row.last_attempted_on),)),
        Line("Next visit", (next_visit,)),
    ]
    if row.next_date:
        lines.append(Line(sentence(row.next_date.what), (f"{spoken(row.next_date.on)}, {due(row.next_date.on, at)}",)))
    return lines


def _family(found: Cover) -> list[Line]:
    lines = [Line(sentence(what), (name,)) for _, name, what in found.story.family]
    return lines or [Line("Anybody else", ("None recorded whom you may see",))]
