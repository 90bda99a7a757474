"""What a timescale is: a rule with its editions, and where the record holds what starts, meets and stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from keyworker.clocks.counting import Method
from keyworker.clocks.places import Place


class RuleKind(StrEnum):
    """What a rule asks."""

    DEADLINE = "deadline"  # something must happen by a day
    CAP = "cap"  # something must have ended by a day
    WINDOW = "window"  # no task: what happens inside it counts
    GATE = "gate"  # something may not happen before a day


class Subject(StrEnum):
    """Whose duty it is."""

    CHILD = "child"
    WORKER = "worker"
    COUNCIL = "council"


@dataclass(frozen=True)
class Source:
    """Where a rule is written."""

    document: str
    section: str = ""
    url: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.document, self.section]))


@dataclass(frozen=True)
class Edition:
    """A rule as it stood from one day to another.

    Takes   first, how the due day is counted (None: no count of days); again, how it is counted from what met the
            duty before, where that differs; to_on exclusive; unit, the catalogue's word where no count can be made;
            unconfirmed, what was not read in a source, in words; set_by, who chose it, for the council's own.
    """

    source: Source
    first: Method | None
    again: Method | None = None
    from_on: date | None = None
    to_on: date | None = None
    unit: str = ""
    n: int | None = None
    unconfirmed: str = ""
    set_by: str = ""
    is_local: bool = False

    def on(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or self.to_on > day)

    def method(self, *, again: bool) -> Method | None:
        """How it counts, from a first start or from what met the duty before."""
        return self.again if again and self.again else self.first


@dataclass(frozen=True)
class Binding:
    """Where the record holds a rule's events. Takes what the contract in `data/bindings.yaml` says of each."""

    kind: RuleKind
    subject: Subject
    belongs_to: str
    starts: tuple[Place, ...]
    meets: tuple[Place, ...]
    stops: tuple[Place, ...] = ()
    may_meet: tuple[Place, ...] = ()
    due_at: tuple[Place, ...] = ()
    while_in: str = ""
    by_row: bool = False
    since_ever: bool = False
    needs: tuple[str, ...] = ()
    counts: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    starts_says: str = ""
    meets_says: str = ""
    stops_says: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place it names, once."""
        return tuple(dict.fromkeys((*self.starts, *self.meets, *self.stops, *self.may_meet, *self.due_at)))


@dataclass(frozen=True)
class Rule:
    """One timescale.

    Takes   id, the catalogue's; editions, oldest first, the council's own apart; notes of the catalogue.
    """

    id: str
    title: str
    basis: str
    applies_to: tuple[str, ...]
    trigger: str
    completes_when: str
    editions: tuple[Edition, ...]
    binding: Binding
    local: tuple[Edition, ...] = ()
    notes: tuple[str, ...] = ()
    published_as: str = ""
    local_options: tuple[Method, ...] = ()

    def edition(self, day: date) -> Edition | None:
        """The edition in force on a day: the council's own first, the newest of several."""
        for editions in (self.local, self.editions):
            found = [one for one in editions if one.on(day)]
            if found:
                return max(found, key=lambda one: one.from_on or date.min)
        return None

    @property
    def is_before(self) -> bool:
        """Whether it is counted back from what it leads to."""
        return any(edition.first is not None and edition.first.before for edition in (*self.local, *self.editions))

    @property
    def unconfirmed(self) -> str:
        """What of the newest edition was not read in a source, in words; empty when all was."""
        return self.editions[-1].unconfirmed if self.editions else ""

    def with_local(self, editions: tuple[Edition, ...]) -> Rule:
        """The same rule with the council's own editions."""
        return replace(self, local=editions)


@dataclass(frozen=True)
class Rulebook:
    """Every rule, by its identifier."""

    rules: Mapping[str, Rule]

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def __len__(self) -> int:
        return len(self.rules)

    def __getitem__(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def of(self, *subjects: Subject) -> Rulebook:
        """Only the rules about these."""
        return Rulebook({rule.id: rule for rule in self if rule.binding.subject in subjects})

    def only(self, rule_ids: frozenset[str] | set[str]) -> Rulebook:
        """Only these rules."""
        return Rulebook({rule.id: rule for rule in self if rule.id in rule_ids})

    @property
    def published(self) -> Rulebook:
        """The same rules without the council's own editions."""
        return Rulebook({rule.id: rule.with_local(()) for rule in self})

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The identifiers, in order."""
        return tuple(self.rules)
