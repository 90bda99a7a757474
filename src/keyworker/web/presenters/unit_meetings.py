"""A group supervision or a unit's meeting about several families: choosing them, and the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.questions.unit_meetings import Family, ToTalkOver
from keyworker.actions.unit_meetings import FORMS, MOST, SpokenOf, WantedMeeting, problems_of
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, FilledIn, of_workers, worker_meant
from keyworker.web.words import listed, plural, spoken

NOBODY = "No open child of whom you may write a supervision down has a worker."


@dataclass(frozen=True)
class FamilyForm:
    """What the form asks of one family."""

    names: str
    with_whom: str
    fields: tuple[Field, ...]


def names_of(one: Family) -> str:
    """The children of a family by name."""
    return listed([row.name for row in one.children])


def workers_of(one: Family) -> str:
    """Whoever leads the work with them."""
    return listed(list(dict.fromkeys(ref.name for ref in one.workers.values())))


def choose_answer(found: ToTalkOver) -> str:
    """Of how many families somebody may write, in a sentence."""
    if not found.families:
        return NOBODY
    return f"You may write of {plural(len(found.families), 'family', 'families')}. Choose those that were talked over."


def chooses(found: ToTalkOver) -> Field:
    """The question which families were talked over. Nobody is chosen beforehand."""
    choices = tuple(Choice(one.handle, names_of(one), more=f"With {workers_of(one)}") for one in found.families)
    hint = f"{MOST} at the most. A meeting that speaks of more is written in two."
    return Field("family", "Which families were talked over?", "checkbox", "", hint, choices=choices)


@dataclass(frozen=True)
class TypedMeeting:
    """What was typed of a meeting, kept whatever is wrong with it. Takes families, those that were chosen."""

    number: str
    said: Mapping[str, str]
    found: ToTalkOver
    families: Sequence[Family]

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "").strip()

    @property
    def wanted(self) -> WantedMeeting:
        """What it means, as far as it can be read."""
        return WantedMeeting(
            self.number,
            day_typed(self["on"]),
            worker_meant(self.found.supervisors, self["supervisor"]),
            self["form"],
            self["present"],
            tuple(
                SpokenOf(
                    tuple((row.child_id, one.workers[row.child_id].worker_id) for row in one.children),
                    self[f"decision-{one.handle}"],
                    self[f"why-{one.handle}"],
                )
                for one in self.families
            ),
        )

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        found = {}
        for name, says in problems_of(self.wanted, today).items():
            part, _, place = name.partition("-")
            found[f"{part}-{self.families[int(place) - 1].handle}" if place else name] = says
        return found

    def about(self, errors: Mapping[str, str], today: date) -> tuple[Field, ...]:
        """What the form asks of the meeting as a whole."""
        field = FilledIn(self.__getitem__, errors).field
        forms = tuple(Choice(one, codes("supervision_form")[one], one == self["form"]) for one in FORMS)
        held = of_workers(self.found.supervisors, self["supervisor"])
        return (
            field("form", "In which form was it held?", "radio", choices=forms),
            field("on", "Day on which it was held", "date", f"Today is {spoken(today)}."),
            field("supervisor", "Who held it?", "radio", choices=held),
            field("present", "Who came", "text", "It stands on the record of each child."),
        )

    def of_families(self, errors: Mapping[str, str]) -> list[FamilyForm]:
        """What the form asks of each family."""
        field = FilledIn(self.__getitem__, errors).field
        about = "It stands on the record of each of these children. Say nothing here of another family."
        return [
            FamilyForm(
                names_of(one),
                f"With {workers_of(one)}.",
                (
                    field(f"decision-{one.handle}", "What was decided", "textarea", about),
                    field(f"why-{one.handle}", "Why it was decided so", "textarea"),
                ),
            )
            for one in self.families
        ]
