"""Warnings before a visit: the sentence that stands before the door, and the list of those to look at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from keyworker.actions.questions.warnings import WarningsToLookAt
from keyworker.facts.cover import Warned
from keyworker.vocabulary.codes import codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import due, plural, sentence, spoken


def before_the_door(one: Warned, at: date) -> str:
    """A warning that protects whoever visits, in a sentence, whether it should have been looked at again, and who does
    not agree with it."""
    by = f", set by {one.set_by}" if one.set_by else ""
    looked = f", looked at again {spoken(one.looked_on)}" if one.looked_on else ""
    review = ""
    if one.review_on:
        late = " and was not" if one.review_on < at else ""
        review = f"; to be looked at again by {spoken(one.review_on)}{late}"
    told = f"{kind(one)}{f': {one.says}' if one.says else ''} (since {spoken(one.from_on)}{by}{looked}{review})."
    return f"{told}{f' {not_agreed(one)}.' if one.not_agreed_on else ''}"


def kind(one: Warned) -> str:
    """What sort of warning it is, in words."""
    return codes("visit_warning").get(one.kind, sentence(one.kind))


def not_agreed(one: Warned) -> str:
    """Who does not agree, and since when; empty where nobody said so."""
    if one.not_agreed_on is None:
        return ""
    who = codes("relation").get(one.not_agreed_by or "", "Somebody of the family")
    unanswered = ", and nobody has answered yet" if one.waits else ""
    return f"{who} does not agree (said {spoken(one.not_agreed_on)}{unanswered})"


def answer(found: WarningsToLookAt) -> str:
    """How many wait, in a sentence."""
    waits = sum(one.waits for one in found.warnings)
    if not found.warnings:
        return "No warning before a visit waits to be looked at again."
    many = plural(len(found.warnings), "warning before a visit waits", "warnings before a visit wait")
    said = f" Somebody does not agree with {waits} of them." if waits else ""
    return f"{sentence(many)} to be looked at again.{said}"


def table(found: WarningsToLookAt, today: date, child: Callable[[str], str], look: Callable[[str], str]) -> Table:
    """The warnings that wait. Takes child, to a child's page; look, to the form that says that one still holds."""

    def row(one: Warned) -> tuple[Cell, ...]:
        whose = found.children[one.child_id]
        day = one.review_on
        when = due(day, today) if day else "No day was set"
        return (
            Cell(whose.name, child(whose.handle)),
            Cell(kind(one), notes=tuple(filter(None, (one.says, one.basis and f"How it is known: {one.basis}")))),
            Cell(spoken(one.from_on), notes=tuple(filter(None, (one.set_by and f"Set by {one.set_by}",)))),
            Cell(not_agreed(one) or "Nobody has said otherwise", tone="past" if one.waits else "quiet"),
            Cell(spoken(day) if day else "–", notes=(when,), sort=day.toordinal() if day else None),
            Cell("Look at it again", look(whose.handle)),
        )

    return Table(
        "warnings",
        "Warnings to look at again",
        heads("Child", "Warning", "Since", "Not agreed with", "To be looked at by", "What to do"),
        tuple(map(row, found.warnings)),
        "No warning before a visit waits to be looked at again.",
    )
