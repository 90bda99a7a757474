"""Made-up words of a child and a mother: what the child said, whom the child trusts, and a plan the mother disputes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.own_words import Said
from keyworker.facts.own_words import NOT_AGREED, TRUSTED, WORDS, Beside, EntryOf, OwnWords

CHILDS = OwnWords(
    words_id="a" * 32,
    child_id="C00001",
    happened_on=date(2026, 11, 20),
    kind=WORDS,
    said_by="child",
    person=None,
    words="I want <b>Maple</b> back.",
    trusts=None,
    in_table=None,
    row_number=None,
    entry_on=None,
    worker_id="W0004",
    taken_back_on=None,
    taken_back_words=None,
    written_by="sorrel",
    written_at=datetime(2026, 11, 20, 16, 5, tzinfo=UTC),
    taken_back_at=None,
    entry_id=31,
)
TRUSTS = replace(CHILDS, words_id="b" * 32, kind=TRUSTED, words=None, trusts="Nan Testwood, my nan", entry_id=32)
MOTHERS = replace(
    CHILDS,
    words_id="c" * 32,
    kind=NOT_AGREED,
    said_by="mother",
    person="Mary Unreal",
    words="It was never neglect.",
    in_table="cp_plans",
    row_number="p1",
    entry_on=date(2025, 5, 1),
    written_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
    entry_id=33,
)
TAKEN_BACK = replace(
    MOTHERS,
    words_id="d" * 32,
    in_table="cp_visits",
    row_number="v1",
    entry_on=date(2026, 10, 23),
    words="Nobody came.",
    taken_back_on=date(2026, 11, 22),
    taken_back_words="She did come.",
    taken_back_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
    entry_id=34,
)
VISIT_ENTRY = 12
"""The entry of a visit that was written down here: of `made_visits`, the first."""
SAID = Said(
    (CHILDS, TRUSTS, MOTHERS, TAKEN_BACK),
    Beside({VISIT_ENTRY: (TAKEN_BACK,)}, (("cp_plans", date(2025, 5, 1), "", MOTHERS),)),
)
ENTRIES = [
    EntryOf(12, "cp_visits", "v1", date(2026, 10, 23), "Visit under a child protection plan"),
    EntryOf(502, "cp_plans", "p1", date(2025, 5, 1), "Child protection plan"),
    EntryOf(503, "person", "", None, "Child"),
]
