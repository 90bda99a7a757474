"""Tables that stay: no file, no loader, no snapshot and no whole table has to do with them."""

from __future__ import annotations

import pytest

from keyworker.intake.headings import of_pack
from keyworker.record.connect import DatabaseRole
from keyworker.record.described import grants
from keyworker.vocabulary import TABLES
from tests.servers.started import Database

STAYING = sorted(name for name, table in TABLES.items() if table.stays)


STAYS = {
    "broken_glass",
    "copy_for_outside",
    "cover_decision",
    "direct_work",
    "erasure_asked",
    "load_challenge",
    "lone_visit",
    "new_child",
    "not_to_be_told",
    "case_note",
    "consultation",
    "chairing",
    "changed_why",
    "own_words",
    "post_change",
    "registration",
    "disclosure_check",
    "practice_observation",
    "staff_change",
    "relationship",
    "restriction",
    "restriction_named",
    "time_asked",
    "told_to_agency",
    "warning_review",
    "supervision_note",
    "supervision_opening",
}


def test_who_may_see_a_child_who_must_not_be_told_and_notes_of_supervision_stay() -> None:
    assert set(STAYING) == STAYS


@pytest.mark.parametrize("name", STAYING)
def test_a_file_with_the_headings_of_a_table_that_stays_is_not_taken_for_it(name: str) -> None:
    assert of_pack(tuple(TABLES[name].column_names), f"{name}.csv") is None


@pytest.mark.parametrize("name", STAYING)
@pytest.mark.parametrize("role", ["keyworker_loader", "keyworker_snapshot"])
def test_neither_the_loader_nor_the_snapshot_role_may_read_or_write_a_table_that_stays(
    name: str, role: str, database: Database
) -> None:
    asked = "select has_any_column_privilege(%s, %s, 'select, insert, update')"
    with database.connect(DatabaseRole.OWNER) as owner:
        assert owner.execute(asked, (role, f"record.{name}")).fetchone() == (False,)
        assert owner.execute(asked, (role, "record.person")).fetchone() == (True,)


def test_a_table_that_stays_is_written_by_the_application() -> None:
    granted = " ".join(grants(TABLES["restriction"]))
    assert "keyworker_application" in granted
