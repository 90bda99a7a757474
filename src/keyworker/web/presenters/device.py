"""The forms of visits as a device takes them along, and what was sealed on one, read with suspicion."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from keyworker.actions.questions.visits import Visitable
from keyworker.actions.visits import WantedVisit
from keyworker.facts.visit_notes import VisitNote
from keyworker.web.presenters.fields import Field
from keyworker.web.presenters.visits import TypedVisit
from keyworker.web.throughline.shapes import initials

SHOWN, WHY = "draft_shown", "draft_why"
"""In a draft that came from a device: what was typed as it was shown there, and why it was not written down."""
MOST_FIELDS, MOST_WORDS = 200, 4_000
STANDS_FOR = "\ufffd"
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # neither the record nor a page can hold them


@dataclass(frozen=True)
class FromDevice:
    """What a device sends: a visit that was finished there, or what had been typed of one.

    Takes   address, of the form; number, the form's; said, by field; shown, question and answer as they were shown;
            is_changed, whether another character stands for one that cannot be kept.
    """

    address: str
    number: str
    is_finished: bool
    said: Mapping[str, str]
    shown: tuple[tuple[str, str], ...]
    is_changed: bool = False


def form_taken(children: Sequence[Visitable], address: str, number: str, today: date, *, named: bool) -> dict[str, Any]:
    """The form of one visit as a device shows it. Takes named, whether children are called by name or by initials."""
    called = children if named else _by_initials(children)
    typed = TypedVisit.of({}, called, number, today)
    forms = [one.form({}) for one in typed.children]
    return {
        "address": address,
        "called": called[0].name,
        "children": [
            {
                "called": one.name,
                "whose": {one.whose[0]: one.whose[1]},
                "asked": [_asked(field) for field in one.asked],
                "more": [_asked(field) for field in one.more],
            }
            for one in forms
        ],
        "about": [_asked(field) for field in typed.about({}, today)],
    }


def _by_initials(children: Sequence[Visitable]) -> list[Visitable]:
    short = [initials(one.name) for one in children]
    return [
        replace(child, name=f"{said} ({place})" if short.count(said) > 1 else said)
        for place, (child, said) in enumerate(zip(children, short, strict=True), 1)
    ]


def _asked(field: Field) -> dict[str, Any]:
    # The day is that of the visit, which nobody knows yet, and a hint of today's would be yesterday's by then.
    hint = "" if field.kind == "date" else field.hint
    choices = [{"value": one.value, "says": one.says, "chosen": one.chosen} for one in field.choices]
    return {"name": field.name, "label": field.label, "kind": field.kind, "hint": hint, "choices": choices}


def read_from_device(content: bytes) -> FromDevice | None:
    """What a device sent, or None for what no device of ours would send."""
    try:
        told = json.loads(content)
        said, shown = dict(told["said"]), [tuple(one) for one in told["shown"]]
        found = FromDevice(told["address"], told["number"], told["finished"] is True, said, tuple(shown))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = [found.address, found.number, *said, *said.values(), *(text for pair in shown for text in pair)]
    fits = all(isinstance(one, str) and len(one) <= MOST_WORDS for one in texts)
    few = len(said) <= MOST_FIELDS and len(shown) <= MOST_FIELDS and all(len(one) == 2 for one in shown)
    if not (fits and few) or any(map(_UNWRITABLE.search, [found.address, found.number, *said])):
        return None
    return _writable(found) if any(map(_UNWRITABLE.search, texts)) else found


def _writable(found: FromDevice) -> FromDevice:
    said = {name: _UNWRITABLE.sub(STANDS_FOR, text) for name, text in found.said.items()}
    shown = tuple((_UNWRITABLE.sub(STANDS_FOR, one), _UNWRITABLE.sub(STANDS_FOR, other)) for one, other in found.shown)
    return replace(found, said=said, shown=shown, is_changed=True)


def kept_of(found: FromDevice, why: str = "") -> dict[str, str]:
    """What is kept of it as a draft."""
    shown = json.dumps(found.shown, ensure_ascii=False)
    return {**found.said, SHOWN: shown} | ({WHY: why} if why else {})


def shown_of(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """Question and answer of a draft that came from a device, as they were shown there; of another its fields."""
    if SHOWN in said:
        return [(question, answer) for question, answer in json.loads(said[SHOWN]) if answer]
    return [(name, text) for name, text in said.items() if text]


def stands_same(wanted: WantedVisit, written: Sequence[VisitNote]) -> bool:
    """Whether what stands of a visit under its number says what is meant now."""
    meant = {
        (one.child_id, one.outcome, one.kind, one.why or None, one.words or None, one.awake if one.is_seen else None)
        for one in wanted.children
    }
    stands = {
        (one.child_id, one.outcome, one.kind, one.why, one.words, one.awake)
        for one in written
        if one.together_id == wanted.together_id
    }
    same_day = all(
        (one.happened_on, one.place, one.present) == (wanted.happened_on, wanted.place or None, wanted.present or None)
        for one in written
        if one.together_id == wanted.together_id
    )
    return same_day and bool(stands) and stands <= meant


def another_of(wanted: WantedVisit, written: Sequence[VisitNote]) -> VisitNote | None:
    """A visit to one of the children on the same day that stands already, under another number."""
    return next(
        (
            one
            for one in written
            if one.happened_on == wanted.happened_on
            and not one.is_withdrawn
            and one.together_id != wanted.together_id
            and any(child.child_id == one.child_id for child in wanted.children)
        ),
        None,
    )
