"""Who works with a child, written down here: allocating, offering to another worker, working beside, covering, ending.

Each has its cause and two times. What an extract told first is never written over: where Keyworker is the home, a row
that ends it speaks in its place (`facts.relations`), whatever the extract goes on to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, SentOtherwise, act_of, written_down, wrong_day
from keyworker.facts.handovers import Handover, Involvement, main_of
from keyworker.facts.pictures import Role
from keyworker.record.writer import AlreadyRecorded, Amendment, NotCurrent, amend, append, append_and_amend
from keyworker.vocabulary.causes import local_causes, published_cause
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.homes import HERE

INVOLVEMENTS, HANDOVER = "involvements", "handover"
FARTHEST_AHEAD = timedelta(days=92)
"""What begins later than this is planned too far ahead to be a decision about who holds a child."""
WARNING = "changes of worker before a warning"
"""The council's setting: after how many changes in twelve months a further one asks why it is right."""
WARNS_AFTER = 2
"""The same, where the council has set nothing."""


class Part(StrEnum):
    """What somebody is to be to a child."""

    WORKER = "worker"
    CO_WORKER = "co-worker"
    COVER = "cover"


_SAID = {Part.WORKER: "lead", Part.CO_WORKER: "co-worker", Part.COVER: "covering worker"}


@dataclass(frozen=True)
class WantedAllocation:
    """That somebody is to work with a child.

    Takes   number, a random word of the form's, so that a form sent twice writes once; until, the last day on which
            whoever covers is expected to; cause, one of the ten published causes or a finer one; why, in words.
    """

    number: str
    part: Part
    worker_id: str
    team_id: str | None
    starts_on: date | None
    cause: str
    why: str = ""
    until: date | None = None


@dataclass(frozen=True)
class BeforeChange:
    """How a child stands before something changes.

    Takes   changes, how often the worker changed in twelve months; warns_after, after how many a further one needs its
            reason; waiting, whether an offer waits for an answer, or a change that was agreed has not begun.
    """

    working: tuple[Involvement, ...]
    changes: int = 0
    warns_after: int = WARNS_AFTER
    waiting: bool = False

    @property
    def main(self) -> Involvement | None:
        """The child's one worker."""
        return main_of(list(self.working))

    @property
    def warns(self) -> bool:
        """Whether the worker has changed so often that a further change needs its reason."""
        return self.changes >= self.warns_after


