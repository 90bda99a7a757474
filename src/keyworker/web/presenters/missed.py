"""Visits not made in time: with how many of them each thing coincided, by place, and the visits behind a share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.missed import MissedIn, MissedShares, MissedVisit, most_often
from keyworker.clocks.missed import Coincided
from keyworker.web.presenters.children import Address
from keyworker.web.tables import Cell, Heading, Table, Tabled, heads
from keyworker.web.words import in_words, percent, plural, sentence, spoken

SHOWN = 200
Door = Callable[[MissedIn, Coincided | None], str]
"""From a place, and what coincided (None: anything), to the address of the visits that are counted."""

QUESTIONS: tuple[tuple[str, str, tuple[Coincided, ...]], ...] = (
    (
        "nobody",
        "Nobody held the child, or who did was away or had just changed",
        (Coincided.NO_WORKER, Coincided.POST_VACANT, Coincided.AWAY, Coincided.CHANGED_HANDS),
    ),
    (
        "tried",
        "A visit was meant, and the child was not seen",
        (Coincided.CANCELLED, Coincided.NO_ACCESS, Coincided.NOT_SEEN),
    ),
    ("agreed", "An exception was agreed, or nothing recorded explains it", (Coincided.EXCEPTION, Coincided.NOTHING)),
)
MEANT = (
    "Counted are visits to children who are open now that were to be made by a day in this time, by the law’s, the "
    "service’s or the child’s own interval, and were not made by then: later or not yet. A child counts "
    "where they are now.",
    "A gap, an absence or a vacant post coincides when it holds the day on which the visit was due, or at least half "
    "of the days before it; a change of worker, a cancelled visit or one that found nobody when it lies in those days. "
    "Several may coincide, so shares add up to more than the whole.",
    "It says what coincided, not who is to blame. Until an entry arrives, a visit that was made counts as missed.",
)


@dataclass(frozen=True)
class MissedPage(Tabled):
    """The answer and three tables, each with its own question."""

    answer: str
    more: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class MissedVisitsPage:
    """The visits behind a share: the page of them that is shown, and the whole for a file."""

    answer: str
    more: str
    table: Table
    whole: Table
    number: int
    pages: int


def missed_page(found: MissedShares, door: Door) -> MissedPage:
    """The shares of each place, by name: not a league."""
    return MissedPage(
        _answer(found),
        tuple(_more(found)),
        tuple(_table(found, id, caption, kinds, door) for id, caption, kinds in QUESTIONS),
    )


def _answer(found: MissedShares) -> str:
    shown = [found.whole] if found.whole else list(found.places)
    if not shown and found.withheld:
        return f"You answer for no {found.by} in which a visit is known to have been missed."
    many = sum(one.missed for one in shown)
    if not many:
        return f"No visit that was due from {spoken(found.since)} on is known to have been missed."
    told = "; ".join(f"{says(what)} ({count:,}, {percent(count / many)})" for what, count in most_often(shown)[:3])
    have = "visit was" if many == 1 else "visits were"
    return f"{many:,} {have} not made in time since {spoken(found.since)}. What coincided most often: {told}."


def _more(found: MissedShares) -> list[str]:
    if not found.withheld:
        return []
    kind = "district" if found.by == "district" else "team"
    return [
        f"{in_words(found.withheld)} {kind if found.withheld == 1 else kind + 's'} for which you do not answer "
        f"{'is' if found.withheld == 1 else 'are'} not shown, nor any total from which one could be subtracted."
    ]


def says(what: Coincided) -> str:
    """What coincided, as it stands in a sentence and at the head of a column."""
    return {Coincided.NOTHING: "nothing recorded", Coincided.NOT_SEEN: "visited and not seen"}.get(what, what.value)


def share(count: int, of: int) -> str:
    """A count with its share."""
    return f"{count:,} ({percent(count / of)})" if count else "0"


def _table(found: MissedShares, id: str, caption: str, kinds: Sequence[Coincided], door: Door) -> Table:
    lines = (*found.places, *([found.whole] if found.whole else []))
    return Table(
        id,
        caption,
        (
            Heading(sentence(found.by)),
            Heading("Missed", numeric=True),
            *(Heading(sentence(says(kind)), numeric=True) for kind in kinds),
        ),
        tuple(
            (
                Cell(_called(one, found.by), notes=_where(one)),
                Cell(f"{one.missed:,}", door(one, None)),
                *(_cell(one, kind, door) for kind in kinds),
            )
            for one in lines
        ),
        f"No {found.by} for which you answer has a visit that was missed.",
    )


def _cell(one: MissedIn, what: Coincided, door: Door) -> Cell:
    count = one.counts[what]
    return Cell(share(count, one.missed), door(one, what) if count else "")


def _called(one: MissedIn, by: str) -> str:
    if one.district is None:
        return "The whole service"
    if by == "team":
        return one.team.name if one.team else "No team"
    return sentence(one.district) or "No team"


def _where(one: MissedIn) -> tuple[str, ...]:
    return (one.team.district,) if one.team else ()


def missed_visits_page(
    visits: Sequence[MissedVisit], where: str, what: Coincided | None, since: date, child: Address, number: int = 1
) -> MissedVisitsPage:
    """The visits behind a share, newest first, 200 to a page.

    Takes   where, the place in words, empty for the whole service; number, the page wanted, of which the nearest that
            there is is given.
    """
    pages = max(-(-len(visits) // SHOWN), 1)
    number = min(max(number, 1), pages)
    first = (number - 1) * SHOWN
    shown = visits[first : first + SHOWN]
    more = ""
    if pages > 1:
        of = f"{len(visits):,}"
        more = f"Here are the {first + 1:,} to {first + len(shown):,} of {of}, newest first; the download holds all."
    return MissedVisitsPage(
        _behind(len(visits), where, what, since), more, _listed(shown, child), _listed(visits, child), number, pages
    )


def _behind(count: int, where: str, what: Coincided | None, since: date) -> str:
    place = f" {where}" if where else " in the whole service"
    with_what = f" with which “{says(what)}” coincided" if what else ""
    many = f"{in_words(count)} {plural(count, 'visit').split(' ', 1)[1]}"
    return f"{many}{place}{with_what} {'was' if count == 1 else 'were'} not made in time since {spoken(since)}."


def _listed(visits: Sequence[MissedVisit], child: Address) -> Table:
    return Table(
        "visits",
        "Visits not made in time",
        heads("^Child", "Timescale", "^Due", "^Made", "What coincided"),
        tuple(_visit(one, child) for one in visits),
        "No visit is counted here.",
        is_cut=True,
    )


def _visit(one: MissedVisit, child: Address) -> tuple[Cell, ...]:
    reading = one.missed.reading
    due, made = reading.due_on, reading.met_on
    team = one.child.team.name if one.child.team else "with no team"
    chain = one.missed.chain
    return (
        Cell(one.child.name, child(one.child.handle), (team,)),
        Cell(reading.title),
        Cell(spoken(due) if due else "No date", sort=due.toordinal() if due else 0),
        Cell(spoken(made) if made else "None recorded since", sort=made.toordinal() if made else 0),
        Cell(
            sentence(", ".join(dict.fromkeys(says(link.what) for link in chain))),
            notes=tuple(link.words for link in chain if link.what is not Coincided.NOTHING),
        ),
    )
