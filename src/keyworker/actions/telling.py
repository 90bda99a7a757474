"""Words for another agency's sign-in: what they are, what stays behind, and a second person's word that they may go.

Whoever writes them is shown first what the agency will not be shown. Where anything is marked of the child's family,
the agency is shown none of them until somebody who did not write them agreed to exactly what it would read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.access import Asker, Audience, Reach
from keyworker.actions.leaving import LetOut, let_out, shown_to_sender
from keyworker.actions.pieces import Piece
from keyworker.actions.plan_actions import LEFT_OUT
from keyworker.actions.writing import LONGEST, write_down
from keyworker.facts.challenges import Challenge
from keyworker.facts.marked import Marker
from keyworker.facts.plan_actions import PlanAction
from keyworker.facts.told_to_agency import ACTION, ANSWER, OUTCOME
from keyworker.vocabulary.errors import KeyworkerError

TABLE, WHERE = "told_to_agency", "words for another agency"
OUTSIDE = "somebody else"
"""What another agency is to the child, where it is asked who must not be told something."""
MOVED, CAME_OF_IT = "Why its day was moved", "What came of it"
ANSWERED, ENDED = "The answer", "How it ended"
"""What words are that another agency reads of an action, and of a challenge of its own."""
WAITS = "They are shown nothing of this until a second person has agreed."


@dataclass(frozen=True)
class Message:
    """Some words that another agency's sign-in would be shown.

    Takes   in_table and in_row, where they stand; account, whose sign-in it is; said, the words, each with what it is.
    """

    in_table: str
    in_row: str
    child_id: str
    account: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Leaves:
    """What of some words another agency would be shown, before it is, as far as whoever looks may know.

    Takes   told, the words as it would read them; needs_second, whether a second person must agree; contents, the
            digest of what was looked at; leaving, the digest of what the agency would read, which nobody is shown: it
            would tell what is marked of somebody unseen.
    """

    told: tuple[tuple[str, str], ...]
    let_out: LetOut
    needs_second: bool
    contents: str
    leaving: str


class LookFirst(KeyworkerError):
    """Words for another agency, of whose family something is marked, were not looked at before they were written."""

    def __init__(self) -> None:
        super().__init__(
            "Something is marked as not to be told of this child or the family, and another agency would read this.",
            where=WHERE,
            remedy="Nothing was written down. Write it on the page: it shows first what they will not be shown.",
        )


def of_action(one: PlanAction) -> Message:
    """What whoever is given an action reads of it, but for what they wrote themselves."""
    wrote_outcome = one.changed_by == one.account and not one.is_open
    said = words_of_action(one.need, one.what, one.told_as) | {
        MOVED: one.moved_why or "",
        CAME_OF_IT: "" if wrote_outcome else one.outcome or "",
    }
    return Message(ACTION, one.action_id, one.child_id, one.account or "", some(said))


def words_of_action(need: str | None, what: str, told_as: str | None) -> dict[str, str]:
    """The words of an action that whoever is given it reads, by what each is."""
    return {"Which need it is for": need or "", "What is to be done": what, "Words for the child": told_as or ""}


def of_challenge(one: Challenge) -> list[Message]:
    """What whoever raised a challenge for another agency reads that somebody else wrote: answers, and how it ended."""
    found = [
        Message(ANSWER, stage.stage_id, one.child_id, one.account, some({ANSWERED: stage.answer_says}))
        for stage in one.stages
        if stage.answer_says
    ]
    if one.outcome_says and one.changed_by != one.account:
        said = some({ENDED: one.outcome_says})
        found.append(Message(OUTCOME, one.challenge_id, one.child_id, one.account, said))
    return found


def some(said: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """The words of which there are any."""
    return tuple((what, text.strip()) for what, text in said.items() if text and text.strip())


def leaves(account: str, child_id: str, said: Sequence[tuple[str, str]], marked: Sequence[Marker]) -> Leaves:
    """What of some words another agency's sign-in would be shown. Takes marked, what holds today of the family."""
    audience = Audience(Reach.NAMED, OUTSIDE, account)
    pieces = {one: Piece(one[0], one[1], child_id) for one in said}
    shown, leaving = (one(pieces.values(), marked, audience) for one in (shown_to_sender, let_out))

    def told(out: LetOut) -> tuple[tuple[str, str], ...]:
        return tuple((what, text if pieces[what, text] in out.pieces else LEFT_OUT) for what, text in said)

    contents, goes = (hashlib.sha256(json.dumps([account, told(out)]).encode()).hexdigest() for out in (shown, leaving))
    return Leaves(told(shown), shown, bool(marked), contents, goes)


def require_looked(found: Leaves, looked_at: str) -> None:
    """Stop whoever writes words and did not look at what stays behind. Takes looked_at, the digest of what they saw.

    Raises  LookFirst.
    """
    if found.needs_second and found.contents != looked_at:
        raise LookFirst


def say(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: Message,
    contents: str,
    number: str,
    today: date,
    *,
    agrees: bool,
    why: str,
) -> None:
    """Write down what a second person says of some words. Raises KeyworkerError where they give no reason."""
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError(
            "It is answered with a reason.", where=WHERE, remedy=f"Say why, in {LONGEST} characters or fewer."
        )
    row = {
        "telling_id": number,
        "child_id": one.child_id,
        "in_table": one.in_table,
        "in_row": one.in_row,
        "contents": contents,
        "account": asker.account,
        "happened_on": today,
        "agrees": agrees,
        "why": why.strip(),
    }
    write_down(connection, asker, now, TABLE, row)
