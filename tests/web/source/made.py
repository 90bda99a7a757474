"""What a test wants of made-up pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.record.drafts import Draft


@dataclass
class Made:
    """Pictures as tests want them; `empty` is a record with nothing in it, `many` how long a long list is.

    `answers_for_all` says whether the person is responsible for every district, `may_decide` whether they may agree
    exceptions and let limits start afresh, `rebased` whether somebody has, `marked` whether something must not
    be told of a child; `may_visit_children` whether they may write visits down, `visited` whether somebody has;
    `stands_otherwise` whether what is written is there
    already; `sent_otherwise` whether a form was sent before and
    said something else; `written` is what they wrote.
    `another_agency` whether the person signs in for one, `asked_to_withdraw` whether somebody
    asks to withdraw what must not be told, `another_asked` whether that is somebody else.
    The account `refused` may see nothing, for `broken` the record does not answer, for `faulty` the program fails.
    """

    empty: bool = False
    many: int = 3
    answers_for_all: bool = True
    may_decide: bool = True
    may_visit_children: bool = True
    visited: bool = True
    allocates_here: bool = True
    has_worker: bool = True
    changes: int = 1
    rebased: bool = False
    restricted: bool = False
    sent_otherwise: bool = False
    stands_otherwise: bool = False
    marked: bool = False
    notes_opened: bool = False
    another_agency: bool = False
    asked_to_withdraw: bool = False
    another_asked: bool = False
    needs_reason: bool = False
    looked_for: list[str] = field(default_factory=list)
    written: list[Any] = field(default_factory=list)
    calls: list[tuple[str, Moment]] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    begun: dict[str, Draft] = field(default_factory=dict)
    kept: list[Any] = field(default_factory=list)
    downloads: list[tuple[str, str, bool]] = field(default_factory=list)
