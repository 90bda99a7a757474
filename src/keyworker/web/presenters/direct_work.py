"""Direct work with a child: the list, the form, and the visits at which something is mentioned and not attached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from keyworker.actions.direct_work import LONG, MAY_BE_ATTACHED, WantedWork, problems
from keyworker.actions.questions.direct_work import Lacking
from keyworker.actions.writing import LONGEST
from keyworker.facts.direct_work import SHOWN, WORKER_ALONE, DirectWork
from keyworker.intake.attached import MOST_BYTES
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_instant

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "audio/wav": "wav"}
AGREES = {
    SHOWN: "May be opened by whoever works with the child",
    WORKER_ALONE: "May be opened only by the worker who attached it",
}


def answer(name: str, found: Sequence[DirectWork]) -> str:
    """The list in a sentence."""
    if not found:
        return f"No direct work with {name} is written down."
    attached = sum(one.media is not None for one in found)
    return f"{sentence(plural(len(found), 'piece'))} of direct work with {name}; {attached or 'none'} attached."


def work_table(
    found: Sequence[DirectWork],
    account: str,
    to_open: Callable[[DirectWork], str],
    to_agree: Callable[[DirectWork], str],
) -> Table:
    """Direct work with a child, the latest first. Takes account, of whoever looks; to_open and to_agree, addresses."""
    return Table(
        "direct-work",
        "What came of it",
        heads("Visit", "What", "What changed, in the child’s words", "What the child agrees to", "Written down"),
        tuple(_row(one, account, to_open(one), to_agree(one)) for one in found),
        "Direct work is attached from the page of a visit that was recorded here.",
    )


def _row(one: DirectWork, account: str, to_open: str, to_agree: str) -> tuple[Cell, ...]:
    about = (f"What for: {one.purpose}", *((f"Need: {one.need}",) if one.need else ()))
    what = codes("direct_work_kind").get(one.kind, one.kind)
    held = "Nothing is attached" if one.media is None else f"{(one.bytes or 0) // 1024 + 1} KB"
    opens = to_open if one.opens_to(account) else ""
    agrees = f"{AGREES.get(one.agreement, 'Nobody opens it any more')}, said on {spoken(one.agreed_on)}"
    return (
        Cell(spoken(one.happened_on)),
        Cell(f"Open: {what}" if opens else what, opens, (*about, held)),
        Cell(f"“{one.changed}”" if one.changed else "Not written down", tone="" if one.changed else "quiet"),
        Cell("The child says otherwise", to_agree, (agrees,)),
        Cell(spoken_instant(one.written_at), notes=(f"by {one.written_by}",)),
    )


@dataclass(frozen=True)
class TypedWork:
    """What was typed into the form, kept whatever is wrong with it; a chosen file must be chosen again."""

    work_id: str
    kind: str
    purpose: str
    need: str
    changed: str
    agreement: str
    agreed_on: str

    @classmethod
    def of(cls, said: Mapping[str, str], work_id: str, visited_on: date) -> TypedWork:
        """What a form says. Takes work_id and visited_on, where it says nothing of them yet."""
        typed = {one.name: said.get(one.name, "").strip() for one in fields(cls)}
        on = said.get("agreed_on", visited_on.isoformat()).strip()
        return cls(**{**typed, "work_id": typed["work_id"] or work_id, "agreed_on": on})

    def wanted(self, content: bytes | None) -> WantedWork:
        """What it means. Takes content, the file that was chosen."""
        return WantedWork(
            self.work_id,
            self.kind,
            self.purpose,
            self.agreement,
            day_typed(self.agreed_on),
            self.need,
            self.changed,
            content,
        )

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return problems(self.wanted(None), today)


def form_fields(typed: TypedWork, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of the form, in the order in which they are asked."""

    def field(name: str, label: str, kind: str, hint: str = "", choices: tuple[Choice, ...] = ()) -> Field:
        return Field(name, label, kind, getattr(typed, name, ""), hint, errors.get(name, ""), choices)

    return (
        field("kind", "What came of it?", "radio", choices=_choices("direct_work_kind", typed.kind)),
        field("purpose", "What was it for?", "text", f"In {LONGEST} characters or fewer."),
        field("need", "Which need of the child did it serve?", "text"),
        field("changed", "What changed, in the child’s own words?", "textarea", f"In {LONG:,} characters or fewer."),
        field(
            "agreement",
            "What does the child agree to?",
            "radio",
            "Ask the child. What the child does not agree to is not attached.",
            _choices("direct_work_agreement", typed.agreement, MAY_BE_ATTACHED),
        ),
        field("agreed_on", "The day on which the child said so", "date"),
        field(
            "file",
            "The photo, drawing or recording",
            "file",
            f"JPEG, PNG or WAV, up to {MOST_BYTES // 1024 // 1024} MB. It is written anew, so that no place, device or "
            "name comes with it, and sealed. Nothing needs to be chosen yet.",
        ),
    )


def agreement_fields(among: Sequence[str], agreement: str, on: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked when the child says otherwise. Takes among, what this person may write down."""
    choices = _choices("direct_work_agreement", agreement, among)
    return (
        Field(
            "agreement",
            "What does the child agree to now?",
            "radio",
            hint="That more people may open it, only whoever attached it writes down.",
            error=errors.get("agreement", ""),
            choices=choices,
        ),
        Field("agreed_on", "The day on which the child said so", "date", on, error=errors.get("agreed_on", "")),
    )


def _choices(name: str, chosen: str, among: Sequence[str] = ()) -> tuple[Choice, ...]:
    return tuple(Choice(code, says, code == chosen) for code, says in codes(name).items() if not among or code in among)


def lacking_answer(found: Sequence[Lacking]) -> str:
    """The visits at which something is mentioned and not attached, in a sentence."""
    if not found:
        return "Wherever a visit of the last three months mentions direct work, something of it is attached."
    count = sentence(plural(len(found), "visit mentions", "visits mention"))
    return f"{count} direct work, and nothing of it is attached."


def lacking_table(found: Sequence[Lacking], visit: Callable[[Lacking], str]) -> Table:
    """The visits at which something is mentioned and not attached, the latest first. Takes visit, its address."""
    return Table(
        "nothing-attached",
        "Mentioned, and nothing attached",
        heads("Child", "Visit", "Written down by"),
        tuple(
            (
                Cell(one.name),
                Cell(spoken(one.one.happened_on), visit(one)),
                Cell(one.one.written_by),
            )
            for one in found
        ),
        "Nothing is mentioned that is not attached.",
        note="Found by words such as drawing, photo or worksheet. What was said in other words is not found.",
    )
