"""Direct work with children: what came of it, what is attached, and where it is mentioned and nothing is attached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

SHOWN, WORKER_ALONE, NOT_SHOWN = "shown", "worker alone", "not shown"
_MENTIONS = (
    "drew|draws|drawing|drawings|painted|painting|picture|pictures|photo|photos|photograph|worksheet|worksheets"
    "|three houses|life story|letter|poem|collage|feelings cards|ecomap|genogram"
)
"""Words by which something is mentioned that can be attached. What is said in other words is not found."""

_WORK = """select d.work_id, d.child_id, d.visit_id, d.happened_on, d.kind, d.purpose, d.need, d.changed, d.agreement,
    d.agreed_on, d.media, d.bytes, d.worker_id, written.author, written.recorded_at, d.entry_id, d.contents
from {direct_work} d
join lateral (
    select a.author, a.recorded_at from record.direct_work e join record.act a on a.act_id = e.act_id
    where e.work_id = d.work_id order by e.entry_id limit 1
) written on true
order by d.happened_on desc, d.entry_id desc"""

_MENTIONED = f"""select v.child_id, v.visit_id, v.happened_on, n.author
from {{visit_note}} v join record.act n on n.act_id = v.act_id
where coalesce(v.withdrawn, false) = false and v.happened_on >= %(since)s
    and (
        lower(v.words) ~ '\\m({_MENTIONS})\\M'
        or exists (select 1 from {{direct_work}} m where m.visit_id = v.visit_id)
    )
    and not exists (select 1 from {{direct_work}} d where d.visit_id = v.visit_id and d.media is not null)
order by v.happened_on desc, v.visit_id"""


@dataclass(frozen=True, slots=True)
class DirectWork:
    """What came of direct work at a visit.

    Takes   kind, agreement, media, codes of the vocabulary; media, None where nothing is attached; written_at, the
            instant at which it was written down; entry_id, the entry that stands; contents, the digest of what
            is attached.
    """

    work_id: str
    child_id: str
    visit_id: str
    happened_on: date
    kind: str
    purpose: str
    need: str | None
    changed: str | None
    agreement: str
    agreed_on: date
    media: str | None
    bytes: int | None
    worker_id: str | None
    written_by: str
    written_at: datetime
    entry_id: int
    contents: str | None = None

    def opens_to(self, account: str) -> bool:
        """Whether the child agrees that somebody who may see it opens what is attached."""
        is_theirs = self.agreement == WORKER_ALONE and account == self.written_by
        return self.media is not None and (self.agreement == SHOWN or is_theirs)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A visit at which something is mentioned and nothing is attached. Takes written_by, who wrote the visit down."""

    child_id: str
    visit_id: str
    happened_on: date
    written_by: str


def direct_work(connection: psycopg.Connection, lens: Lens) -> list[DirectWork]:
    """Direct work with the lens's children, the latest first."""
    return [DirectWork(*row) for row in fetch(connection, lens, _WORK)]


def nothing_attached(connection: psycopg.Connection, lens: Lens, since: date) -> list[Mentioned]:
    """The visits since a day at which direct work is mentioned and nothing is attached, the latest first."""
    return [Mentioned(*row) for row in fetch(connection, lens, _MENTIONED, since=since)]
