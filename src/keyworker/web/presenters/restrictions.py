"""Who may see a child: the restriction that stands, everybody who is named, and what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from keyworker.actions.questions.restrictions import Mark, RestrictedChild, Restricting
from keyworker.facts.accounts import Account, named_in
from keyworker.facts.restrictions import Named, Restriction
from keyworker.vocabulary.codes import codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_instant

RESTRICTED = "Only people who are named may see this child. To everybody else there is no such child here."


def kinds() -> list[tuple[str, str]]:
    """What makes a restriction needed: each code with its words."""
    return [(code, label) for code, label in codes("restriction_kind").items()]


def marks(mark: Mark) -> list[str]:
    """What stands at the head of a child's pages, in words; nothing for a child like any other."""
    said = []
    if mark.standing:
        said.append(
            f"You opened this record in an emergency on {spoken_instant(mark.standing.opened_at)}. It closes on "
            f"{spoken_instant(mark.standing.until_at)}, and is reviewed. You wrote: {mark.standing.reason}"
        )
    if mark.restricted:
        said.append(RESTRICTED)
    return said


def named_table(now: Restriction, accounts: Mapping[str, Account], no_longer: Callable[[Named], str]) -> Table:
    """Everybody who may see the child. Takes no_longer, the address by which a naming is taken back."""
    return Table(
        "named",
        "Who may see this child",
        heads("Who", "Named by", "Why", "Since"),
        tuple(
            (
                Cell(
                    named_in(accounts, one.account),
                    notes=(one.account, *([] if one.account in accounts else ["holds no role here today"])),
                ),
                Cell(named_in(accounts, one.named_by)),
                Cell(one.reason),
                Cell("Take it back", no_longer(one), notes=(f"since {spoken(one.from_on)}",)),
            )
            for one in now.may_see
        ),
        "Nobody is named, so nobody sees this child but in an emergency.",
    )


def history_table(history: Sequence[Restriction], accounts: Mapping[str, Account]) -> Table:
    """What was decided before, and who was named and is no longer."""
    rows = [
        (
            Cell(spoken(one.from_on)),
            Cell(f"Restricted ({one.kind})", notes=(one.reason, f"by {named_in(accounts, one.decided_by)}")),
            Cell(spoken(one.to_on), notes=(f"by {named_in(accounts, one.lifted_by or '')}", one.lifted_why or "")),
        )
        for one in history
        if one.to_on
    ]
    rows += [
        (
            Cell(spoken(one.from_on)),
            Cell(f"{named_in(accounts, one.account)} was named", notes=(one.reason,)),
            Cell(spoken(one.to_on), notes=(f"by {named_in(accounts, one.ended_by or '')}", one.ended_why or "")),
        )
        for restriction in history
        for one in restriction.named
        if one.to_on
    ]
    return Table(
        "before",
        "What no longer holds",
        heads("From", "What", "Until"),
        tuple(rows),
        "Nothing was taken back.",
        folded=True,
    )


def answer(name: str, found: Restricting) -> str:
    """Whether the child is restricted, in a sentence."""
    if found.now is None:
        return f"{name} is not restricted: whoever the table of who may see what lets in may see the child."
    many = plural(len(found.now.may_see), "named person", "named people")
    return f"Since {spoken(found.now.from_on)} only {many} may see {name}, because: {found.now.reason}"


def restricted_table(rows: Sequence[RestrictedChild], child: Callable[[str], str]) -> Table:
    """The restricted children for whom whoever asks is named."""
    return Table(
        "children",
        "Restricted children for whom you are named",
        heads("Child", "What makes it needed", "Since", "Who may see"),
        tuple(
            (
                Cell(one.name, child(one.handle)),
                Cell(sentence(one.restriction.kind), notes=(one.restriction.reason,)),
                Cell(spoken(one.restriction.from_on)),
                Cell(plural(len(one.restriction.may_see), "person", "people")),
            )
            for one in rows
        ),
        "You are named for no restricted child.",
    )
