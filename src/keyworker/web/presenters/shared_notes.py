"""What the form of a case note asks of brothers and sisters: of whom it is too, and what is about one of them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.hand_answers import LONG
from keyworker.actions.questions.shared_notes import NotedToo
from keyworker.actions.shared_notes import NOTE, WantedNote, too_long
from keyworker.web.presenters.fields import Choice, Field

ALONE = "alone"
_TOO_LONG = f"With what is about one child alone, a note has {LONG:,} characters or fewer"
Said = Mapping[str, str]


def wanted_note(entry: WantedEntry, said: Said, kin: Sequence[NotedToo]) -> WantedNote:
    """The note that a form means: of whoever was chosen, nobody beforehand."""
    of = {one.handle: said.get(f"{ALONE}-{one.handle}", "") for one in kin if said.get(f"of-{one.handle}") == "yes"}
    return WantedNote(entry, said.get(ALONE, "") if of else "", of)


def errors_of(wanted: WantedNote) -> dict[str, str]:
    """What is wrong with it beside what is wrong with the note itself."""
    parts = (wanted.alone, *wanted.of.values())
    return {NOTE: _TOO_LONG} if any(too_long(wanted.entry, one) for one in parts) else {}


def shared_fields(name: str, said: Said, kin: Sequence[NotedToo]) -> tuple[Field, ...]:
    """What is asked of each brother and sister; nothing where there is none of whom one may write."""
    if not kin:
        return ()
    hint = "It goes into this child’s record alone. What is written above goes into the record of each whom you choose."
    fields: list[Field] = []
    for one in kin:
        chosen = said.get(f"of-{one.handle}", "")
        choices = tuple(Choice(code, words, chosen == code) for code, words in (("yes", "Yes"), ("no", "No")))
        fields.append(Field(f"of-{one.handle}", f"Is the note of {one.name} too?", "radio", choices=choices))
        label = f"What is about {one.name} alone"
        fields.append(Field(f"{ALONE}-{one.handle}", label, "textarea", said.get(f"{ALONE}-{one.handle}", ""), hint))
    mine = Field(ALONE, f"If it is of others too: what is about {name} alone", "textarea", said.get(ALONE, ""), hint)
    return (*fields, mine)
