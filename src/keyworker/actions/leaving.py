"""The one way out: whatever leaves for somebody outside passes here, and what they must not learn stays behind.

In: pieces, what is marked of everybody in them, and for whom they are. Out: what may go, what was left out and why,
and what the sender should think of before it goes. It finds what is written; what is said in other words it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from keyworker.access import Audience, Reach
from keyworker.access.spelled import spelled, words
from keyworker.actions.marking import KIND_WORDS, to_whom
from keyworker.actions.pieces import Piece
from keyworker.facts.marked import ANYONE_OUTSIDE, Marker

PLACES = frozenset({"address", "placement", "school", "carer"})
"""Kinds of things that the name of a team or a district can give away."""
ANYBODY = frozenset({"other relative", "somebody else"})
"""Relations that may be anybody's: whoever is called so may be the person who must not be told."""


MORE = "More may be left out than is shown to you."
"""What whoever looks is told alike wherever anything is marked, whatever they wrote."""


@dataclass(frozen=True)
class LeftOut:
    """One piece that stays behind. Takes what, the heading under which it stood; why, in words for the sender."""

    what: str
    text: str
    why: str


@dataclass(frozen=True)
class LetOut:
    """What may go, what stays behind, and what the sender should think of."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]
    cautions: tuple[str, ...]


def is_meant(marker: Marker, audience: Audience) -> bool:
    """Whether somebody must not learn what is marked: as anyone outside, or as perhaps the person named.

    A copy for a mother is held back from what is marked against a father only if their names or relations could be one
    person's: what is held back once too often can be asked for, what is told cannot be taken back.
    """
    if audience.reach is not Reach.NAMED:
        return False
    if marker.told_to == ANYONE_OUTSIDE or not marker.person:
        return True
    if marker.relation in (None, audience.relation) or {marker.relation, audience.relation} & ANYBODY:
        return True
    return not set(words(marker.person)).isdisjoint(words(audience.name))


def let_out(
    pieces: Iterable[Piece], marked: Sequence[Marker], audience: Audience, known: frozenset[str] = frozenset()
) -> LetOut:
    """What of some pieces may go to somebody.

    Takes   marked, what holds today of everybody of the family, not only of those in the pieces: a brother's address
            is the child's too; known, words that whoever gets it knows, such as the child's name.
    """
    meant = [one for one in marked if is_meant(one, audience)]
    kept: list[Piece] = []
    left: list[LeftOut] = []
    cautions: list[str] = []
    for piece in pieces:
        why = next((why for one in meant if (why := _hidden(piece, one, known))), "")
        if why:
            left.append(LeftOut(str(piece.section), piece.text, why))
            continue
        kept.append(piece)
        cautions += [
            f"“{piece.text}” holds a word of what is marked ({one.kind}). Read it again before it goes."
            for one in meant
            if spelled(one.kind, one.values, known).is_hinted_at_by(piece.text)
        ]
    return LetOut(tuple(kept), tuple(left), tuple(dict.fromkeys([*cautions, *_thoughts(marked, meant)])))


def shown_to_sender(
    pieces: Iterable[Piece], marked: Sequence[Marker], audience: Audience, known: frozenset[str] = frozenset()
) -> LetOut:
    """What the sender is shown of what may go: nothing that hangs on what is marked of somebody whom they may not see.

    They would find out by typing it where a brother lives of whom they may not even know. So of that they are always
    told the same, whether or not they wrote it; it stays behind all the same.
    """
    out = let_out(pieces, [one for one in marked if not one.is_of_somebody_unseen], audience, known)
    return replace(out, cautions=(*out.cautions, MORE)) if marked else out


def tells(text: str, marked: Iterable[Marker], audience: Audience) -> bool:
    """Whether a text that must stand, such as a title, tells somebody what they must not learn."""
    return any(spelled(one.kind, one.values).is_told_by(text) for one in marked if is_meant(one, audience))


def _hidden(piece: Piece, one: Marker, known: frozenset[str]) -> str:
    """Why a piece stays behind because of what is marked; empty where it may go."""
    if piece.is_of_place and one.kind in PLACES:
        return f"A team’s name can give an area away. {_says(one)}"
    if spelled(one.kind, one.values, known).is_told_by(piece.text):
        return _says(one)
    return ""


def _says(one: Marker) -> str:
    return f"{KIND_WORDS.get(one.kind, one.kind)} must not be told to {to_whom(one)}: {one.why}."


def _thoughts(marked: Sequence[Marker], meant: Sequence[Marker]) -> list[str]:
    found = []
    if any(one.kind in PLACES for one in meant):
        found.append("A worker can be looked up: a name may lead to a team, and a team to an area. Is it safe to name?")
    if any(one.kind == "fact" for one in meant):
        found.append("A fact is found in the words in which it was marked. Said in other words it is not found.")
    for one in marked:
        if one not in meant:
            found.append(
                f"{_says(one)} This copy is for somebody else and may still tell it: give it only where that person "
                "cannot see it."
            )
    return found
