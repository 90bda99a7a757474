"""The chair's page: the children whom somebody chairs, what is next for each, and what moved since the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from keyworker.actions.questions.chairing import Chaired
from keyworker.facts.chairing import CONFERENCES
from keyworker.vocabulary.codes import codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.throughline.statuses import status_words
from keyworker.web.words import days, due, in_words, plural, sentence, spoken

MEETING = {CONFERENCES: "conference", "reviews": "review"}
NOBODY = (
    "Nothing recorded says that you chair a child. Open a child, choose to record something, and say that you chair "
    "their conferences or reviews."
)


def answer(found: Sequence[Chaired], today: date) -> str:
    """Who is past their day, else what is next, in a sentence."""
    if not found:
        return NOBODY
    late = [one for one in found if one.is_past(today)]
    of = plural(len(found), "child whom you chair", "children whom you chair")
    if late:
        is_past = "is past its" if len(late) == 1 else "are past their"
        return f"Of {of}, {in_words(len(late)).lower()} {is_past} conference or review."
    coming = [one for one in found if one.next is not None]
    if coming and (first := coming[0].next):
        return f"{sentence(of)}. Next: {coming[0].row.name}, {MEETING[first.what]} by {spoken(first.on)}."
    return f"{sentence(of)}. No day of a conference or review is recorded that is still to come."


def table(found: Sequence[Chaired], today: date, child: Callable[[str], str]) -> Table:
    """The children, those past their day first. Takes child, to a child's page."""
    return Table(
        "chaired",
        "Children whom you chair",
        heads("Child", "Next", "The last one", "What moved since", "What waits now"),
        tuple(_row(one, today, child) for one in found),
        NOBODY,
    )


def _row(one: Chaired, today: date, child: Callable[[str], str]) -> tuple[Cell, ...]:
    row, coming = one.row, one.next
    worker = row.lead or row.accountable
    about = [f"With {worker.name}"] if worker else []
    about += [status_words(status) for status in row.statuses]
    if coming is None:
        next_cell = Cell("No day is recorded", tone="past")
    else:
        day = coming.on
        tone = "past" if day < today else ""
        next_cell = Cell(
            f"{sentence(MEETING[coming.what])} by {spoken(day)}", notes=(due(day, today),), tone=tone,
            sort=day.toordinal(),
        )  # fmt: skip
    waits = waiting(one)
    return (
        Cell(row.name, child(row.handle), notes=tuple(about)),
        next_cell,
        _last(one),
        Cell(f"Since {spoken(one.since)}", notes=tuple(map(sentence, moved(one)))),
        Cell(sentence(waits[0]), notes=tuple(map(sentence, waits[1:])), tone="past") if waits else Cell("Nothing"),
    )


def _last(one: Chaired) -> Cell:
    if one.last is None:
        return Cell("None is recorded", notes=(f"You chair since {spoken(one.chairs.since_on)}",))
    met = one.last
    papers = "When its papers were shared is not recorded"
    if met.report_on:
        before = (met.on - met.report_on).days
        papers = f"Papers shared {spoken(met.report_on)}, {days(before)} before" if before else "Papers shared that day"
    return Cell(f"{sentence(MEETING[met.what])} on {spoken(met.on)}", notes=(papers,), sort=met.on.toordinal())


def moved(one: Chaired) -> list[str]:
    """What is recorded since the last conference or review, the gravest first."""
    said = [plural(one.workers, "change of worker", "changes of worker")] if one.workers else []
    said += [_began(*began) for began in one.moved.began]
    visits = one.moved.seen + one.moved.in_vain
    if visits:
        vain = f", and {plural(one.moved.in_vain, 'visit')} at which the child was not" if one.moved.in_vain else ""
        said.append(f"seen at {plural(one.moved.seen, 'visit')}{vain}")
    else:
        said.append("no visit is recorded")
    if one.done:
        said.append(f"{plural(one.done, 'action')} of the plan done")
    if one.given_up:
        said.append(f"{plural(one.given_up, 'action')} of the plan given up")
    return said


def _began(what: str, kind: str | None, on: date) -> str:
    listing = {"placement": "placement_type", "legal status": "legal_status"}[what]
    named = codes(listing).get(kind or "", kind or "kind not recorded")
    return f"new {what} {spoken(on)}: {named}"


def waiting(one: Chaired) -> list[str]:
    """What waits now: nobody works with the child, actions past their day, challenges that are open."""
    said = ["the child has no worker"] if one.row.unallocated_since is not None else []
    if one.late:
        said.append(f"{plural(one.late, 'action')} of the plan past {'its' if one.late == 1 else 'their'} day")
    for challenge in one.challenges:
        stage = challenge.stage
        stands = "is open"
        if stage is not None:
            stands = f"waits, due {spoken(stage.due_on)}" if stage.waits else "was answered, and waits for a decision"
        said.append(f"a challenge raised {spoken(challenge.raised_on)} {stands}")
    return said
