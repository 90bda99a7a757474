"""Notes of personal supervision of made-up workers, as Sorrel reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.facts.supervision_notes import Note, OpenedNotes, Pair
from tests.web.fictional import worker

SORREL, TEASEL, BRIAR, OLD = (
    worker(),
    worker("Teasel Pretend", 2),
    worker("Briar Invented", 3),
    worker("Yarrow Past", 5),
)
WAITS, MINE, GONE, OPENING = "a" * 32, "b" * 32, "c" * 32, "d" * 32


def note(note_id: str = WAITS, **also: Any) -> Note:
    said = {
        "worker": SORREL,
        "supervisor": TEASEL,
        "happened_on": date(2026, 11, 16),
        "note": "Made-up words: the load is heavy.\nA rest is planned for December.",
        "written_by": TEASEL,
        "written_at": datetime(2026, 11, 17, 9, 5, tzinfo=UTC),
        "agreed": None,
        "answered_on": None,
        "answer": "",
        "withdrawn_on": None,
        "withdrawn_why": "",
        "entry_id": 1,
    }
    return Note(note_id, **said | also)


def notes() -> SupervisionNotes:
    """One that waits for Sorrel, one that she wrote of Briar's, one that was withdrawn; she has an old supervisor."""
    return SupervisionNotes(
        SORREL.worker_id,
        (
            note(),
            note(
                MINE,
                worker=BRIAR,
                supervisor=SORREL,
                written_by=SORREL,
                agreed=False,
                answered_on=date(2026, 11, 18),
                answer="I said Tuesdays.",
            ),
            note(GONE, supervisor=OLD, note="", withdrawn_on=date(2026, 11, 2), withdrawn_why="Of another worker."),
        ),
        (Pair(SORREL, TEASEL, True), Pair(BRIAR, SORREL, True), Pair(SORREL, OLD, False)),
    )


def opened() -> OpenedNotes:
    """Sorrel opened her earlier notes to Teasel."""
    return OpenedNotes(OPENING, SORREL, TEASEL, date(2026, 11, 20), 9)
