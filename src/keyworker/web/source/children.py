"""What pages ask about one child, and about whose children they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions import MyChildren
from keyworker.actions.finding import Found as FoundAnyone
from keyworker.actions.questions.cover import Cover
from keyworker.actions.questions.warnings import WarningsToLookAt
from keyworker.clocks.engine import Reading
from keyworker.facts.cover import Warned
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, SourceAge, Story
from keyworker.facts.stories import Together
from keyworker.measures.counted import Counted


class Children(Protocol):
    """What pages ask about one child, and about whose children they are."""

    def my_children(self, moment: Moment) -> MyChildren:
        """The person's own children."""

    def child(self, named: str, moment: Moment) -> Story:
        """One child's whole time with the service."""

    def name_of(self, named: str, moment: Moment) -> str:
        """One child's name and nothing else."""

    def together(self, named: str, moment: Moment) -> Sequence[Together]:
        """A child and their brothers and sisters side by side, the child first."""

    def counted(
        self, moment: Moment, what: Counted, *, district: str | None = None, team: str | None = None
    ) -> tuple[Sequence[ChildRow], tuple[SourceAge, ...]]:
        """The children behind a number of the service's page, and how old the sources are."""

    def clocks(self, moment: Moment, *, child: str | None = None) -> Sequence[Reading]:
        """Where every duty to a child stands."""

    def cover_sheet(self, named: str) -> Cover:
        """What a worker who has never met a child must know."""

    def warnings_to_look_at(self) -> WarningsToLookAt:
        """The warnings before a visit that wait to be looked at again."""

    def visit_warnings(self, handles: Sequence[str]) -> Sequence[Warned]:
        """What protects whoever visits some children, as it stands on their cover sheets."""

    def find(self, typed: str) -> FoundAnyone:
        """The children, workers and teams who answer what was typed, as far as the person may see them."""
