"""Who signs what: a column that says who wrote, decided or answered a row says whoever writes, or what it said before.

Each table that people write here and that holds somebody's sign-in is in one of the two lists; a test goes through the
vocabulary and finds one that is in neither. The worker who wrote a row is held in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.record import in_own_name
from keyworker.record.by_thing import writes
from keyworker.record.entry import quoted
from keyworker.record.in_own_name import KEEPS, ME, MINE
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.forms import forms

ANSWER = ("answer", "answered_by", "answered_on")
ENDED = ("to_on",)


@dataclass(frozen=True)
class Signed:
    """Who signs the rows of a table.

    Takes   first, the column of the sign-in of whoever wrote it; second, of whoever answered, ended or lifted it;
            later, what is said after it was written, and nothing else is, unless is_free; after, what may still be said
            once another has answered; by_another, whether the second is never the first.
    """

    first: str
    second: str = ""
    later: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    by_another: bool = False
    is_free: bool = False


SIGNED = {
    "time_asked": Signed(
        "asked_by", "answered_by", (*ANSWER, "until_on", "helper_id", "answer_says", "exception_id"), by_another=True
    ),
    "load_challenge": Signed(
        "asked_by",
        "answered_by",
        (*ANSWER, "answer_says", "settled", "settled_on"),
        ("settled", "settled_on"),
        by_another=True,
    ),
    "copy_for_outside": Signed("asked_by", "answered_by", ("state", "answered_by", "answered_why"), by_another=True),
    "told_to_agency": Signed("account"),
    "erasure_asked": Signed("asked_by", "answered_by", (*ANSWER, "answered_why"), by_another=True),
    "restriction": Signed("decided_by", "lifted_by", (*ENDED, "lifted_by", "lifted_why")),
    "restriction_named": Signed("named_by", "ended_by", (*ENDED, "ended_by", "ended_why")),
    "lone_visit": Signed("account", later=("back_by", "told_id", "answer", "answered_on", "answered_time", "says")),
    "challenge": Signed("account", later=("ended_on", "outcome", "outcome_says")),
    "chairing": Signed("account", is_free=True),
}
"""What names whoever wrote it, and perhaps whoever answered."""
TOLD = {"plan_action": "action_id", "challenge_stage": "stage_id", "challenge": "challenge_id"}
"""The tables in whose rows stand words that another agency may be shown, and what names a row."""
BETWEEN = {
    "case_supervision": in_own_name.case_supervision,
    "case_supervision_note": in_own_name.case_supervision_note,
    "supervision_action": in_own_name.supervision_action,
    "handover": in_own_name.handover,
    "involvements": in_own_name.involvement,
}
"""What is between two workers, and what a row must say of them."""
SAYS_WHO = frozenset({("restriction_named", "account"), ("plan_action", "account"), ("role_holding", "account")})
"""The sign-ins of those whom a row is for, and who did not write it."""
WRITTEN_BY = {one.table.name for one in forms().values() if "worker_id" in one.signs} | {
    *("time_asked", "load_challenge", "lone_visit", "copy_for_outside"),
    *("changed_why", "direct_work", "own_words", "new_child"),
}
"""The tables whose `worker_id` is whoever wrote the row."""


def signed(table: Table) -> str:
    """What a row must say of who wrote and who answered it; empty where it says nothing of either."""
    asked = [_accounts(table), _worker(table), *_more(table.name)]
    held = " and ".join(f"({one})" for one in asked if one)
    return f"({KEEPS} or {held})" if held else ""


def _accounts(table: Table) -> str:
    one = SIGNED.get(table.name)
    if one is None:
        return ""
    listed = (_texts((*one.later, *([one.second] if one.second else ())) if not one.is_free else ()), _texts(one.after))
    second = f"'{one.second}'" if one.second else "null"
    flags = f"{one.is_free}".lower(), f"{one.by_another}".lower()
    return (
        f"access.signs(to_jsonb({quoted(table.name)}), {_before(table)}, '{one.first}', {second},"
        f" {', '.join(listed)}, {', '.join(flags)})"
    )


def _worker(table: Table) -> str:
    """The worker who writes, or whoever wrote it at first. A row of the case system may name nobody."""
    if table.name not in WRITTEN_BY:
        return ""
    return f"worker_id is null or worker_id = {ME} or worker_id = {_before(table)} ->> 'worker_id'"


def _more(name: str) -> tuple[str, ...]:
    """What only whoever wrote it says of it afterwards, and what only others do."""
    if name == "lone_visit":
        answers = "array['answer', 'answered_on', 'answered_time', 'says']"
        reached = f"answer = 'reached' and access.repeats(to_jsonb(lone_visit), {_before(TABLES[name])}, {answers})"
        return (f"{MINE} and answer is distinct from 'reached' or not ({MINE}) and {reached}",)
    if name in BETWEEN:
        return (BETWEEN[name](),)
    if name == "challenge":
        return (f"{MINE} or (select access.opens(array['chairing']))",)
    if name == "not_to_be_told":
        return (_marks(TABLES[name]),)
    return tuple(_wrote_none(*one) for one in TOLD.items()) if name == "told_to_agency" else ()


def _marks(table: Table) -> str:
    """That a marker says what it said at first, until one person asked to withdraw it and another, who may agree to
    what leaves, does. Whoever marks may ask, and may leave it standing."""
    before, row = _before(table), f"to_jsonb({quoted(table.name)})"
    unasked = "asked_by is null and asked_why is null"
    first = (
        f"({before} is null or {before} ->> 'superseded_at' is null) and standing = 'reported' and {unasked}"
        " and withdrawn_why is null and kept_why is null"
    )
    asked = f"access.repeats({row}, {before}, {_texts(('asked_by', 'asked_why', 'kept_why'))})"
    asks = f"{before} ->> 'asked_by' is null and asked_by = (select access.account()) and {asked}"
    agrees = (
        f"asked_by is not null and to_on = from_on and access.is_another(asked_by)"
        f" and {writes(table.name, ('agreeing a copy',))}"
        f" and access.repeats({row}, {before}, {_texts(('to_on', 'withdrawn_why'))})"
    )
    return f"({first}) or ({asks}) or ({unasked} and {asked}) or ({agrees})"


def _wrote_none(table: str, number: str) -> str:
    """That whoever agrees to words for another agency never wrote of the row in which they stand, under this sign-in or
    another, and that it is a row about that child."""
    return (
        f"told_to_agency.in_table <> '{table}' or access.wrote_none('{table}', '{number}', told_to_agency.in_row,"
        " told_to_agency.child_id)"
    )


def _before(table: Table) -> str:
    (key,) = (name for name in table.key if name not in ("child_id", "worker_id")) if len(table.key) > 1 else table.key
    return f"access.said_before('{table.name}', '{key}', {quoted(table.name)}.{quoted(key)})"


def _texts(names: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return f"array[{listed}]::text[]"
