"""A source of made-up pictures, so that pages can be tested without a record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge, Story
from keyworker.measures.pictures import ServicePicture, TeamPicture
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.source import Load, Meaning, MyChildren, Visitor, Weakness
from tests.web import fictional as made_up

EVERY = frozenset({"my children", "child", "team", "service", "loads", "meaning", "quality"})
LOADS = (
    Load(2, "ssd", "SSD extract", "21 November 2026", "22 November 2026", 1200, 30, 12, 4, 1150, 8),
    Load(1, "ssd", "SSD extract", "", "15 November 2026", 1170, 1170, 0, 0, 0, 0),
)
MEANINGS = (
    Meaning("involvement role", "Allocated worker", 310, "lead", None),
    Meaning("team", "FENWICK 2 (OLD)", 44, None, "Fenwick 2"),
)
WEAKNESSES = (
    Weakness("Open children with no worker recorded", 3, 210, "Children with no worker", "Check the involvements list"),
    Weakness("Workers with no hours recorded", 12, 64, "Hours available today", "Load the workforce census"),
)


@dataclass
class MadeUp:
    """Pictures as tests want them; `empty` is a record with nothing in it; the account `refused` may see nothing."""

    empty: bool = False
    calls: list[tuple[str, Moment]] = field(default_factory=list)

    def visitor(self, account: str) -> Visitor:
        return Visitor(account, "Sorrel Fictitious", EVERY, "my-children")

    def sources(self, account: str) -> tuple[SourceAge, ...]:
        return () if self.empty else made_up.SOURCES

    def my_children(self, account: str, moment: Moment) -> MyChildren:
        self.calls.append(("my_children", moment))
        if account == "refused":
            raise Refused("This page is not part of your work here.", remedy="Ask the analyst who keeps the roles.")
        if account == "broken":
            raise KeyworkerError("The database does not answer.", where="the embedded server", remedy="Start it again.")
        if account == "faulty":
            raise RuntimeError("Ashby Testwood must not be in the log")
        if self.empty:
            return MyChildren(moment, (), (), (), (), (), (), made_up.ABSENT)
        led = (made_up.past_child(4, 3), made_up.past_child(7, 12), *(made_up.child(n) for n in range(1, 4)))
        accountable = (made_up.past_child(9, 1), made_up.child(10), made_up.unknown_child(12))
        return MyChildren(
            moment,
            led,
            (made_up.child(5), made_up.child(6)),
            accountable,
            (made_up.child(8, lead=None, accountable=None, unmapped_roles=(made_up.OKAFOR,)),),
            (made_up.worker_row(1, 22), made_up.worker_row(3, 12, days_since_supervised=None)),
            made_up.SOURCES,
            made_up.ABSENT,
        )

    def child_story(self, account: str, handle: str, moment: Moment) -> Story:
        self.calls.append(("child_story", moment))
        if moment.known_at is not None:
            return made_up.story_as_known(moment.known_at)
        return made_up.empty_story() if self.empty else made_up.story()

    def team(self, account: str, handle: str | None, moment: Moment, since: date | None) -> TeamPicture:
        picture = made_up.team_picture(moment=moment, since=since)
        if self.empty:
            return replace(picture, changes=(), workers=(), children=(), unallocated=(), sources=())
        return picture

    def teams(self, account: str, moment: Moment) -> tuple[tuple[str, str, str], ...]:
        return () if self.empty else ((made_up.team().handle, "Fenwick 2", "Fenwick"),)

    def service(self, account: str, moment: Moment, by: str, then: Moment | None) -> ServicePicture:
        if self.empty:
            return made_up.service(
                moment=moment, groups=(), groups_then=(), then=None, total=made_up.nobody(), sources=()
            )
        return made_up.service(
            moment=moment, by=by, then=then, groups_then=made_up.service().groups_then if then else ()
        )

    def loads(self, account: str) -> tuple[Load, ...]:
        return () if self.empty else LOADS

    def meanings(self, account: str) -> tuple[Meaning, ...]:
        return () if self.empty else MEANINGS

    def quality(self, account: str, moment: Moment) -> tuple[Weakness, ...]:
        return () if self.empty else WEAKNESSES