def problems(wanted: WantedAllocation, before: BeforeChange, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed; nothing when it can be written."""
    found = _wrong_start(wanted, today)
    main = before.main
    if not wanted.worker_id:
        found["worker"] = "Choose a worker"
    elif any(one.worker_id == wanted.worker_id and _is_same(one, wanted.part) for one in before.working):
        found["worker"] = "This worker is that to the child already"
    if published_cause(wanted.cause) is None:
        found["cause"] = "Choose the cause"
    if len(wanted.why) > LONGEST:
        found["why"] = f"Why must be {LONGEST} characters or fewer"
    if wanted.part is not Part.WORKER:
        if wanted.until and wanted.starts_on and wanted.until < wanted.starts_on:
            found["until"] = "The last day must be on or after the first"
        return found
    if main is not None and before.waiting:
        found["worker"] = "The child is offered already: let that be answered, or withdraw it first"
    if main is not None and wanted.starts_on and wanted.starts_on <= main.from_on and "starts_on" not in found:
        found["starts_on"] = "The first day must be after that of whoever holds the child now"
    if main is not None and before.warns and not wanted.why.strip():
        found["why"] = f"The worker has changed {before.changes} times in 12 months: say why it is right once more"
    return found


def _wrong_start(wanted: WantedAllocation, today: date) -> dict[str, str]:
    day = wanted.starts_on
    if day is None:
        return {"starts_on": "The first day must be a real day, such as 27 March 2026"}
    if day > today + FARTHEST_AHEAD:
        return {"starts_on": "The first day must be within three months"}
    wrong = wrong_day(day, max(day, today))
    return {"starts_on": wrong} if day <= today and wrong else {}


def _is_same(one: Involvement, part: Part) -> bool:
    return one.is_main if part is Part.WORKER else one.role == Role.CO_WORKER


def require_unsent(wanted: WantedAllocation, before: BeforeChange, offered: Sequence[Handover]) -> None:
    """Stop where the same form was sent before. Raises AlreadyRecorded, or SentOtherwise where it then said else."""
    said: tuple[object, ...] = (wanted.worker_id, wanted.team_id, wanted.starts_on)
    offer = next((one for one in offered if one.handover_id == wanted.number), None)
    row = next((one for one in before.working if one.involvement_id == f"{wanted.number}-1"), None)
    if offer is not None:
        said = (*said, wanted.cause, wanted.why.strip() or None)
        stands: tuple[object, ...] = (offer.worker_id, offer.team_id, offer.starts_on, offer.cause, offer.why)
    elif row is not None:
        stands = (row.worker_id, row.team_id, row.from_on)
    else:
        return
    if stands != said:
        raise SentOtherwise("an allocation")
    raise AlreadyRecorded("This is written down already.", where="an allocation", remedy="Nothing needs to be done.")


def add(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    wanted: WantedAllocation,
    before: BeforeChange,
) -> None:
    """Write down that somebody works with a child: the first worker, a co-worker, or whoever covers.

    Raises  KeyworkerError where somebody holds the child already, who is changed by an offer; AlreadyRecorded.
    """
    if wanted.part is Part.WORKER and before.main is not None:
        raise KeyworkerError(
            "The child has a worker, so another is offered the child first.", remedy="Offer the child to them."
        )
    row = {
        "involvement_id": f"{wanted.number}-1",
        "child_id": child_id,
        "worker_id": wanted.worker_id,
        "role": _SAID[wanted.part],
        "team_id": wanted.team_id,
        "from_on": wanted.starts_on,
        "to_on": wanted.until + timedelta(days=1) if wanted.until else None,
        "change_reason": wanted.cause,
    }
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {INVOLVEMENTS: [row]}))


def offer(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    wanted: WantedAllocation,
    before: BeforeChange,
) -> None:
    """Offer a child to another worker. Until it is accepted nothing changes for the child. Raises AlreadyRecorded."""
    main = before.main
    if main is None:
        raise KeyworkerError("The child has no worker, so there is nobody to change.", remedy="Allocate the child.")
    row = {
        "handover_id": wanted.number,
        "child_id": child_id,
        "from_worker_id": main.worker_id,
        "worker_id": wanted.worker_id,
        "team_id": wanted.team_id,
        "happened_on": now.date(),
        "starts_on": wanted.starts_on,
        "cause": wanted.cause,
        "why": wanted.why.strip() or None,
    }
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {HANDOVER: [row]}))


def accept(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: Handover,
    working: Sequence[Involvement],
    today: date,
) -> None:
    """Accept an offer: from its first day the new worker holds the child in whatever way the one before did.

    Raises  AlreadyRecorded or NotCurrent where it is answered already; KeyworkerError where the child's worker is
            another by now.
    """
    _require_waiting(one, "accepted")
    held = [row for row in working if row.is_main and row.worker_id == one.from_worker_id]
    main = main_of(list(working))
    if main is None or main.worker_id != one.from_worker_id or one.starts_on <= max(row.from_on for row in held):
        raise KeyworkerError(
            "The child’s worker has changed since this was offered.", remedy="Withdraw the offer, and offer again."
        )
    new = [
        {
            "involvement_id": f"{one.handover_id}-{place}",
            "child_id": one.child_id,
            "worker_id": one.worker_id,
            "role": role,
            "team_id": one.team_id,
            "referral_id": held[0].referral_id,
            "from_on": one.starts_on,
        }
        for place, role in enumerate(sorted({row.role for row in held}), 1)
    ]
    _end(connection, asker, now, held, one.starts_on, one.cause, _answered(one, "accepted", today), new)


def answer_no(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: Handover, answer: str, why: str, today: date
) -> None:
    """Refuse an offer, or withdraw it: the child stays with their worker. Raises KeyworkerError without a reason."""
    _require_waiting(one, answer)
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError("This needs a reason.", remedy=f"Say why, in {LONGEST} characters or fewer.")
    change = _answered(one, answer, today, why.strip())
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, [change]))


def end(
    connection: psycopg.Connection, asker: Asker, now: datetime, rows: Sequence[Involvement], on: date, cause: str
) -> None:
    """End that somebody works with a child. Takes rows, all that say so; on, the first day on which they do not."""
    if published_cause(cause) is None:
        raise KeyworkerError("An ending has a cause.", remedy="Choose one of the published causes.")
    if any(on <= row.from_on for row in rows):
        raise KeyworkerError("This would end before it began.", remedy="Give a later day.")
    _end(connection, asker, now, rows, on, cause)


@dataclass(frozen=True)
class Steps:
    """The days of a handover: when the child was told, met both workers together, and was offered a goodbye."""

    told_on: date | None = None
    introduced_on: date | None = None
    goodbye_on: date | None = None


def problems_of_steps(steps: Steps, today: date) -> dict[str, str]:
    """What is wrong with these days, by field. Empty is not known, and may be filled later."""
    days = {"told_on": steps.told_on, "introduced_on": steps.introduced_on, "goodbye_on": steps.goodbye_on}
    return {name: wrong for name, day in days.items() if day is not None and (wrong := wrong_day(day, today))}


def take_steps(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: Handover, steps: Steps, today: date
) -> None:
    """Write down the days of a handover. Raises AlreadyRecorded where nothing would change; KeyworkerError for a day
    that cannot be, or an offer that came to nothing."""
    if wrong := problems_of_steps(steps, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a handover", remedy="Mend it and try again.")
    if not (one.is_accepted or one.is_waiting):
        raise KeyworkerError("This offer came to nothing, so there is no handover.", remedy="Nothing needs to be done.")
    changes = {"told_on": steps.told_on, "introduced_on": steps.introduced_on, "goodbye_on": steps.goodbye_on}
    if all(getattr(one, name) == day for name, day in changes.items()):
        raise AlreadyRecorded("These days are written down already.", remedy="Nothing needs to be done.")
    written_down(
        connection,
        lambda: amend(connection, act_of(asker, "correction"), now, [Amendment(HANDOVER, one.entry_id, changes)]),
    )


def cause_words() -> dict[str, str]:
    """The finer causes that may be chosen, in the order of the published ones, in words."""
    return {one.said: f"{one.says} ({one.cause.label.lower()})" for one in local_causes()}


def _require_waiting(one: Handover, answer: str) -> None:
    if one.answer == answer:
        raise AlreadyRecorded("This offer is answered so already.", remedy="Nothing needs to be done.")
    if not one.is_waiting:
        raise NotCurrent("This offer is answered already.", remedy="Open the page again to see how.")


def _answered(one: Handover, answer: str, today: date, why: str | None = None) -> Amendment:
    changes = {"answer": answer, "answered_on": today, "answered_why": why}
    return Amendment(HANDOVER, one.entry_id, changes)


def _end(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    rows: Sequence[Involvement],
    on: date,
    cause: str,
    answered: Amendment | None = None,
    new: Sequence[dict[str, Any]] = (),
) -> None:
    """End rows on a day, with what follows them, at once or not at all.

    What was written here is amended. What another source told gets a row of ours, alike but that it ends.
    """
    told = [row for row in rows if row.source != HERE]
    ours = [
        {
            "involvement_id": f"{row.involvement_id}-ended-{row.entry_id}",
            "child_id": row.child_id,
            "worker_id": row.worker_id,
            "role": row.said,
            "team_id": row.team_id,
            "referral_id": row.referral_id,
            "from_on": row.from_on,
            "to_on": on,
            "change_reason": cause,
        }
        for row in told
    ]
    changes = [
        Amendment(INVOLVEMENTS, row.entry_id, {"to_on": on, "change_reason": cause})
        for row in rows
        if row.source == HERE
    ] + ([answered] if answered else [])
    rows_by_table = {INVOLVEMENTS: [*ours, *new]}
    written_down(connection, lambda: append_and_amend(connection, act_of(asker, "entry"), now, rows_by_table, changes))
