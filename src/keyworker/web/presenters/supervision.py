"""Notes of personal supervision for whoever may read them, as a page, and the form in which one is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.actions.supervision_notes import WantedNote
from keyworker.facts.supervision_notes import Note, OpenedNotes, Pair
from keyworker.web.moments import day_typed
from keyworker.web.words import plural, spoken, spoken_instant

OPEN_TO = (
    "A note opens to the two who held the supervision, and to whoever supervises the supervisor on the day of looking. "
    "It opens to nobody else, however senior, nor to whoever keeps this system, nor to cover. A past supervisor keeps "
    "the notes of what they held. A new one sees earlier notes only where the worker opens them."
)
NOT_HERE = (
    "Case supervision, what is decided for a child, belongs on the child’s record and not here. "
    "Why somebody was away is written nowhere in Keyworker: leave it out."
)


@dataclass(frozen=True)
class NoteShown:
    """One note: what it is of, its words as paragraphs, who wrote it, and where the worker stands to it.

    Takes   may_answer and may_withdraw, whether the reader may.
    """

    note_id: str
    heading: str
    paragraphs: tuple[str, ...]
    written: str
    stands: str
    answer: str
    may_answer: bool
    may_withdraw: bool


@dataclass(frozen=True)
class WriteWay:
    """With whom a note may be written. Takes handle, the other's; as_worker, whether the asker is the supervised."""

    says: str
    handle: str
    as_worker: bool


@dataclass(frozen=True)
class OpeningShown:
    """A supervisor of the asker's and whether earlier notes are open to them: by which number, empty where not."""

    name: str
    handle: str
    opening_id: str
    says: str


@dataclass(frozen=True)
class SupervisionPage:
    """The whole page."""

    answer: str
    notes: tuple[NoteShown, ...]
    ways: tuple[WriteWay, ...]
    openings: tuple[OpeningShown, ...]
    opened_to_me: tuple[str, ...]
    deputies: tuple[str, ...]
    rules: tuple[str, ...] = (OPEN_TO, NOT_HERE)


def supervision_page(found: SupervisionNotes) -> SupervisionPage:
    """The notes that somebody may read, with whom they may write one, and to whom they opened earlier ones."""
    return SupervisionPage(
        _answer(found),
        tuple(_note(one, found.me) for one in found.notes),
        tuple(_way(one, found.me) for one in _each_once(found.pairs)),
        tuple(
            _opening(one, found)
            for one in _each_once([one for one in found.pairs if one.is_now])
            if one.worker.worker_id == found.me
        ),
        tuple(
            f"{one.worker.name} has opened earlier notes to you, since {spoken(one.from_on)}."
            for one in found.openings
            if one.supervisor.worker_id == found.me
        ),
        tuple(_deputy(one, found.me) for one in found.pairs if one.why and one.is_now),
    )


def _each_once(pairs: Sequence[Pair]) -> list[Pair]:
    """A pair once, whether it is of a usual line, of a deputy or of both."""
    return list({(one.worker.worker_id, one.supervisor.worker_id): one for one in reversed(pairs)}.values())[::-1]


def _deputy(one: Pair, me: str) -> str:
    """Who holds a supervision now in another's place, since when, until when and why."""
    since = f" since {spoken(one.from_on)}" if one.from_on else ""
    until = f", until {spoken(one.to_on - timedelta(days=1))}" if one.to_on else ""
    why = {"away": "the supervisor is away", "vacant": "the supervisor’s post is vacant"}.get(one.why, "")
    if one.worker.worker_id == me:
        return f"{one.supervisor.name} holds your supervision as a deputy{since}{until}: {why}."
    return f"You hold the supervision of {one.worker.name} as a deputy{since}{until}: {why}."


def waits(found: SupervisionNotes) -> list[Note]:
    """The notes of the asker's own supervision with which they have not yet said whether they agree."""
    return [one for one in found.notes if _is_mine(one, found.me) and one.agreed is None and not one.withdrawn_on]


def _answer(found: SupervisionNotes) -> str:
    if not found.notes:
        return "No note of a personal supervision is yours to read."
    first = f"{plural(len(found.notes), 'note')} of personal supervision {'is' if len(found.notes) == 1 else 'are'} "
    waiting = len(waits(found))
    second = (
        f" {plural(waiting, 'note')} of yours {'waits' if waiting == 1 else 'wait'} for you to say whether you agree."
    )
    return f"{first}yours to read.{second if waiting else ''}"


def _is_mine(one: Note, me: str) -> bool:
    return one.worker.worker_id == me


def _note(one: Note, me: str) -> NoteShown:
    wrote = one.written_by.worker_id == me
    stands = one.withdrawn_on is None
    return NoteShown(
        one.note_id,
        f"{spoken(one.happened_on)}: {_who(one.worker.name, _is_mine(one, me))} with "
        f"{_who(one.supervisor.name, one.supervisor.worker_id == me, object=True)}",
        tuple(filter(None, (line.strip() for line in one.note.splitlines()))),
        f"Written by {_who(one.written_by.name, wrote, object=True)}, {spoken_instant(one.written_at)}.",
        _stands(one, me),
        one.answer,
        may_answer=stands and _is_mine(one, me) and not wrote,
        may_withdraw=stands and wrote,
    )


def _who(name: str, is_me: bool, *, object: bool = False) -> str:
    return ("you" if object else "You") if is_me else name


def _stands(one: Note, me: str) -> str:
    if one.withdrawn_on is not None:
        return f"Withdrawn on {spoken(one.withdrawn_on)}: {one.withdrawn_why}"
    who, have = ("You", "have") if _is_mine(one, me) else (one.worker.name, "has")
    if one.agreed is None or one.answered_on is None:
        return f"{who} {have} not yet said whether {'you' if _is_mine(one, me) else 'they'} agree."
    on = spoken(one.answered_on)
    return f"{who} agreed with it on {on}." if one.agreed else f"{who} did not agree with all of it, on {on}."


def _way(one: Pair, me: str) -> WriteWay:
    as_worker = one.worker.worker_id == me
    other = one.supervisor if as_worker else one.worker
    says = f"Your own supervision with {other.name}" if as_worker else f"The supervision of {other.name} by you"
    return WriteWay(says, other.handle, as_worker)


def _opening(one: Pair, found: SupervisionNotes) -> OpeningShown:
    is_open: OpenedNotes | None = next(
        (
            other
            for other in found.openings
            if other.worker.worker_id == found.me and other.supervisor.worker_id == one.supervisor.worker_id
        ),
        None,
    )
    name = one.supervisor.name
    if is_open is None:
        return OpeningShown(
            name, one.supervisor.handle, "", f"{name} sees only the notes of what they held themselves."
        )
    return OpeningShown(
        name,
        one.supervisor.handle,
        is_open.opening_id,
        f"{name} also sees the notes of what others held, since {spoken(is_open.from_on)}, while they supervise you.",
    )


@dataclass(frozen=True)
class TypedNote:
    """What was typed into the form, kept whatever is wrong with it."""

    note_id: str
    happened_on: str
    note: str

    @classmethod
    def of(cls, said: Mapping[str, str], note_id: str) -> TypedNote:
        """What a form says. Takes note_id, which stands where it says no number yet."""
        return cls(
            said.get("note_id", "") or note_id, said.get("happened_on", "").strip(), said.get("note", "").strip()
        )

    def wanted(self, pair: Pair) -> WantedNote:
        """The note that it means, as far as it can be read."""
        return WantedNote(
            self.note_id, pair.worker.worker_id, pair.supervisor.worker_id, day_typed(self.happened_on), self.note
        )
