"""What people write in their own name alone, as conditions of the database: acts, notes of supervision, openings."""

from __future__ import annotations

from keyworker.record.entry import quoted

MINE = "account = (select access.account())"
ME = "(select access.worker())"
KEEPS = "(select access.is_keeper())"
"""Whoever keeps the machine writes in anybody's name: they could be any role of the database."""
AUTHOR = f"(author = (select access.account()) or {KEEPS})"
"""Nobody writes an act under another's name."""
EVERY_NOTE = "(select access.sees_everybody('personal supervision'))"
"""Who sees everybody's notes; the table of who may see what names nobody."""


SHORTEST_REASON = 15
"""The characters that a reason needs at least: a sentence can be reviewed, a word cannot."""


def opening(may_open: str, may_review: str) -> str:
    """A record is opened in one's own name, today and for as long as the council has set, with a reason, and closed by
    whoever opened it. Another person says what they found.

    Takes   may_open, may_review, the conditions on whoever opens one and whoever looks at it afterwards.
    """
    before = "access.said_before('broken_glass', 'glass_id', glass_id)"
    in_time = (
        "opened_at <= recorded_at and access.opens_in_time(opened_at, until_at, happened_on, review_by_on)"
        f" and length(btrim(reason)) >= {SHORTEST_REASON}"
    )
    unseen = "reviewed_by is null and reviewed_at is null and outcome is null and found is null"
    opened = f"{may_open} and {in_time} and {unseen} and {before} is null"
    closed = f"until_at <= recorded_at and {_repeats('broken_glass', before, 'until_at')}"
    looked = _repeats("broken_glass", before, "reviewed_by", "reviewed_at", "outcome", "found")
    reviewed = f"reviewed_by = (select access.account()) and {before} ->> 'reviewed_by' is null and {looked}"
    return f"{KEEPS} or {MINE} and ({opened} or {closed}) or access.is_another(account) and {may_review} and {reviewed}"


def note() -> str:
    """A note is written once by one of two who were in supervision, and withdrawn by them. The worker alone answers.

    Nobody is in supervision any more from the day on which it ended; a deputy is not before they are named either. From
    when it was somebody's otherwise, the lists that are loaded often say late.
    """
    before = "access.said_before('supervision_note', 'note_id', note_id)"
    unanswered = "agreed is null and answered_on is null and answer is null"
    pair = (
        "(exists (select 1 from record.supervision_line l where l.worker_id = supervision_note.worker_id"
        " and l.supervisor_id = supervision_note.supervisor_id and l.superseded_at is null and l.standing = 'reported'"
        " and (l.to_on is null or supervision_note.happened_on < l.to_on))"
        " or exists (select 1 from record.supervision_deputy d where d.worker_id = supervision_note.worker_id"
        " and d.supervisor_id = supervision_note.supervisor_id and d.superseded_at is null and d.standing = 'reported'"
        " and supervision_note.happened_on >= d.from_on"
        " and (d.to_on is null or supervision_note.happened_on < d.to_on)))"
    )
    written = (
        f"written_by = {ME} and {ME} in (worker_id, supervisor_id) and (worker_id = {ME} or {unanswered}) and {pair}"
        f" and withdrawn_on is null and withdrawn_why is null and {before} is null"
    )
    answered = f"worker_id = {ME} and {_repeats('supervision_note', before, 'agreed', 'answered_on', 'answer')}"
    withdrawn = f"written_by = {ME} and {_repeats('supervision_note', before, 'withdrawn_on', 'withdrawn_why')}"
    return f"{EVERY_NOTE} or {written} or {answered} or {withdrawn}"


def notes_opened() -> str:
    """The worker alone opens their notes to another, and closes them again."""
    return f"{EVERY_NOTE} or worker_id = {ME}"


def case_supervision() -> str:
    """A supervision of a child's case is written by one of the two who held it, and not made another's."""
    before = _of_child("case_supervision")
    same = _repeats("case_supervision", before, "standing")
    return f"({ME} in (worker_id, supervisor_id)) and ({before} is null or {same})"


def case_supervision_note() -> str:
    """What was said at it is written by one of the two; the worker alone says that it was so."""
    name = "case_supervision_note"
    before = _of_child(name)
    unanswered = "confirmed is null and answered_on is null and answer is null"
    written = f"{before} is null and {_held(name, in_side='worker_id, s.supervisor_id')}"
    answered = _repeats(name, before, "confirmed", "answered_on", "answer")
    withdrawn = _repeats(name, before, "withdrawn", "changed_why")
    return (
        f"{written} and ({unanswered} or {_held(name, in_side='worker_id')}) or {answered} and"
        f" {_held(name, in_side='worker_id')} or {withdrawn} and {_held(name, in_side='worker_id, s.supervisor_id')}"
    )


def supervision_action() -> str:
    """What it undertook is written by one of the two. Whoever supervises the case later says how that ended."""
    name = "supervision_action"
    before = "access.said_before('supervision_action', 'action_id', action_id)"
    ended = _repeats(name, before, "ended_on", "done", "outcome")
    return f"{before} is null and {_held(name, in_side='worker_id, s.supervisor_id')} or {ended}"


ALLOCATES = "(select access.opens(array['allocation']))"
"""Who may decide who works with some child: of whom, is asked beside."""


def handover() -> str:
    """A child is offered by whoever allocates. The offer is answered once, by whoever it is to or by whoever allocates.
    Its days are written down as they come."""
    before = "access.said_before('handover', 'handover_id', handover_id)"
    offered = f"{ALLOCATES} and {before} is null and answer is null and answered_on is null and answered_why is null"
    answer = _repeats("handover", before, "answer", "answered_on", "answered_why")
    answered = f"(worker_id = {ME} or {ALLOCATES}) and {before} ->> 'answer' is null and {answer}"
    return f"{offered} or {answered} or {_repeats('handover', before, 'told_on', 'introduced_on', 'goodbye_on')}"


def involvement() -> str:
    """Whoever allocates says who works with a child; others that they do themselves, or that somebody's time ends."""
    return f"{ALLOCATES} or worker_id = {ME} or to_on is not null or access.is_begun(involvements.child_id)"


def _held(name: str, in_side: str) -> str:
    """That whoever writes is a side of the supervision of a row, as they see it."""
    return (
        f"exists (select 1 from record.case_supervision s where s.supervision_id = {name}.supervision_id"
        f" and s.child_id = {name}.child_id and {ME} in (s.{in_side}))"
    )


def _of_child(name: str) -> str:
    """What stands already of a supervision, which may be of several children at once."""
    return f"access.said_of_child('{name}', 'supervision_id', {name}.supervision_id, {name}.child_id)"


def _repeats(table: str, before: str, *but_for: str) -> str:
    """That a row says again what stood under its number, of everything but some columns."""
    listed = ", ".join(f"'{name}'" for name in but_for)
    return f"access.repeats(to_jsonb({quoted(table)}), {before}, array[{listed}])"
