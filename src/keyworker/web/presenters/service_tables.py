"""The service by district or team, as a table for each question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from keyworker.measures.counted import Counted
from keyworker.measures.pictures import Figure, GroupRow, ServicePicture
from keyworker.web.coded import cause_in_a_word
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import number, percent, plural, sentence

Address = Callable[[str], str]
Door = Callable[[Counted, dict[str, str]], str]
"""From what is counted, and the district or team in which, to the list of those children."""
Posts = Callable[[dict[str, str]], str]
"""From a district or a team to the list of its posts."""
Rooms = Callable[[GroupRow, Counted], str]
NO_TEAM = "no team"
MANY = 20  # a table of more groups waits behind its caption
EXPLAINED = {
    NO_TEAM: "open, but nothing says which team they are with",
    "county-wide": "teams that serve every district",
    "unmapped": "teams whose district nobody has entered",
}


def doors(service: ServicePicture, door: Door | None, address: Address) -> Rooms:
    """Where the children of one number stand: in a list of their own, or for whoever may not open that, on the page
    of their team."""
    parts = {Counted.PAST: "past", Counted.NO_WORKER: "unallocated"}

    def room(row: GroupRow, what: Counted) -> str:
        if door is None:
            return f"{address(row.handle)}#{parts[what]}" if row.handle and what in parts else ""
        return door(what, _place(row, service))

    return room


def service_tables(
    service: ServicePicture, then: dict[str, GroupRow], address: Address, room: Rooms, posts: Posts | None
) -> list[Table]:
    """A table for each question, by district or team and for the whole service, with how each was then."""
    rows = [*service.groups, service.total]
    named = [_name(row, address, service.total) for row in rows]
    before = [then.get(row.group) for row in rows]
    word = "District" if service.by == "district" else "Team"
    return [
        _table(
            "caseload",
            "Children and workers, as a table",
            (word, "#Children", "#Workers who hold", "Spread", "Mean", "Above own agreed capacity", "#With no worker"),
            named,
            [_caseload(row, old, room) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "past",
            "Children past the day to be seen",
            (word, "Past, of children with an interval", "Share", "#No interval, or cannot tell"),
            named,
            [_past(row, old, room) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "changes",
            "Changes of worker in 12 months",
            (word, "Changes", "For each 100 child-months", "Whose worker changed", "Causes"),
            named,
            [_changes(row, old, room) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "lag",
            "Days from a visit to its being typed in",
            (word, "Middle half of visits", "Half within", "#Not known"),
            named,
            [_lag(row, old) for row, old in zip(rows, before, strict=True)],
        ),
        _table(
            "supervision",
            "Workers past the day to be supervised",
            (word, "Past", "Share"),
            named,
            [
                _then_too(row.supervision_past, old.supervision_past if old else None)
                for row, old in zip(rows, before, strict=True)
            ],
        ),
        _table(
            "vacancies",
            "Vacant posts",
            (word, "Vacant, full-time posts", "Share of posts", "#Truly uncovered"),
            named,
            [
                _vacancy(row, old, posts(_place(row, service)) if posts else "")
                for row, old in zip(rows, before, strict=True)
            ],
        ),
    ]


def _table(
    id: str, caption: str, headings: Sequence[str], named: Sequence[Cell], cells: Sequence[tuple[Cell, ...]]
) -> Table:
    rows = tuple((name, *rest) for name, rest in zip(named, cells, strict=True))
    empty = "No group holds a child at this moment."
    return Table(id, caption, heads(*headings), rows, empty, folded=len(rows) > MANY)


def _name(row: GroupRow, address: Address, total: GroupRow) -> Cell:
    return Cell(
        sentence(row.group),
        address(row.handle) if row.handle and row is not total else "",
        tuple(filter(None, (row.team_type, EXPLAINED.get(row.group.lower())))),
    )


def _caseload(row: GroupRow, old: GroupRow | None, room: Rooms) -> tuple[Cell, ...]:
    was = (f"then {old.children:,}",) if old else ()
    return (
        Cell(f"{row.children:,}", room(row, Counted.OPEN) if row.children else "", was),
        Cell(f"{row.workers_holding:,}", notes=(f"then {old.workers_holding:,}",) if old else ()),
        Cell(_spread(row.loads), notes=(f"then {_spread(old.loads)}",) if old else ()),
        Cell(_mean_of(row), notes=(f"then {_mean_of(old)}",) if old else ()),
        _of(row.above_own_capacity),
        Cell(
            f"{row.unallocated:,}",
            room(row, Counted.NO_WORKER) if row.unallocated else "",
            (f"then {old.unallocated:,}",) if old else (),
        ),
    )


def _mean_of(row: GroupRow) -> str:
    return "none" if row.mean_caseload.share is None else f"{row.mean_caseload.share:.1f}"


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


def _then_too(figure: Figure, old: Figure | None) -> tuple[Cell, ...]:
    """A figure beside the same figure then."""
    count, share = _figure_cells(figure)
    if old is None:
        return (count, share)
    return (
        replace(count, notes=(f"then {_of(old).text.lower()}", *count.notes)),
        replace(share, notes=(f"then {percent(old.share)}", *share.notes)),
    )


def _past(row: GroupRow, old: GroupRow | None, room: Rooms) -> tuple[Cell, ...]:
    count, share = _figure_cells(row.past_interval)
    before = (f"then {_of(old.past_interval).text}",) if old else ()
    was = (f"then {percent(old.past_interval.share)}",) if old else ()
    # The children left out have a column of their own, so the figure's note would say them twice.
    count = replace(count, href=room(row, Counted.PAST) if row.past_interval.numerator else "", notes=before)
    unknown = Cell(
        f"{row.cannot_tell:,}",
        room(row, Counted.CANNOT_TELL) if row.cannot_tell else "",
        (f"then {old.cannot_tell:,}",) if old else (),
    )
    return (count, Cell(share.text, notes=was), unknown)


def _changes(row: GroupRow, old: GroupRow | None, room: Rooms) -> tuple[Cell, ...]:
    figure = row.changes_12_months
    rate = _rate(figure)
    was = (f"then {_rate(old.changes_12_months)}",) if old else ()
    causes = tuple(f"{count:,} {cause_in_a_word(cause)}" for cause, count in row.causes)
    return (
        Cell(number(figure.numerator), notes=(f"then {number(old.changes_12_months.numerator)}",) if old else ()),
        Cell(rate, notes=was),
        Cell("The children", room(row, Counted.CHANGED)) if room(row, Counted.CHANGED) else Cell("On the team’s page"),
        Cell(causes[0] if causes else "None", notes=causes[1:]),
    )


def _rate(figure: Figure) -> str:
    return "cannot tell yet" if figure.share is None else f"{figure.share * 100:.1f}"


def _lag(row: GroupRow, old: GroupRow | None) -> tuple[Cell, ...]:
    unknown = Cell(f"{row.record_lag_unknown:,}")
    was = _quartiles(old) if old else ("", "")
    return (
        *(
            Cell(now, notes=(f"then {then.lower()}",) if then else ())
            for now, then in zip(_quartiles(row), was, strict=True)
        ),
        unknown,
    )


def _quartiles(row: GroupRow) -> tuple[str, str]:
    if len(row.record_lag_days) < 3:
        return ("Cannot tell yet", "Cannot tell yet")
    low, middle, high = row.record_lag_days[:3]
    return (f"{low} to {plural(high, 'day')}", plural(middle, "day"))


def _place(row: GroupRow, service: ServicePicture) -> dict[str, str]:
    """A district or a team as an address names it; nothing for the whole service."""
    if row is service.total:
        return {}
    return {"team": row.handle} if row.handle else {"district": row.group}


def _vacancy(row: GroupRow, old: GroupRow | None, posts: str) -> tuple[Cell, ...]:
    count, share = _then_too(row.vacancies, old.vacancies if old else None)
    was = () if old is None or old.truly_uncovered is None else (f"then {number(old.truly_uncovered)}",)
    uncovered = (
        Cell("Cannot tell yet", tone="quiet")
        if row.truly_uncovered is None
        else Cell(number(row.truly_uncovered), notes=was)
    )
    return (replace(count, href=posts if row.vacancies.numerator else ""), share, uncovered)
