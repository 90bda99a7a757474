"""District and service: how work is spread, who is past the day to be seen, how often hands change, empty posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from keyworker.measures.pictures import Figure, GroupRow, ServicePicture
from keyworker.web.coded import cause_in_a_word
from keyworker.web.presenters.tail import Multiple, multiples
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import in_words, number, percent, plural, sentence, spoken

Address = Callable[[str], str]


@dataclass(frozen=True)
class TypeOfTeam:
    """The spread of caseload among the workers of one type of team."""

    title: str
    multiples: tuple[Multiple, ...]


@dataclass(frozen=True)
class ServicePage:
    """The headline, the spread, and a table for each question."""

    answer: str
    mean: str
    spread: tuple[TypeOfTeam, ...]
    then: str
    tables: tuple[Table, ...]

    def table(self, id: str) -> Table | None:
        """One of the tables."""
        return next((table for table in self.tables if table.id == id), None)


def service_page(service: ServicePicture, address: Address) -> ServicePage:
    """The whole service at a moment.

    Takes   address, from a team's handle to the team's page.
    """
    then = {row.group: row for row in service.groups_then}
    types = sorted({row.team_type or "" for row in service.groups})
    top = max((load for row in (*service.groups, *service.groups_then) for load in row.loads), default=0)
    mean = service.total.mean_caseload
    spread = tuple(
        TypeOfTeam(
            f"{kind[:1].upper()}{kind[1:]} teams" if kind else "",
            multiples([row for row in service.groups if (row.team_type or "") == kind], then, mean.share, top, address),
        )
        for kind in types
        if any(row.loads for row in service.groups if (row.team_type or "") == kind)
    )
    return ServicePage(
        answer=_answer(service.total),
        mean=_mean(mean),
        spread=spread,
        then=f"Outlined: {spoken(service.then.at)}." if service.then else "",
        tables=tuple(_tables(service, then, address)),
    )


def _answer(total: GroupRow) -> str:
    above = total.above_own_capacity
    if above.numerator is None or not above.denominator:
        return (
            "It cannot be told yet how many workers hold more than their own agreed capacity: "
            "no capacity has been agreed and entered."
        )
    count = int(above.numerator)
    verb = "holds" if count == 1 else "hold"
    return (
        f"{in_words(count)} of {plural(int(above.denominator), 'worker')} with an agreed capacity {verb} more than it."
    )


def _mean(mean: Figure) -> str:
    if mean.share is None:
        return "No mean can be given: no worker holds a child."
    return f"Mean {number(mean.share)}: {number(mean.numerator)} children over {number(mean.denominator)} {mean.base}."


def _tables(service: ServicePicture, then: dict[str, GroupRow], address: Address) -> list[Table]:
    rows = [*service.groups, service.total]
    named = [_name(row, address, service.total) for row in rows]
    before = [then.get(row.group) for row in rows]
    word = "District" if service.by == "district" else "Team"
    return [
        _table(
            "caseload",
            "How children are spread among workers",
            (word, "#Children", "#Workers who hold", "Spread", "Mean", "Above own agreed capacity", "#With no worker"),
            named,
            [_caseload(row, old, address) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "past",
            "Children past the day to be seen",
            (word, "Past", "Share", "#Cannot tell"),
            named,
            [_past(row, old, address) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "changes",
            "Changes of worker in 12 months",
            (word, "Changes", "For each 100 child-months", "Causes"),
            named,
            [_changes(row, old) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "lag",
            "Days from a visit to its being typed in",
            (word, "Middle half of visits", "Half within", "#Not known"),
            named,
            [_lag(row) for row in rows],
        ),
        _table(
            "supervision",
            "Workers past the day to be supervised",
            (word, "Past", "Share"),
            named,
            [_figure_cells(row.supervision_past) for row in rows],
        ),
        _table(
            "vacancies",
            "Vacant posts",
            (word, "Vacant, full-time posts", "Share of posts", "#Truly uncovered"),
            named,
            [_vacancy(row) for row in rows],
        ),
    ]


def _table(
    id: str, caption: str, headings: Sequence[str], named: Sequence[Cell], cells: Sequence[tuple[Cell, ...]]
) -> Table:
    rows = tuple((name, *rest) for name, rest in zip(named, cells, strict=True))
    return Table(id, caption, heads(*headings), rows, "No group holds a child at this moment.")


def _name(row: GroupRow, address: Address, total: GroupRow) -> Cell:
    return Cell(
        sentence(row.group),
        address(row.handle) if row.handle and row is not total else "",
        (row.team_type,) if row.team_type else (),
    )


def _caseload(row: GroupRow, old: GroupRow | None, address: Address) -> tuple[Cell, ...]:
    was = (f"then {old.children:,}",) if old else ()
    return (
        Cell(f"{row.children:,}", notes=was),
        Cell(f"{row.workers_holding:,}", notes=(f"then {old.workers_holding:,}",) if old else ()),
        Cell(_spread(row.loads), notes=(f"then {_spread(old.loads)}",) if old else ()),
        Cell(_mean_of(row), notes=(f"then {_mean_of(old)}",) if old else ()),
        _of(row.above_own_capacity),
        Cell(f"{row.unallocated:,}", _door(row, "unallocated", address), (f"then {old.unallocated:,}",) if old else ()),
    )


def _mean_of(row: GroupRow) -> str:
    return "none" if row.mean_caseload.share is None else f"{row.mean_caseload.share:.1f}"


def _door(row: GroupRow, part: str, address: Address) -> str:
    """Where the children of a number stand: their list on the team's page."""
    return f"{address(row.handle)}#{part}" if row.handle else ""


