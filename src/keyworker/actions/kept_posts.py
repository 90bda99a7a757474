"""Writing posts and the steps of their recruitment down, changing them from a day on, correcting them for a reason."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, SentOtherwise, act_of, require_same, write_down, written_down, wrong_day
from keyworker.facts.kept_posts import KeptPost, KeptStep, StandingPost
from keyworker.record.writer import Amendment, amend, append
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

POST, STEP, CHANGE, WHERE = "post", "vacancy_step", "post_change", "a post"
WITHDRAWN = "withdrawn"
LONGEST_TITLE = 100
AHEAD = timedelta(days=366)
DAY = timedelta(days=1)
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,29}")
_KEPT = ("title", "role_class", "team_id", "fte", "holds_cases", "funded")


@dataclass(frozen=True)
class WantedPost:
    """What somebody means to write of a post.

    Takes   fte, more than nought and at most one; from_on, the first day on which it is so.
    """

    post_id: str
    title: str
    role_class: str
    team_id: str | None
    fte: Decimal | None
    holds_cases: bool | None
    funded: bool | None
    from_on: date | None


@dataclass(frozen=True)
class WantedChange:
    """What becomes of a post that stands.

    Takes   change_id, a random word of the form's; post, as it is from `post.from_on` on: from its own first day it is
            a correction; last_on, its last day where it is closed, and then nothing else changes.
    """

    change_id: str
    post: WantedPost
    last_on: date | None
    why: str


@dataclass(frozen=True)
class WantedStep:
    """A step in filling a post. Takes at_step, of one that is withdrawn: after which step."""

    kind: str
    happened_on: date | None
    outcome: str = ""
    at_step: str = ""

    @property
    def row(self) -> dict[str, Any]:
        """What the record holds of it, but whose it is."""
        after = f"after {self.at_step}" if self.kind == WITHDRAWN and self.at_step else ""
        said = ": ".join(filter(None, (after, self.outcome.strip())))
        return {"kind": self.kind, "happened_on": self.happened_on, "outcome": said or None}


def problems(wanted: WantedPost, today: date, *, is_known: bool = False) -> dict[str, str]:
    """What is wrong with a post, by the field in which it was typed. Takes is_known, whether its number is taken."""
    found: dict[str, str] = {}
    if not _NUMBER.fullmatch(wanted.post_id):
        found["post_id"] = "The post’s number must be up to 30 letters, digits, points, strokes and dashes"
    elif is_known:
        found["post_id"] = "A post of this number is on the establishment already"
    return found | _of_post(wanted, today)


def _of_post(wanted: WantedPost, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if not wanted.title.strip() or len(wanted.title) > LONGEST_TITLE:
        found["title"] = f"Enter the job title, in {LONGEST_TITLE} characters or fewer"
    if wanted.role_class not in codes("role_class"):
        found["role_class"] = "Choose which of the census’s roles it has"
    if wanted.fte is None or not 0 < wanted.fte <= 1:
        found["fte"] = "The full-time equivalent must be more than 0 and at most 1, such as 0.6"
    if wanted.from_on is None:
        found["from_on"] = "The first day must be a real day, such as 27 March 2026"
    elif wanted.from_on > today + AHEAD:
        found["from_on"] = "The first day must be within a year from today"
    return found


def problems_of_change(wanted: WantedChange, standing: StandingPost, today: date) -> dict[str, str]:
    """What is wrong with a change, by the field in which it was typed."""
    found: dict[str, str] = {}
    if standing.to_on is not None:
        found["from_on"] = "This post is closed already"
    elif wanted.last_on is not None:
        if not standing.from_on <= wanted.last_on <= today + AHEAD:
            found["last_on"] = "The last day must be on or after its first, and within a year from today"
    else:
        found |= _of_post(wanted.post, today)
        if wanted.post.from_on and wanted.post.from_on < standing.from_on:
            found["from_on"] = "The day must be on or after the first day of what stands"
        if not found and not _changes(wanted.post, standing):
            found["title"] = "Nothing would change: change an answer, or leave it as it is"
    if not wanted.why.strip() or len(wanted.why) > LONGEST:
        found["why"] = f"Say why, in {LONGEST} characters or fewer"
    return found


def problems_of_step(wanted: WantedStep, today: date) -> dict[str, str]:
    """What is wrong with a step, by the field in which it was typed. A step that is awaited has not been taken."""
    found: dict[str, str] = {}
    if wanted.kind not in codes("vacancy_step"):
        found["kind"] = "Choose which step was taken"
    if wanted.happened_on is None:
        found["on"] = "The day must be a real day, such as 27 March 2026"
    elif wrong := wrong_day(wanted.happened_on, today):
        found["on"] = wrong
    if wanted.kind == WITHDRAWN and wanted.at_step not in set(codes("vacancy_step")) - {WITHDRAWN}:
        found["at_step"] = "Choose after which step it was withdrawn"
    if len(wanted.outcome) > LONGEST:
        found["outcome"] = f"How it ended must be {LONGEST} characters or fewer"
    return found


def write_post(connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedPost) -> None:
    """Write a new post down. Raises AlreadyRecorded where the same was written by the same form before."""
    write_down(connection, asker, now, POST, _row(wanted))


def _row(wanted: WantedPost) -> dict[str, Any]:
    return asdict(wanted) | {"title": wanted.title.strip(), "to_on": None}


def _changes(wanted: WantedPost, standing: StandingPost) -> dict[str, Any]:
    row = _row(wanted)
    return {name: row[name] for name in _KEPT if row[name] != getattr(standing, name)}


def change_post(
    connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedChange, kept: KeptPost, today: date
) -> None:
    """Say what a post is from a day on, correct what stands from its first day, or close it; for a reason."""
    if any(one.change_id == wanted.change_id for one in kept.changes):
        return
    standing = kept.standing
    require_none(problems_of_change(wanted, standing, today))
    rows: dict[str, list[dict[str, Any]]] = {}
    changes: dict[str, Any]
    if wanted.last_on is not None:
        what, changes = "closed", {"to_on": wanted.last_on + DAY}
    elif wanted.post.from_on == standing.from_on:
        what, changes = "corrected", _changes(wanted.post, standing)
    else:
        what, changes = "changed", {"to_on": wanted.post.from_on}
        rows[POST] = [_row(wanted.post)]
    why = _why(standing.post_id, wanted.change_id, what, wanted.why, today)
    _amended(connection, asker, now, rows | {CHANGE: [why]}, Amendment(POST, standing.entry_id, changes))


def write_step(
    connection: psycopg.Connection, asker: Asker, now: datetime, kept: KeptPost, wanted: WantedStep, today: date
) -> None:
    """Write a step down. The same step of the same day is written once.

    Raises  SentOtherwise where such a step of that day stands and says something else.
    """
    require_none(problems_of_step(wanted, today))
    row = wanted.row
    stands = [one for one in kept.steps if (one.kind, one.happened_on) == (wanted.kind, wanted.happened_on)]
    if stands:
        require_same(stands[0], row, WHERE)
        return
    write_down(connection, asker, now, STEP, row | {"post_id": kept.standing.post_id})


def correct_step(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    kept: KeptPost,
    step: KeptStep,
    wanted: WantedStep | None,
    said: tuple[str, str],
    today: date,
) -> None:
    """Correct a step, or withdraw one that was never taken. Takes wanted, None to withdraw; said, a number and why."""
    change_id, why = said
    if any(one.change_id == change_id for one in kept.changes):
        return
    require_none(wrong_step(kept, step, wanted, why, today))
    what = "step corrected" if wanted else "step withdrawn"
    rows = {CHANGE: [_why(kept.standing.post_id, change_id, what, why, today)]}
    _amended(connection, asker, now, rows, Amendment(STEP, step.entry_id, wanted.row if wanted else None))


def wrong_step(kept: KeptPost, step: KeptStep, wanted: WantedStep | None, why: str, today: date) -> dict[str, str]:
    """What is wrong with a correction of a step, by the field in which it was typed."""
    found = problems_of_step(wanted, today) if wanted else {}
    if wanted and not found:
        if all(getattr(step, name) == value for name, value in wanted.row.items()):
            found["kind"] = "Nothing would change: change an answer, or leave it as it is"
        others = [one for one in kept.steps if one.entry_id != step.entry_id]
        if any((one.kind, one.happened_on) == (wanted.kind, wanted.happened_on) for one in others):
            found["on"] = "Such a step of that day stands already"
    if not why.strip() or len(why) > LONGEST:
        found["why"] = f"Say why, in {LONGEST} characters or fewer"
    return found


def require_same_post(kept: KeptPost | None, wanted: WantedPost) -> None:
    """Whether a form of a new post that was sent twice said the same each time. Raises SentOtherwise."""
    if kept is None or kept.changes:
        raise SentOtherwise(WHERE)
    require_same(kept.standing, _row(wanted), WHERE)


def _why(post_id: str, change_id: str, what: str, why: str, today: date) -> dict[str, Any]:
    return {"change_id": change_id, "post_id": post_id, "happened_on": today, "what": what, "why": why.strip()}


def _amended(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    rows: dict[str, list[dict[str, Any]]],
    one: Amendment,
) -> None:
    """An entry of whatever source, replaced under that source, and what is new beside it as ours: both or neither."""
    with connection.transaction():
        written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, [one]))
        written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))


def require_none(wrong: dict[str, str]) -> None:
    """Stop where anything is wrong. Raises KeyworkerError with the first of it."""
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")
