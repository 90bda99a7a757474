"""Going alone to a visit: the form, who is out now, and saying that somebody is back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keyworker.actions.lone_visits import WantedAlone
from keyworker.actions.questions.lone_visits import Alone, LoneTold
from keyworker.actions.writing import LONGEST
from keyworker.web.presenters.fields import Field, of_workers, worker_meant
from keyworker.web.presenters.planned_visits import when
from keyworker.web.presenters.visits import time_typed
from keyworker.web.words import plural, sentence, spoken

NOT_TOLD = (
    "Whoever you name, and whoever manages the team, sees in Keyworker that you are out, and first of all once the "
    "time has passed. Keyworker rings nobody and does not know where you are. With no signal nobody is told anything: "
    "if you cannot say here that you are back, ring whoever you named."
)
NOBODY = (
    "Nobody of the child’s team who sees this child signs in to Keyworker, so nobody can be told here. Before you go, "
    "tell somebody by telephone."
)


@dataclass(frozen=True)
class Out:
    """One who is out alone, as the list tells of them. Takes end, where it is said how it ended."""

    heading: str
    says: str
    end: str
    is_own: bool
    is_late: bool


def answer_new(found: Alone) -> str:
    """Which visit it is, in a sentence."""
    return f"You are to visit {found.name}, {when(found.plan)}. Say by when you mean to be back, and who is told."


def typed_alone(said: Mapping[str, str], number: str, found: Alone) -> WantedAlone:
    """What a form says, as far as it can be read."""
    told = worker_meant(found.may_tell, said.get("told", ""))
    return WantedAlone(number, time_typed(said.get("back_by", "").strip()), told)


def fields_new(said: Mapping[str, str], found: Alone, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What the form asks; before anything is typed, what stands already."""
    stands = found.stands
    back_by = said.get("back_by", f"{stands.back_by:%H:%M}" if stands else "")
    named = next((one.handle for one in found.may_tell if stands and one.worker_id == stands.told_id), "")
    chosen = said.get("told", named)
    who = of_workers(found.may_tell, chosen)
    return (
        Field("back_by", "Back by", "time", back_by, "Such as 17:30.", errors.get("back_by", "")),
        Field("told", "Who is told if you are not", "select", error=errors.get("told", ""), choices=who),
    )


def answer(found: Sequence[LoneTold]) -> str:
    """Who is not back, else who is out, in a sentence."""
    late = [one for one in found if one.is_late and not one.is_own]
    if late:
        first = late[0]
        who = first.who.name if first.who else "Somebody"
        more = f" {sentence(plural(len(late) - 1, 'other is', 'others are'))} not back either." if len(late) > 1 else ""
        return f"{who} is not back by {_by(first)}, and nobody has said that they are safe.{more}"
    if not found:
        return "Nobody is out alone for whom you wait, and you are not."
    if all(one.is_own for one in found):
        return f"You said that you are back by {_by(found[0])}."
    return f"{sentence(plural(len(found), 'visit alone', 'visits alone'))} not ended yet; nobody is past their time."


def _by(one: LoneTold) -> str:
    return f"{one.visit.back_by:%H:%M} on {spoken(one.visit.happened_on)}"


def out(found: Sequence[LoneTold], end: Callable[[str], str], *, named: bool = True) -> list[Out]:
    """Each who is out, those past their time first.

    Takes   end, from a number to where it is said how it ended; named, whether child and worker are named.
    """
    return [
        Out(
            f"{'You' if one.is_own else one.who.name if one.who else 'Somebody'}: back by {_by(one)}",
            (_whom(one) if named else "") + (" The time has passed." if one.is_late else ""),
            end(one.visit.lone_id),
            one.is_own,
            one.is_late,
        )
        for one in found
    ]


def _whom(one: LoneTold) -> str:
    return f"Visits {one.name}. Told is {one.told.name if one.told else 'nobody whom the record names'}."


def fields_reached(says: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked of whoever reached somebody."""
    hint = f"Who spoke to them, and when. In {LONGEST} characters or fewer."
    return (Field("says", "How do you know that they are safe?", "textarea", says, hint, errors.get("says", "")),)