def _spread(loads: tuple[int, ...]) -> str:
    if not loads:
        return "nobody holds a child"
    ordered = sorted(loads)
    return f"{ordered[0]} to {ordered[-1]}, half hold {ordered[len(ordered) // 2]} or more"


def _of(figure: Figure) -> Cell:
    if figure.numerator is None or not figure.denominator:
        return Cell("Cannot tell yet", notes=tuple(filter(None, (figure.note,))), tone="quiet")
    return Cell(
        f"{number(figure.numerator)} of {number(figure.denominator)}", notes=tuple(filter(None, (figure.note,)))
    )


def _figure_cells(figure: Figure) -> tuple[Cell, ...]:
    return (_of(figure), Cell(percent(figure.share), notes=(f"of {figure.base}",)))


def _past(row: GroupRow, old: GroupRow | None, address: Address) -> tuple[Cell, ...]:
    count, share = _figure_cells(row.past_interval)
    was = (f"then {percent(old.past_interval.share)}",) if old else ()
    count = replace(count, href=_door(row, "past", address) if row.past_interval.numerator else "")
    return (count, Cell(share.text, notes=(*share.notes, *was)), Cell(f"{row.cannot_tell:,}"))


def _changes(row: GroupRow, old: GroupRow | None) -> tuple[Cell, ...]:
    figure = row.changes_12_months
    rate = _rate(figure)
    was = (f"then {_rate(old.changes_12_months)}",) if old else ()
    causes = tuple(f"{count:,} {cause_in_a_word(cause)}" for cause, count in row.causes)
    return (
        Cell(number(figure.numerator)),
        Cell(rate, notes=was),
        Cell(causes[0] if causes else "None", notes=causes[1:]),
    )


def _rate(figure: Figure) -> str:
    return "cannot tell yet" if figure.share is None else f"{figure.share * 100:.1f}"


def _lag(row: GroupRow) -> tuple[Cell, ...]:
    unknown = Cell(f"{row.record_lag_unknown:,}")
    if len(row.record_lag_days) < 3:
        return (Cell("Cannot tell yet", tone="quiet"), Cell("Cannot tell yet", tone="quiet"), unknown)
    low, middle, high = row.record_lag_days[:3]
    return (Cell(f"{low} to {plural(high, 'day')}"), Cell(plural(middle, "day")), unknown)


def _vacancy(row: GroupRow) -> tuple[Cell, ...]:
    count, share = _figure_cells(row.vacancies)
    uncovered = (
        Cell("Cannot tell yet", tone="quiet") if row.truly_uncovered is None else Cell(number(row.truly_uncovered))
    )
    return (count, share, uncovered)
