"""What a worker who has never met a child must know before the door, beside the child's story: as recorded today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_WARNINGS = """select kind, says, set_by, from_on, review_on from {visit_warning:in_force} w
order by kind, from_on, entry_id"""
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
    """A warning that protects whoever visits. Takes kind, a code; review_on, by when somebody should look again."""

    kind: str
    says: str | None
    set_by: str | None
    from_on: date
    review_on: date | None


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
    return tuple(Warned(*row) for row in fetch(connection, lens, _WARNINGS))


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
