"""What a worker who has never met a child must know before the door, beside the child's story: as recorded today."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_WARNINGS = """select w.child_id, w.entry_id, w.kind, w.says, w.basis, w.set_by, w.from_on,
    coalesce(looked.review_on, w.review_on), looked.happened_on, said.happened_on, said.said_by,
    said.entry_id > coalesce(looked.entry_id, 0)
from {visit_warning:in_force} w
left join lateral (
    select r.happened_on, r.review_on, r.entry_id from {warning_review} r where r.warning_id = w.warning_id
    order by r.happened_on desc, r.entry_id desc limit 1
) looked on true
left join lateral (
    select o.happened_on, o.said_by, o.entry_id from {own_words} o
    where o.kind = 'not agreed' and o.in_table = 'visit_warning' and o.row_number = w.warning_id
        and o.taken_back_on is null
    order by o.entry_id desc limit 1
) said on true
order by w.kind, w.from_on, w.entry_id"""
_SPOKEN = """select who, language, interpreter from {communication:in_force} c order by who, from_on, entry_id"""
_ADDRESSES = """select address_id, type, json, postcode, from_on from {address:in_force} a
order by from_on desc, entry_id desc"""
_PLACEMENTS = """select placement_id, type, provider, from_on from {cla_placement:in_force} p
order by from_on desc, entry_id desc"""
_DISABILITIES = "select distinct disability_code from {disability} d where disability_code is not null order by 1"
_PLANS = "select send_flag from {person} p where send_flag is not null order by entry_id"
_FOSTERED = "select from_on from {private_fostering:in_force} f where from_on is not null order by from_on"


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that protects whoever visits.

    Takes   kind, a code; basis, how it is known; review_on, by when somebody should look again; looked_on, when
            somebody last did; not_agreed_on and not_agreed_by, the day on which somebody last did not agree, and what
            they are to the child; waits, whether nobody has looked at it since; child_id and entry_id, whose it is and
            the entry that says it, by which two are not told apart: of brothers and sisters it is told once.
    """

    kind: str
    says: str | None
    set_by: str | None
    from_on: date
    review_on: date | None
    basis: str | None = None
    looked_on: date | None = None
    not_agreed_on: date | None = None
    not_agreed_by: str | None = None
    waits: bool = False
    child_id: str = field(default="", compare=False)
    entry_id: int = field(default=0, compare=False)

    def is_to_look_at(self, today: date) -> bool:
        """Whether somebody should look at it now: its day has come, or somebody does not agree."""
        return self.waits or (self.review_on is not None and self.review_on <= today)


@dataclass(frozen=True, slots=True)
class Language:
    """A language or way of communicating. Takes interpreter, whether one is needed; None is not known, never no."""

    who: str | None
    language: str
    interpreter: bool | None


@dataclass(frozen=True, slots=True)
class Lives:
    """Where a child lives: an address or a placement.

    Takes   in_table and in_row, where it is recorded, by which it is marked as not to be told; values, of an address
            its parts as recorded; kind, the kind of address or of placement; provider, a code, of a placement.
    """

    in_table: str
    in_row: str
    kind: str | None
    values: tuple[str, ...]
    provider: str | None
    from_on: date

    @property
    def without_place(self) -> Lives:
        """The same without where it is."""
        return replace(self, values=(), provider=None)


@dataclass(frozen=True, slots=True)
class BeforeVisiting:
    """What must be known before the door. Takes has_plan, an education, health and care plan; None is not known."""

    warnings: tuple[Warned, ...]
    languages: tuple[Language, ...]
    lives: tuple[Lives, ...]
    disabilities: tuple[str, ...]
    has_plan: bool | None
    privately_fostered_since: date | None


def warnings_of(connection: psycopg.Connection, lens: Lens) -> tuple[Warned, ...]:
    """The warnings in force that protect whoever visits the lens's children."""
    return tuple(
        Warned(kind, says, set_by, from_on, review_on, basis, looked, said_on, said_by, bool(waits), child_id, entry_id)
        for (
            child_id, entry_id, kind, says, basis, set_by, from_on, review_on, looked, said_on, said_by, waits,
        ) in fetch(connection, lens, _WARNINGS)
    )  # fmt: skip


def before_visiting(connection: psycopg.Connection, lens: Lens) -> BeforeVisiting:
    """What must be known before the door of the lens's one child."""
    addresses = [
        Lives("address", number, kind, tuple(one for one in values if one), None, from_on)
        for number, kind, *values, from_on in fetch(connection, lens, _ADDRESSES)
    ]
    placements = [
        Lives("cla_placement", number, kind, (), provider, from_on)
        for number, kind, provider, from_on in fetch(connection, lens, _PLACEMENTS)
    ]
    plans = [row[0] for row in fetch(connection, lens, _PLANS)]
    fostered = [row[0] for row in fetch(connection, lens, _FOSTERED)]
    return BeforeVisiting(
        warnings_of(connection, lens),
        tuple(Language(*row) for row in fetch(connection, lens, _SPOKEN)),
        (*placements, *addresses),
        tuple(row[0] for row in fetch(connection, lens, _DISABILITIES)),
        plans[-1] if plans else None,
        fostered[0] if fostered else None,
    )
