"""The cover sheet of a child: what a worker who has never met this child must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from keyworker.access.spelled import spelled
from keyworker.actions.questions.keeping_back import KeepingBack
from keyworker.actions.questions.naming import known
from keyworker.clocks.story import story_at
from keyworker.facts.cover import BeforeVisiting, Lives, Warned, before_visiting, warnings_of
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.marked import KINDS, Marker
from keyworker.facts.pictures import Story
from keyworker.vocabulary import TABLES

OFF_PAPER = "its words tell something that is marked as not to be told, so read them in the record"
"""In place of the words of a warning that tell what must not stand on paper."""


@dataclass(frozen=True)
class Cover:
    """Everything that stands on a child's cover sheet.

    Takes   marked, what must not be told, without the things; kept_off, by the row of a place those of them for which
            the place itself does not stand on the sheet.
    """

    story: Story
    before: BeforeVisiting
    marked: tuple[Marker, ...]
    kept_off: Mapping[str, tuple[Marker, ...]] = field(default_factory=dict)


class AboutCover(KeepingBack):
    """The cover sheet of a child."""

    def cover_sheet(self, named: str) -> Cover:
        """What a worker who has never met a child must know, as recorded today.

        What is marked as not to be told does not stand on it: it prints, and paper is left lying about.
        Raises  KeyworkerError when nobody is known by that name, in the same words whatever the reason.
        """

        def read() -> Cover:
            child_id = self._child_id(named)
            lens = lens_at(self.own, self._today)
            only = lens.of([lens.root(child_id)])
            row = self._row_at_hand(self._today, child_id)
            story = known(story_at(self.own, self._today, child_id, row), HandleKind.CHILD)
            hidden = frozenset(handles_of(self.own, HandleKind.CHILD, self.hidden()).values())
            story = replace(story, family=tuple(one for one in story.family if one[0] not in hidden))
            marked = self._kept_back([child_id])
            before = _without_marked_words(before_visiting(self.own, only), marked)
            own = frozenset(only.identifiers)
            off = {one.in_row: tuple(mark for mark in marked if _marks(mark, one, own)) for one in before.lives}
            lives = tuple(one.without_place if off[one.in_row] else one for one in before.lives)
            told = {row: tuple(one.without_values for one in found) for row, found in off.items() if found}
            warned = tuple(one.without_values for one in marked if one.child_id in own)
            return Cover(story, replace(before, lives=lives), warned, told)

        return self._read("child", read, lambda found: {HandleKind.CHILD: [found.story.handle]})

    def visit_warnings(self, handles: Sequence[str]) -> tuple[Warned, ...]:
        """What protects whoever visits some children, as it stands on their cover sheets; one of several is told once.

        Raises  NotKnown where one of them is beyond the asker.
        """

        def read() -> tuple[Warned, ...]:
            lens = lens_at(self.own, self._today)
            only = lens.of([lens.root(self._child_id(handle)) for handle in handles])
            return tuple(dict.fromkeys(unmarked(warnings_of(self.own, only), self._kept_back(only.child_ids or ()))))

        return self._read("child", read, lambda _: {HandleKind.CHILD: list(handles)})


def _without_marked_words(before: BeforeVisiting, marked: Sequence[Marker]) -> BeforeVisiting:
    """The same, where what somebody wrote freely of a warning tells something marked without those words."""
    return replace(before, warnings=unmarked(before.warnings, marked))


def unmarked(warnings: Sequence[Warned], marked: Sequence[Marker]) -> tuple[Warned, ...]:
    """The same warnings, each without what was written freely of it where that tells something marked."""
    spellings = [spelled(one.kind, one.values) for one in marked]

    def kept(one: Warned) -> Warned:
        tells = any(spelling.is_told_by(f"{one.says or ''}\n{one.basis or ''}") for spelling in spellings)
        return replace(one, says=OFF_PAPER, basis=None) if tells else one

    return tuple(map(kept, warnings))


def _marks(mark: Marker, one: Lives, own: frozenset[str]) -> bool:
    """Whether a marker keeps a place off paper.

    It is of its row, of what it holds or, where the marker is the child's own, was typed for such places.
    """
    if mark.in_row is not None and (mark.in_table, mark.in_row) == (one.in_table, one.in_row):
        return True
    if mark.child_id in own and mark.in_table is None and mark.kind == KINDS[one.in_table]:
        return True
    spelling = spelled(mark.kind, mark.values)
    return not set(mark.values).isdisjoint(one.values) or any(spelling.is_told_by(value) for value in one.values)


def _code(one: Lives) -> str | None:
    """What kind of place it is, where a list of codes binds the word: an address's is whatever a source wrote."""
    return one.kind if TABLES[one.in_table].column("type").codes else None


def cover_records(found: Cover) -> list[dict[str, Any]]:
    """A cover sheet as flat rows: what it is, its code, its day, and in `said` what leaves only as names do."""
    story, before, row = found.story, found.before, found.story.child

    def line(what: str, code: str | None = None, on: date | None = None, said: str | None = None) -> dict[str, Any]:
        return {"what": what, "code": code, "on": on, "said": said}

    lead = row.lead or row.accountable if row else None
    places = (
        line(KINDS[one.in_table], _code(one), one.from_on, "not to be told" if one.in_row in found.kept_off else None)
        for one in before.lives
    )
    return [
        line("child", "open" if row else "not open", story.birth_on, story.name),
        *(line("warning", one.kind, one.from_on, one.says) for one in before.warnings),
        *(line("not to be told", one.kind, one.from_on) for one in found.marked),
        *(line("language", one.who, None, one.language) for one in before.languages),
        *(line("disability", one) for one in before.disabilities),
        *places,
        *(line("status", one.kind, one.from_on) for one in (row.statuses if row else ())),
        line("worker", lead.worker_id if lead else None, row.lead_since if row else None, lead.name if lead else None),
        line("last seen", None, row.last_seen_on if row else None),
        line("last seen alone", None, row.last_seen_alone_on if row else None),
        line("next visit", row.standing.value if row else None, row.due_on if row else None),
        *(line("family", what, None, name) for _, name, what in story.family),
    ]
