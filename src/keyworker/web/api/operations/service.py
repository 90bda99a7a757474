"""Teams, the whole service and measures: counts, each beside what it is out of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from keyworker.access import Thing
from keyworker.actions.tables import group_record
from keyworker.facts.pictures import WorkerRow
from keyworker.measures.catalogue import listed
from keyworker.measures.passes.asked import Asked
from keyworker.measures.pictures import Figure as Counted
from keyworker.measures.pictures import GroupRow
from keyworker.measures.rows import MeasureRow, record
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads
from keyworker.web.api.moments import When
from keyworker.web.api.shapes import Handle, Team, Told, Word, Worker, team_of, told, worker_of

router = Router(tags=["The service"])
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]


class Staff(Schema):
    """A worker of a team, or one who supervises them. No row has lateness, lag or hours."""

    worker: Worker
    job_title: str | None
    fte: float | None
    children: int
    families: int
    agreed_capacity: float | None
    is_away: bool
    away_until: date | None
    supervisor: Worker | None
    last_supervised_on: date | None
    days_since_supervised: int | None
    supervises: int
    of_the_team: bool


class OneTeam(Told):
    """A team at a moment."""

    team: Team
    children: int = Field(description="How many of its children the account may see.")
    unallocated: int
    workers: list[Staff]


class Figure(Schema):
    """A number over what it is out of; without `out_of` it is a plain count."""

    count: float | None
    out_of: float | None
    base: str
    period: str
    note: str


class Group(Schema):
    """The figures of one district or team."""

    group: str
    handle: str | None
    team_type: str | None
    children: int
    workers_holding: int
    mean_caseload: Figure
    above_own_capacity: Figure
    past_interval: Figure
    cannot_tell: int
    unallocated: int
    changes_12_months: Figure
    supervision_past: Figure
    vacancies: Figure
    truly_uncovered: float | None


class Service(Told):
    """The whole service by district or team. Before `whole_from` its counts are too low."""

    by: str
    whole_from: date | None
    groups: list[Group]
    total: Group


class MeasureListed(Schema):
    """One measure of the catalogue: the definition that answers it, or why the record cannot tell."""

    id: str | None
    title: str | None
    domain: str | None
    state: str
    reason: str | None
    definition: str | None
    says: str | None
    groups: str | None
    unit: str | None
    period: str | None
    source: str | None
    unconfirmed: str | None


class Catalogue(Schema):
    """Every measure."""

    items: list[MeasureListed]


class Number(Schema):
    """One number of a measure. A number too small to tell is `suppressed`; one that cannot be told has a `reason`."""

    at: date
    known_at: datetime | None
    group: dict[str, str | None]
    numerator: int | float | None
    denominator: int | float | None
    value: float | None
    low: float | None
    high: float | None
    interval: str | None
    median: int | float | None
    p90: int | float | None
    most: int | float | None
    above: int | None
    limited: int | None
    suppressed: bool
    reason: str | None
    unconfirmed: str | None
    whole_from: date | None


class Measure(Schema):
    """A measure at a moment."""

    measure: str
    items: list[Number]


@reads(router, "/teams/{handle}", Thing.TEAM, OneTeam)
def one_team(request: HttpRequest, handle: Handle, when: When) -> Any:
    """A team's workers and their supervisors: what each holds, days since supervision, whom they supervise."""
    moment = when.moment
    with asked(request) as keyworker:
        picture = keyworker.team(handle, moment)
    names = program_of(request).names
    own = {row.worker.worker_id for row in picture.workers}
    above = [row for row in picture.supervisors if row.worker.worker_id not in own]
    return OneTeam(
        **told(moment),
        team=team_of(picture.team),
        children=len(picture.children),
        unallocated=len(picture.unallocated),
        workers=[
            _staff(row, picture.spans.get(row.worker.worker_id, 0), row.worker.worker_id in own, names=names)
            for row in (*picture.workers, *above)
        ],
    )


@reads(router, "/service", Thing.SERVICE, Service)
def whole_service(request: HttpRequest, when: When, by: Literal["district", "team"] = "district") -> Any:
    """The whole service by district or by team."""
    moment = when.moment
    with asked(request) as keyworker:
        picture = keyworker.service(moment, by=by)
    return Service(
        **told(moment),
        by=by,
        whole_from=picture.told_from,
        groups=[_group(one) for one in picture.groups],
        total=_group(picture.total),
    )


@reads(router, "/measures", Thing.SUPPRESSED, Catalogue)
def list_measures(request: HttpRequest) -> Any:
    """Every measure of the catalogue."""
    with asked(request) as keyworker:
        keyworker.may("measures")
    return Catalogue(items=[MeasureListed(**{one: row[one] for one in MeasureListed.model_fields}) for row in listed()])


@reads(router, "/measures/{name}", Thing.SUPPRESSED, Measure)
def one_measure(request: HttpRequest, name: Slug, when: When, by: Word = "") -> Any:
    """One measure by groups, such as `district`, with commas between; small numbers as the pages leave them out."""
    moment = when.moment
    groups = tuple(word.strip() for word in by.split(",") if word.strip())
    with asked(request) as keyworker:
        found = keyworker.measure(name, Asked((moment.at,), groups, moment.known_at))
    return Measure(measure=name, items=[_number(one) for one in found])


def _staff(row: WorkerRow, supervises: int, of_the_team: bool, *, names: bool) -> Staff:
    return Staff(
        worker=worker_of(row.worker, names=names),
        job_title=row.worker.job_title,
        fte=row.fte,
        children=row.children,
        families=row.families,
        agreed_capacity=row.agreed_capacity,
        is_away=row.is_away,
        away_until=row.away_until,
        supervisor=worker_of(row.supervisor, names=names) if row.supervisor else None,
        last_supervised_on=row.last_supervised_on,
        days_since_supervised=row.days_since_supervised,
        supervises=supervises,
        of_the_team=of_the_team,
    )


def _group(one: GroupRow) -> Group:
    """A group as answers tell of it, with the same figures as its flat row."""
    told: dict[str, Any] = group_record(one)
    told |= {name: _figure(getattr(one, name)) for name, kind in Group.__annotations__.items() if kind == "Figure"}
    return Group.model_validate({name: told[name] for name in Group.model_fields})


def _figure(one: Counted) -> Figure:
    return Figure(count=one.numerator, out_of=one.denominator, base=one.base, period=one.period, note=one.note)


def _number(row: MeasureRow) -> Number:
    plain = {**record(row), "group": dict(row.group)}
    return Number(**{name: plain[name] for name in Number.model_fields})
