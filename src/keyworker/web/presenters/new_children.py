"""The form of a child whom nobody knows, and the children like it, of whom it must be said whether it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.new_children import BROUGHT, WantedChild, problems
from keyworker.actions.questions.new_children import Like
from keyworker.actions.writing import LONGEST
from keyworker.facts.alike import Described, Why
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.forms import Form, forms
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, FilledIn, of_options
from keyworker.web.words import in_words, sentence, spoken

Said = Mapping[str, str]
NONE = "none"
"""The answer that a child is none of those who are like it."""
_ASKED = {"contact": ("happened_on", "source_code"), "referral": ("from_on", "referral_source_code")}
"""Of what may bring a child, the questions of its own form that are asked here: the day, and from whom."""
_BY = {
    Why.NUMBER: "the same number",
    Why.NAMES: "the same names, or names near them",
    Why.BORN: "a name that is the same or near it, and the day of birth",
}
UNREAD = "Enter a real day, such as 27 March 2026"
CHOOSE = "Say which of these children it is, or that it is none of them"
LEADS_ON = "If it is, you go on to that child’s record, and nothing is written down here."
WHY = "Say why it is none of these children"


def wanted_child(said: Said, number: str) -> WantedChild:
    """The child whom a form means, as far as it can be read."""
    kind = said.get("brought", "")
    one = _form(kind if kind in BROUGHT else BROUGHT[0])
    day, source = _ASKED[one.kind]
    on = day_typed(_typed(said, "on"))
    entry = WantedEntry(number, one, {day: on.isoformat() if on else "", source: _typed(said, "source")})
    return WantedChild(
        number,
        described(said),
        entry,
        address=_typed(said, "address"),
        postcode=_typed(said, "postcode"),
        parent=_typed(said, "parent"),
        relation=_typed(said, "relation"),
        why=_typed(said, "why"),
    )


def described(said: Said) -> Described:
    """The child whom a form describes, as far as it can be read."""
    return Described(
        _typed(said, "forename"),
        _typed(said, "surname"),
        day_typed(_typed(said, "birth_on")),
        day_typed(_typed(said, "expected_on")),
        "".join(_typed(said, "nhs").split()),
    )


def said_of(who: Described) -> dict[str, str]:
    """Who a child is, as the form would say it."""
    days = {"birth_on": who.birth_on, "expected_on": who.expected_on}
    said = {name: day.isoformat() if day else "" for name, day in days.items()}
    return {"forename": who.forename, "surname": who.surname, "nhs": who.number, **said}


def unread_days(said: Said, who: Described) -> dict[str, str]:
    """What is wrong with days that were typed and cannot be read."""
    named = {"birth_on": who.birth_on, "expected_on": who.expected_on}
    return {name: UNREAD for name, day in named.items() if _typed(said, name) and day is None}


def name_fields(said: Said, errors: Said) -> tuple[Field, ...]:
    """What the form asks that corrects who a child is."""
    asked = child_fields(said, errors, of_people=False)[:5]
    hint = f"Such as that the child was born, in {LONGEST} characters or fewer. Whoever may see this child sees it."
    return (*asked, Field("why", "Why is it corrected?", "text", said.get("why", ""), hint, errors.get("why", "")))


def errors_of(said: Said, wanted: WantedChild, today: date) -> dict[str, str]:
    """What is wrong with what was typed, by the field in which it was."""
    found = problems(wanted, today)
    day, source = _ASKED[wanted.form.kind]
    named = {day: "on", source: "source"}
    found = {named.get(name, name): words for name, words in found.items()}
    found |= unread_days(said, wanted.who)
    if said.get("brought") not in BROUGHT:
        found["brought"] = "Say what brings the child here"
    return {name: found[name] for name in _ORDER if name in found}


_ORDER = (
    *("forename", "surname", "birth_on", "expected_on", "nhs", "address", "postcode", "parent", "relation"),
    *("brought", "on", "source", "like", "why"),
)


def child_fields(said: Said, errors: Said, *, of_people: bool) -> tuple[Field, ...]:
    """What the form asks. Takes of_people, whether an address and somebody of the family may be written down too."""

    field = FilledIn(lambda name: said.get(name, ""), errors).field

    relations = tuple(
        Choice(code, words, code == said.get("relation"))
        for code, words in codes("relation").items()
        if code != "child"
    )
    sources = of_options(codes("referral_source", "CIN"), said.get("source"))
    brought = tuple(Choice(one, _form(one).title, one == said.get("brought"), _form(one).says) for one in BROUGHT)
    people = (
        field("address", "Where the child lives, without the postcode", hint="If you know it."),
        field("postcode", "The postcode"),
        field("parent", "A parent, or whoever looks after the child", hint="Their name, if you know it."),
        field("relation", "What they are to the child", "select", choices=relations),
    )
    unborn = "Only of an unborn child, in place of the day of birth."
    return (
        field("forename", "First name", hint="Of an unborn child it may be left empty."),
        field("surname", "Family name", hint="Of an unborn child, the mother’s."),
        field("birth_on", "Day of birth", "date", "Where nobody knows the day, the fifteenth of the month."),
        field("expected_on", "Day on which the birth is expected", "date", unborn),
        field("nhs", "NHS number", hint="If you know it. It finds the child under any name."),
        *(people if of_people else ()),
        field("brought", "What brings the child here?", "radio", choices=brought),
        field("on", "The day on which it reached the council", "date"),
        field("source", "Who told the council", "select", choices=sources),
    )


def like_fields(said: Said, found: Sequence[Like], errors: Said) -> tuple[Field, ...]:
    """What is asked of the children who are like it; nothing where none is shown."""
    if not found:
        return ()
    choices = tuple(
        Choice(
            one.handle,
            f"{one.name}, {f'born {spoken(one.birth_on)}' if one.birth_on else 'no day of birth recorded'}",
            said.get("like") == one.handle,
            sentence(_BY[one.why]),
        )
        for one in found
    )
    none = Choice(NONE, "None of these", said.get("like") == NONE)
    why = f"Only where it is none of them, in {LONGEST} characters or fewer."
    return (
        Field("like", "Is it one of these children?", "radio", "", LEADS_ON, errors.get("like", ""), (*choices, none)),
        Field("why", "Why is it none of these?", "text", said.get("why", ""), why, errors.get("why", "")),
    )


def answer_of_like(said: Said, found: Sequence[Like]) -> tuple[str, dict[str, str]]:
    """Which child it is said to be, by handle, empty for none of them; and what is wrong with what was said.

    Whoever was not shown when it was answered is asked about anew.
    """
    if not found:
        return "", {}
    said_of, shown = said.get("like", ""), said.get("shown", "").split()
    if said_of in {one.handle for one in found}:
        return said_of, {}
    if said_of != NONE or not {one.handle for one in found} <= set(shown):
        return "", {"like": CHOOSE}
    return "", {} if _typed(said, "why") else {"why": WHY}


def like_answer(found: Sequence[Like]) -> str:
    """The page in a sentence."""
    if not found:
        return "Write down a child whom nobody here knows, with the contact or referral that brought them."
    many = len(found) > 1
    return f"{in_words(len(found))} {'children' if many else 'child'} may be the one whom you mean: look first."


def _form(kind: str) -> Form:
    return forms()[kind]


def _typed(said: Said, name: str) -> str:
    return " ".join(said.get(name, "").split())
