"""Made-up direct work: a drawing that may be opened, one that may not any more, one of which nothing is attached."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from PIL import Image

from keyworker.actions.questions.direct_work import Lacking
from keyworker.facts.direct_work import NOT_SHOWN, SHOWN, DirectWork, Mentioned

DRAWN = DirectWork(
    work_id="a" * 32,
    child_id="C00001",
    visit_id=f"{'d' * 32}-1",
    happened_on=date(2026, 11, 20),
    kind="drawing",
    purpose="To say what home is like.",
    need="To be heard",
    changed="I <b>sleep</b> now.",
    agreement=SHOWN,
    agreed_on=date(2026, 11, 20),
    media="image/png",
    bytes=2_500,
    worker_id="W0004",
    written_by="ash",
    written_at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
    entry_id=41,
)
WORK = [
    DRAWN,
    replace(DRAWN, work_id="b" * 32, agreement=NOT_SHOWN, agreed_on=date(2026, 11, 21)),
    replace(DRAWN, work_id="c" * 32, media=None, bytes=None, changed=None, need=None),
]
LACKING = Lacking(Mentioned("C00001", f"{'d' * 32}-1", date(2026, 11, 20), "sorrel"), "Ashby Testwood", f"ch{1:022}")


def picture(form: str = "PNG", size: tuple[int, int] = (8, 6), **more: object) -> bytes:
    """A small picture as a file."""
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, format=form, **more)  # type: ignore[arg-type]
    return written.getvalue()
