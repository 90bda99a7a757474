"""A child whom nobody here knows: who is like them as far as the asker may see, and writing the child down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from keyworker.access import Thing, refusal_to_record, refusal_to_take_in, require
from keyworker.access.sight import NOTHING
from keyworker.actions import new_children
from keyworker.actions.new_children import NamedHere, WantedChild, WantedName
from keyworker.actions.questions.finding import AboutFinding
from keyworker.actions.questions.naming import known
from keyworker.actions.reading import one_reading
from keyworker.actions.writing import SentOtherwise
from keyworker.facts import people
from keyworker.facts.alike import Described, Why, alike
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.names_kept import keep_up
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.homes import Kept


@dataclass(frozen=True)
class Like:
    """A child who may be the one that is to be written down. Takes why, by what they are alike."""

    handle: str
    name: str
    birth_on: date | None
    why: Why


class AboutNewChildren(AboutFinding):
    """Writing a new child down.

    Whom the asker may not see is not shown as like it, and nothing says that there is anybody: the same words, after as
    many questions. Who keeps the records finds such a child later, and joins the two (`keyworker alike`, `join`).
    """

    def refusal_to_take_in(self) -> Refused | None:
        """Why the asker may not write a new child down, or None when they may. It serves the link too."""
        with one_reading(self.own):
            if not self._is_home_of(Kept.NEED):
                return Refused(
                    "New children are recorded in the case system, and read from its extract here.",
                    remedy="Record the child there. They are shown here with the next extract.",
                )
        return refusal_to_take_in(self.asker)

    def may_take_in(self) -> None:
        """Ask leave to write a new child down. May refuse; that it was not given is logged."""
        with self._attempt("new child"):
            require(self.refusal_to_take_in())

    def writes_people(self) -> bool:
        """Whether an address and somebody of the family may be written down with the child."""
        with one_reading(self.own):
            return self._is_home_of(Kept.PEOPLE) and self.sight(Thing.PEOPLE) != NOTHING

    def like(self, who: Described) -> list[Like]:
        """The children like one who is described, as far as the asker may see them. What was typed is in no log."""
        self.may_take_in()
        keep_up(self.connection)

        def read() -> list[Like]:
            lens = lens_at(self.connection, self._today)
            found = alike(self.connection, lens, who, self._among())
            kept = self._kept_by_policies(one.child_id for one in found)
            listed = [one for one in found if one.child_id in kept and self._is_listed(one.child_id)]
            known = people.children(self.own, lens.of([one.child_id for one in listed])) if listed else {}
            return [
                Like(child.handle, child.name, child.birth_on, one.why)
                for one in listed
                if (child := known[one.child_id])
            ]

        return self._read("new child", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def take_in(self, wanted: WantedChild, shown: Sequence[Like]) -> str:
        """Write a child down. Gives the child's handle. A form that is sent twice writes once.

        Takes   shown, the children like it whom the asker was shown and says that it is none of.
        Raises  Refused; KeyworkerError for what is not whole; SentOtherwise; AlreadyRecorded.
        """
        self.may_take_in()
        with self._attempt("new child"):
            things = [wanted.form.thing, *([Thing.PEOPLE.value] if wanted.address or wanted.parent else [])]
            require(next(filter(None, (self._refusal_of(thing) for thing in things)), None))
        if handle := self.taken_in(wanted):
            return handle
        wanted = replace(wanted, team_id=self._team_of_asker(), shown=len(shown))
        new_children.write(self.own, self.asker, self.now, wanted, self._today.at)
        return self.taken_in(wanted)

    def refusal_to_rename(self, child: str) -> Refused | None:
        """Why the asker may not correct who a child is, or None when they may. It serves the link too."""
        with one_reading(self.own):
            child_id = self._found(HandleKind.CHILD, child) or ""
            if not self._is_home_of(Kept.NEED):
                return Refused("Who a child is, is kept in the case system.", remedy="Correct it there.")
            refused = refusal_to_record(self.asker, Thing.PEOPLE, self._place_of_child(child_id))
            if refused is None and new_children.named_here(self.own, child_id) is None:
                return Refused("The case system names this child.", remedy="Correct it there, and load its extract.")
        return refused

    def named_here(self, child: str) -> NamedHere:
        """Who a child is that was written down here. May refuse; that it was not given is logged."""
        with self._attempt("people"):
            require(self.refusal_to_rename(child))

        def read() -> NamedHere:
            return known(new_children.named_here(self.own, self._child_id(child)), HandleKind.CHILD)

        return self._read("people", read, lambda _: {HandleKind.CHILD: [child]})

    def correct_name(self, child: str, wanted: WantedName) -> None:
        """Correct who a child is, such as that an unborn child was born. Raises Refused; KeyworkerError; NotCurrent."""
        stands = self.named_here(child)
        new_children.correct_name(self.own, self.asker, self.now, stands, wanted, self._today.at)

    def taken_in(self, wanted: WantedChild) -> str:
        """The handle of the child whom the same form wrote; empty where none did. Raises SentOtherwise."""

        def read() -> tuple[str, people.Child | None]:
            handle = handles_of(self.own, HandleKind.CHILD, [wanted.child_id]).get(wanted.child_id, "")
            if not handle:
                return "", None
            lens = lens_at(self.own, self._today).of([wanted.child_id])
            return handle, people.children(self.own, lens)[wanted.child_id]

        handle, who = self._read("new child", read, lambda found: {HandleKind.CHILD: [found[0]]})
        name = f"{wanted.who.forename} {wanted.who.surname}".strip()
        if who is not None and (who.name, who.birth_on) != (name, wanted.who.birth_on):
            raise SentOtherwise("a new child")
        return handle

    def _refusal_of(self, thing: str) -> Refused | None:
        """Whether what comes with a new child is the asker's to write: of a child who stands with them."""
        return refusal_to_record(self.asker, Thing(thing), self._place_of_worker(self.asker.worker_id or ""))

    def _team_of_asker(self) -> str | None:
        """The team with which a new child stands: over which a role is held, or in which the asker is appointed."""
        held = [one.scope for one in self.asker.roles if one.scope in self._teams.known]
        return next(iter((*held, *sorted(self.asker.teams))), None)
