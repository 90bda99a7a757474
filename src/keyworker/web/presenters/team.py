"""My team: what has changed since you last looked, who needs a worker, who holds what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from keyworker.facts.pictures import TeamRef
from keyworker.measures.pictures import Change, TeamPicture
from keyworker.web.presenters.children import Address, children_table, past, waiting_table
from keyworker.web.presenters.workers import workers_table
from keyworker.web.tables import Table
from keyworker.web.words import days, in_words, listed, plural, sentence, spoken

CHANGE_WORDS = {
    "come": ("child has come", "children have come"),
    "gone": ("child has gone", "children have gone"),
    "changed hands": ("child has changed hands", "children have changed hands"),
    "newly past": ("child is newly past the day to be seen", "children are newly past the day to be seen"),
    "worker away": ("worker is away", "workers are away"),
    "worker back": ("worker is back", "workers are back"),
}


@dataclass(frozen=True)
class Moved:
    """One change, in words, with the way to the child that it is about."""

    day: str
    kind: str
    who: str
    href: str
    says: str


@dataclass(frozen=True)
class TeamPage:
    """The answer, what moved, and the lists."""

    title: str
    under: str
    answer: str
    since: str
    moved: tuple[Moved, ...]
    nothing_moved: str
    tables: tuple[Table, ...]

    def table(self, id: str) -> Table | None:
        """One of the lists."""
        return next((table for table in self.tables if table.id == id), None)


def team_page(team: TeamPicture, address: Address, looked: date | None = None) -> TeamPage:
    """One team at a moment.

    Takes   address, from a child's handle to the child's page; looked, the day on which this person last looked,
            where that is known and is what the changes are counted from.
    """
    at = team.moment.at
    return TeamPage(
        title=team.team.name,
        under=_under(team.team),
        answer=_answer(team, at),
        since=_since(team, looked),
        moved=tuple(_moved(change, address) for change in sorted(team.changes, key=lambda one: one.on, reverse=True)),
        nothing_moved="Nothing has changed since then.",
        tables=(
            waiting_table("unallocated", "Children with no worker", team.unallocated, at, address),
            workers_table(
                "workers", "Workers", team.workers, empty="No worker is recorded in this team at this moment."
            ),
            children_table(
                "past",
                "Children past the day to be seen",
                past(team.children),
                at,
                address,
                empty="No child of this team is overdue.",
                who=True,
            ),
            children_table(
                "children",
                "Every child of the team",
                team.children,
                at,
                address,
                empty="This team holds no child at this moment.",
                who=True,
            ),
        ),
    )


def _under(team: TeamRef) -> str:
    """What kind of team it is and where; a team that nobody has described is said to be so."""
    if team.team_type == "unmapped":
        return "Nobody has said yet which kind of team this is, or where"
    return sentence(f"{team.team_type} team, {team.district}")


def _since(team: TeamPicture, looked: date | None) -> str:
    if team.since is None:
        return "What has changed"
    return f"Since you last looked, {spoken(team.since)}" if looked else f"Since {spoken(team.since)}"


def _answer(team: TeamPicture, at: date) -> str:
    first = f"{_waiting(team, at)} " if team.unallocated else ""
    counts = Counter(change.kind for change in team.changes)
    if not counts:
        late = len(past(team.children))
        of = plural(len(team.children), "child", "children")
        return f"{first}{in_words(late)} of this team’s {of} {'is' if late == 1 else 'are'} past the day to be seen."
    parts = [
        f"{in_words(count).lower()} {CHANGE_WORDS[kind][count != 1]}"
        for kind, count in counts.items()
        if kind in CHANGE_WORDS
    ]
    since = f"Since {spoken(team.since)}: " if team.since else ""
    return f"{first}{since}{listed(parts)}."


def _waiting(team: TeamPicture, at: date) -> str:
    count = len(team.unallocated)
    longest = max(
        ((at - row.unallocated_since).days + 1 for row in team.unallocated if row.unallocated_since), default=None
    )
    waited = (
        f", the longest for {days(longest)}" if longest and count > 1 else f", for {days(longest)}" if longest else ""
    )
    return f"{in_words(count)} {'child has' if count == 1 else 'children have'} no worker{waited}."


def _moved(change: Change, address: Address) -> Moved:
    who = change.child[1] if change.child else change.worker.name if change.worker else ""
    return Moved(spoken(change.on), change.kind, who, address(change.child[0]) if change.child else "", change.says)
