"""My team: what has changed since you last looked, who needs a worker, who holds what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from keyworker.facts.pictures import Standing, TeamRef
from keyworker.measures.pictures import Change, TeamPicture
from keyworker.web.presenters.children import Address, children_table, past, waiting_table
from keyworker.web.presenters.picture import nowhere
from keyworker.web.presenters.supervisors import supervisors_table
from keyworker.web.presenters.workers import workers_table
from keyworker.web.tables import Table, Tabled
from keyworker.web.words import days, in_words, listed, sentence, spoken

CHANGE_WORDS = {
    "newly past": ("child is newly past the day to be seen", "children are newly past the day to be seen"),
    "come": ("child has come", "children have come"),
    "changed hands": ("child has changed hands", "children have changed hands"),
    "gone": ("child has gone", "children have gone"),
    "worker away": ("worker is away", "workers are away"),
    "worker back": ("worker is back", "workers are back"),
}
LONG = 60  # a team with more children shows those past their day, and folds the others
FEW = 5  # more changes of one kind than this wait behind their count


@dataclass(frozen=True)
class Moved:
    """One change, in words, with the way to the child that it is about."""

    day: str
    who: str
    href: str
    says: str


@dataclass(frozen=True)
class KindOfMove:
    """Changes of one kind, counted."""

    says: str
    moved: tuple[Moved, ...]

    @property
    def is_few(self) -> bool:
        """Whether they are shown at once."""
        return len(self.moved) <= FEW


@dataclass(frozen=True)
class TeamPage(Tabled):
    """The answer, what moved, and the lists."""

    title: str
    under: str
    answer: str
    since: str
    moved: tuple[KindOfMove, ...]
    nothing_moved: str
    tables: tuple[Table, ...]


def team_page(
    team: TeamPicture,
    address: Address,
    looked: date | None = None,
    worker: Address = nowhere,
    allocate: Address | None = None,
) -> TeamPage:
    """One team at a moment.

    Takes   address, from a child's handle to the child's page; looked, the day on which this person last looked,
            where that is known and is what the changes are counted from; worker, from a worker's handle to their page;
            allocate, from a child's handle to where the child is allocated, where that may be.
    """
    at = team.moment.at
    return TeamPage(
        title=team.team.name,
        under=_under(team.team),
        answer=_answer(team, at),
        since=_since(team, looked),
        moved=tuple(_kinds(team.changes, address)),
        nothing_moved="Nothing has changed since then.",
        tables=(
            waiting_table(
                "unallocated", "Children with no worker", team.unallocated, at, address, team.allocate_by, allocate
            ),
            workers_table(
                "workers",
                "Workers",
                team.workers,
                empty="No worker is recorded in this team at this moment.",
                address=worker,
            ),
            supervisors_table(team, worker),
            children_table(
                "past",
                "Children past the day to be seen",
                past(team.children),
                at,
                address,
                empty="No child of this team is overdue.",
                who=True,
                late=True,
            ),
            children_table(
                "others",
                "The team’s other children",
                [row for row in team.children if row.standing is not Standing.PAST],
                at,
                address,
                empty="This team holds no other child at this moment.",
                who=True,
                folded=len(team.children) > LONG,
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
    if not team.changes:
        return f"{first}{_late(len(past(team.children)), len(team.children))}"
    counts = Counter(change.kind for change in team.changes)
    parts = [_counted(kind, counts[kind]) for kind in _in_order(counts)]
    since = f"Since {spoken(team.since)}: " if team.since else ""
    return f"{first}{since}{listed(parts)}."


def _late(late: int, children: int) -> str:
    if not children:
        return "No child is with this team at this moment."
    of = "the team’s one child" if children == 1 else f"this team’s {children:,} children"
    if not late:
        return f"None of {of} is past the day to be seen."
    return f"{in_words(late)} of {of} {'is' if late == 1 else 'are'} past the day to be seen."


def _in_order(kinds: Iterable[str]) -> list[str]:
    known = list(CHANGE_WORDS)
    return sorted(set(kinds), key=lambda kind: (known.index(kind) if kind in known else len(known), kind))


def _counted(kind: str, count: int) -> str:
    words = CHANGE_WORDS[kind][count != 1] if kind in CHANGE_WORDS else kind
    return f"{in_words(count).lower()} {words}"


def _kinds(changes: Iterable[Change], address: Address) -> Iterator[KindOfMove]:
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda one: (-one.on.toordinal(), (one.child or ("", ""))[::-1])):
        by_kind[change.kind].append(change)
    for kind in _in_order(by_kind):
        found = by_kind[kind]
        yield KindOfMove(sentence(_counted(kind, len(found))), tuple(_moved(one, address) for one in found))


def _waiting(team: TeamPicture, at: date) -> str:
    count = len(team.unallocated)
    since = min((row.unallocated_since for row in team.unallocated if row.unallocated_since), default=None)
    waited = ""
    if since:
        least = any(row.perhaps_unallocated_before for row in team.unallocated if row.unallocated_since == since)
        longest = f"for {'at least ' if least else ''}{days((at - since).days + 1)}"
        waited = f", the longest {longest}" if count > 1 else f", {longest}"
    who = "the child" if count == 1 else "them"
    answers = (
        f"{team.manager.name} answers for {who} until then"
        if team.manager
        else f"No manager of this team is recorded, so nobody is named who answers for {who}"
    )
    return f"{in_words(count)} {'child has' if count == 1 else 'children have'} no worker{waited}. {answers}."


def _moved(change: Change, address: Address) -> Moved:
    who = change.child[1] if change.child else change.worker.name if change.worker else ""
    return Moved(spoken(change.on), who, address(change.child[0]) if change.child else "", change.says)
