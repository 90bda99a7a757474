"""What somebody has begun to write: theirs alone, sealed, for so many days, nothing of two windows lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from keyworker.access import Door
from keyworker.actions import Keyworker
from keyworker.actions.drafts import LONGEST, MOST, WantedDraft
from keyworker.actions.questions.needs import Need, Needing
from keyworker.actions.sign_ins import signed_in
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError
from tests.access.made import NOW, TODAY, setting, told
from tests.servers.asking import asking
from tests.servers.started import Database, Server

PAGE = "/child/aaaaaaaaaaaa/visits/new"
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    """The made-up service, in which a draft is kept for three days."""
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, setting=[setting("days a draft is kept", "3")])
    yield made
    embedded_server.drop(made)


@pytest.fixture
def opens(record: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opens]:
    home = tmp_path_factory.mktemp("key")
    yield Opens(record, home)
    with record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        owner.execute("truncate begun.draft")


class Opens:
    """The record as somebody who has signed in opens it."""

    def __init__(self, record: Database, home: Path) -> None:
        self.record, self.home = record, home

    def __call__(self, account: str = "social.worker", after: timedelta = timedelta()) -> Keyworker:
        with self.record.connect(DatabaseRole.SERVICE, autocommit=True) as service:
            asker, _ = signed_in(service, account, TODAY, purpose="test", door=Door.PAGE)
            return asking(asker, service, NOW + after, self.home)


def typed(words: str = "Wants to swim.", tab: str = "a" * 32, **more: object) -> WantedDraft:
    return WantedDraft(PAGE, {"words": words}, tab=tab, **more)  # type: ignore[arg-type]


def test_what_is_begun_is_its_writers_alone_and_the_database_itself_shows_it_to_nobody_else(opens: Opens) -> None:
    number = opens().keep_draft(typed()).draft.draft_id
    assert [(one.address, dict(one.said)) for one in opens().drafts()] == [(PAGE, {"words": "Wants to swim."})]
    for other in ("director", "performance.analyst"):
        theirs = opens(other)
        assert theirs.drafts() == [] and theirs.drafts_of(PAGE) == []
        assert theirs.forget_drafts([number]) == 0
        assert theirs.own.execute("select count(*) from begun.draft").fetchone() == (0,)
    assert len(opens().drafts()) == 1
    for role in (DatabaseRole.SERVICE, DatabaseRole.LOADER, DatabaseRole.SNAPSHOT, DatabaseRole.DOOR):
        with opens.record.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select from begun.draft")


def test_nobody_keeps_a_draft_as_somebody_else(opens: Opens) -> None:
    own = opens().own
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute(
            "insert into begun.draft values (%s, 'director', '/', '', %s, 'k', now(), now())", ("1" * 32, b"x" * 40)
        )


def test_the_database_holds_no_word_of_it_and_another_key_opens_nothing(
    opens: Opens, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opens().keep_draft(typed("Wants to swim."))
    with opens.record.connect(DatabaseRole.OWNER) as owner:
        (sealed,) = owner.execute("select sealed from begun.draft").fetchall()
    assert b"swim" not in bytes(sealed[0])
    opens.home = tmp_path_factory.mktemp("another key")
    assert [dict(one.said) for one in opens().drafts()] == [{}], "it is listed, and says that it does not open"


def test_a_draft_ends_after_the_councils_days_and_is_taken_away_when_something_else_is_kept(opens: Opens) -> None:
    kept = opens().keep_draft(typed())
    assert kept.draft.until == NOW + timedelta(days=3)
    assert len(opens(after=timedelta(days=3) - MINUTE).drafts()) == 1
    assert opens(after=timedelta(days=3)).drafts() == []
    opens("director", timedelta(days=3)).keep_draft(typed())
    with opens.record.connect(DatabaseRole.OWNER) as owner:
        assert owner.execute("select account from begun.draft").fetchall() == [("director",)]


def test_a_window_keeps_over_what_it_kept_itself_or_went_on_with(opens: Opens) -> None:
    first = opens().keep_draft(typed("One."))
    again = opens(after=MINUTE).keep_draft(typed("Two."))
    assert again.draft.draft_id == first.draft.draft_id and again.others == ()
    # Another window goes on with it: it was shown what stands.
    went_on = typed("Three.", "b" * 32, draft_id=first.draft.draft_id, seen_at=NOW + MINUTE)
    assert opens(after=2 * MINUTE).keep_draft(went_on).draft.draft_id == first.draft.draft_id
    assert [one.said["words"] for one in opens().drafts()] == ["Three."]


def test_what_two_windows_type_is_both_kept_and_the_later_one_is_told_of_the_other(opens: Opens) -> None:
    first = opens().keep_draft(typed("One."))
    number = first.draft.draft_id
    later = typed("Later.", "b" * 32, draft_id=number, seen_at=NOW)
    opens(after=MINUTE).keep_draft(typed("One, and more."))
    told = opens(after=2 * MINUTE).keep_draft(later)
    assert told.draft.draft_id != number
    assert [one.said["words"] for one in told.others] == ["One, and more."]
    assert {one.said["words"] for one in opens().drafts()} == {"One, and more.", "Later."}
    # The first is told too, at its next keeping, and then no more.
    back = opens(after=3 * MINUTE).keep_draft(typed("One, and more still.", seen_at=NOW + MINUTE))
    assert [one.said["words"] for one in back.others] == ["Later."]
    assert opens(after=4 * MINUTE).keep_draft(typed("And.", seen_at=NOW + 3 * MINUTE)).others == ()


def test_what_no_form_asks_for_is_not_kept(opens: Opens) -> None:
    with pytest.raises(KeyworkerError, match="too long"):
        opens().keep_draft(typed("x" * (LONGEST + 1)))
    keyworker = opens()
    for tab in range(MOST):
        keyworker.keep_draft(typed(tab=f"{tab:032}"))
    with pytest.raises(KeyworkerError, match=f"begun {MOST} forms"):
        keyworker.keep_draft(typed(tab="f" * 32))
    with pytest.raises(KeyworkerError, match=f"begun {MOST} forms"):
        keyworker.keep_draft(typed(tab="f" * 32, draft_id="0x1"))
    keyworker.keep_draft(typed("More.", tab=f"{1:032}"))
    assert len(keyworker.drafts()) == MOST, "what stands already is kept over, and no more is kept beside it"


def test_what_needs_somebody_says_how_many_forms_they_began_last_of_all(opens: Opens) -> None:
    assert Need.BEGUN not in [one.what for one in opens().needs_me()]
    opens().keep_draft(typed())
    assert opens().needs_me()[-1] == Needing(Need.BEGUN, 1)
    assert Need.BEGUN not in [one.what for one in opens("director").needs_me()]


def test_a_draft_is_no_part_of_the_record(opens: Opens) -> None:
    with opens.record.connect(DatabaseRole.OWNER, autocommit=True) as owner:
        acts = owner.execute("select max(act_id) from record.act").fetchone()
        opens().keep_draft(typed())
        assert owner.execute("select max(act_id) from record.act").fetchone() == acts
