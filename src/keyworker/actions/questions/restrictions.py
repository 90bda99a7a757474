"""Restricted children: who may see each, and deciding, naming, taking back and lifting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from keyworker.access import Thing, To, refusal_to, require, sight_of
from keyworker.actions import restrictions
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.actions.restrictions import WantedRestriction, naming_problems, problems, require_none
from keyworker.actions.sign_ins import signed_in
from keyworker.facts.accounts import Account, accounts_at
from keyworker.facts.belonging import child_belonging
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.people import children as people_of
from keyworker.facts.restricted import Standing
from keyworker.facts.restrictions import Named, Restriction
from keyworker.facts.restrictions import restrictions as restrictions_in
from keyworker.vocabulary.errors import KeyworkerError, Refused


@dataclass(frozen=True)
class Mark:
    """What a child's page says of who may see the child.

    Takes   restricted, whether only named people may; standing, the opening in an emergency by which alone whoever
            asks sees it.
    """

    restricted: bool = False
    standing: Standing | None = None


@dataclass(frozen=True)
class RestrictedChild:
    """One restricted child for whom whoever asks is named."""

    handle: str
    name: str
    restriction: Restriction


@dataclass(frozen=True)
class Restricting:
    """What is needed to decide about one child.

    Takes   history, every restriction, the latest first; accounts, everybody who signs in today, by name; holding,
            those of them who work with the child, or manage who does.
    """

    history: tuple[Restriction, ...]
    accounts: Mapping[str, Account]
    holding: tuple[Account, ...]

    @property
    def now(self) -> Restriction | None:
        """The restriction that stands."""
        return next((one for one in self.history if one.stands), None)


class AboutRestrictions(Opened):
    """Restricted children: who may see each, and deciding, naming, taking back and lifting."""

    def mark_of(self, child: str) -> Mark:
        """What the page of a child says of who may see the child: it stands beside what is logged as read.

        Raises  NotKnown of a child whom the asker may not see.
        """
        with self._attempt("child"), one_reading(self.connection):
            child_id = self._child_id(child)
            return Mark(child_id in self._restricted().named, self.standing(child_id))

    def restricted_children(self) -> list[RestrictedChild]:
        """The restricted children for whom the asker is named and about whom they may decide, by name."""

        def read() -> list[RestrictedChild]:
            today = self._today
            lens = lens_at(self.connection, today)
            mine = {lens.root(one) for one in self._restricted().named} - {lens.root(one) for one in self.hidden()}
            sight = self.sight(Thing.RESTRICTIONS)
            ids = sorted(one for one in mine if sight.everything or sight.covers(self._place_of_child(one)))
            who = people_of(self.own, lens.of(ids)) if ids else {}
            standing = {one.child_id: one for one in self._history(ids) if one.stands}
            return sorted(
                (RestrictedChild(who[one].handle, who[one].name, standing[one]) for one in ids if one in standing),
                key=lambda one: one.name,
            )

        return self._read("restricted children", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def refusal_to_restrict(self, child: str) -> Refused | None:
        """Why the asker may not decide who sees a child, or None when they may. It serves the button too."""
        place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.RESTRICT, self.asker, place)

    def restricting(self, child: str) -> Restricting:
        """Everything that is needed to decide who sees a child.

        Raises  NotKnown for a child whom the asker may not see; Refused for whoever may not decide.
        """

        def read() -> tuple[Restricting, list[str]]:
            child_id = self._child_id(child)
            require(self.refusal_to_restrict(child))
            accounts = accounts_at(self.connection, self._today)
            found = Restricting(tuple(self._history([child_id])), accounts, self._holding(child_id, accounts))
            return found, list(handles_of(self.connection, HandleKind.CHILD, [child_id]).values())

        return self._read("restricted children", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def restrict(self, child: str, wanted: WantedRestriction) -> None:
        """Decide that only named people may see a child, from now on.

        Raises  NotKnown, Refused as `restricting`; KeyworkerError for what cannot be decided.
        """
        known = self.restricting(child)
        require_none(problems(wanted, known.now, known.accounts))
        today = london_day(self.now)
        restrictions.restrict(self.own, self.asker, self.now, self._root(child), wanted, today)

    def name_for(self, child: str, account: str, reason: str) -> None:
        """Name one more person who may see a restricted child. Raises as `restrict`."""
        known = self.restricting(child)
        standing = _standing(known)
        require_none(naming_problems(standing, account, reason, known.accounts))
        restrictions.name(self.own, self.asker, self.now, standing, account, reason, london_day(self.now))

    def name_no_longer(self, child: str, account: str, why: str) -> None:
        """Take back that somebody is named for a restricted child.

        Raises  as `restrict`; KeyworkerError where nobody who may lift the restriction would be left.
        """
        known = self.restricting(child)
        standing = _standing(known)
        one = next((one for one in standing.may_see if one.account == account), None)
        if one is None:
            raise KeyworkerError("They are not named for this child.", remedy="See who is on the child’s page.")
        require_none(restrictions.reason_problems(why, "they no longer need to see the child"))
        if not self._may_lift(self._root(child), [left for left in standing.may_see if left is not one], known):
            raise KeyworkerError(
                "Then nobody who may lift the restriction would be named.",
                remedy="Name another head of service or director first, or lift the restriction.",
            )
        restrictions.take_back_naming(self.own, self.asker, self.now, one, why, london_day(self.now))

    def lift(self, child: str, why: str) -> None:
        """Lift a restriction. Raises as `restrict`."""
        standing = _standing(self.restricting(child))
        require_none(restrictions.reason_problems(why, "it is lifted"))
        restrictions.lift(self.own, self.asker, self.now, standing, why, london_day(self.now))

    def _root(self, child: str) -> str:
        return lens_at(self.connection, self._today).root(self._child_id(child))

    def _history(self, child_ids: Sequence[str]) -> list[Restriction]:
        lens = lens_at(self.connection, self._today)
        return restrictions_in(self.connection, lens.of(lens.root(one) for one in child_ids)) if child_ids else []

    def _holding(self, child_id: str, accounts: Mapping[str, Account]) -> tuple[Account, ...]:
        found = child_belonging(self.connection, self._today, child_id)
        managers = {self._teams.manager_of.get(team) for team in found.teams}
        return tuple(
            one
            for one in accounts.values()
            if one.worker_id and one.worker_id in {*found.workers, *managers} and one.account != self.asker.account
        )

    def _may_lift(self, child_id: str, named: Sequence[Named], known: Restricting) -> bool:
        """Whether any of some named people may decide about the child, by the roles that they hold today."""
        place = self._place_of_child(child_id)
        for one in named:
            if one.account in known.accounts:
                with suppress(Refused):
                    asker, _ = signed_in(self.connection, one.account, self._today.at, purpose=self.asker.purpose)
                    if sight_of(asker, Thing.RESTRICTIONS).covers(place):
                        return True
        return False


def _standing(known: Restricting) -> Restriction:
    if known.now is None:
        raise KeyworkerError("This child is not restricted.", remedy="Nothing needs to be done.")
    return known.now
