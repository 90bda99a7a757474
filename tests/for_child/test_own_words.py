"""What a child or a parent says, through the real door, on the service of the access tests. Today is 20 March 2026.

The child `own` is with Pat, by whom the social worker signs in, and on a plan from 5 January 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from keyworker.actions.for_child import Asks
from keyworker.actions.own_words import WantedWords, problems
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import NOT_AGREED, TRUSTED, WORDS, EntryOf
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import NOW, TODAY, told
from tests.access.restricting import handle, opened
from tests.servers.started import Database, Server

BEGAN = date(2026, 1, 5)
SEEN = {"cp_visit_id": "v1", "child_id": "own", "happened_on": date(2026, 3, 2), "seen": True, "worker_id": "pat"}
SAID = WantedWords("1" * 32, date(2026, 3, 19), WORDS, "child", words="I want to stay at my school.")


@pytest.fixture(scope="module")
def record(embedded_server: Server) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader, cp_visits=[SEEN])
    yield made
    embedded_server.drop(made)


def test_a_worker_writes_down_what_a_child_says_and_it_stands_with_both_times_on_the_childs_own_page(
    record: Database,
) -> None:
    trusts = replace(SAID, words_id="2" * 32, kind=TRUSTED, words="", trusts="Nan, my nan")
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        door.write_words(child, SAID)
        with pytest.raises(AlreadyRecorded):
            door.write_words(child, replace(SAID, words=f" {SAID.words}"))
        with pytest.raises(SentOtherwise, match="says something else"):
            door.write_words(child, replace(SAID, words="I want to go."))
        door.write_words(child, trusts)
        found = {one.words_id: one for one in door.own_words(child).words}
        page = door.for_child(child)
    one = found[SAID.words_id]
    assert (one.happened_on, one.written_at >= NOW, one.written_by) == (date(2026, 3, 19), True, "social.worker")
    assert (one.worker_id, one.person, one.stands) == ("pat", None, True)
    assert dict(page.looked.copy.sections)[Asks.SAID.value] == [
        "19 March 2026: you trust Nan, my nan.",
        "19 March 2026: you said: “I want to stay at my school.”",
    ]


def test_i_do_not_agree_stands_beside_the_entry_and_only_whoever_said_it_takes_it_back(record: Database) -> None:
    mother = replace(SAID, words_id="3" * 32, kind=NOT_AGREED, said_by="mother", person="Mary Madeup", words="Never.")
    with opened(record, "social.worker") as door:
        child = handle(door, "own")
        entries = {(one.in_table, one.on): one for one in door.entries_of(child)}
        visit, plan = entries["cp_visits", date(2026, 3, 2)], entries["cp_plans", BEGAN]
        for number, entry in (("3", visit), ("4", plan), ("5", entries["involvements", BEGAN])):
            door.write_words(child, replace(mother, words_id=number * 32, entry_id=entry.entry_id))
        said = door.own_words(child).beside
        (marked,) = (one for one in door.child(child, Moment(TODAY)).visits)
        (status,) = (one for one in door.child(child, Moment(TODAY)).statuses if one.kind == "cp")
        (hold,) = door.child(child, Moment(TODAY)).ribbons
        assert [one.words_id[0] for one in said.entry(marked.entry_id)] == ["3"]
        assert [one.words_id[0] for one in said.status("cp", status.from_on, status.to_on)] == ["4"]
        assert [one.words_id[0] for one in said.hold(hold.worker.handle, hold.from_on, hold.to_on)] == ["5"]
        assert said.status("cin", BEGAN, None) == () and said.entry(plan.entry_id + 10_000) == ()
        with pytest.raises(KeyworkerError, match="Only whoever said it"):
            door.take_words_back(child, "3" * 32, TODAY, "", is_theirs=False)
        with pytest.raises(KeyworkerError, match="before they said it"):
            door.take_words_back(child, "3" * 32, date(2026, 3, 18), "", is_theirs=True)
        door.take_words_back(child, "3" * 32, TODAY, "She did come.", is_theirs=True)
        (back,) = door.own_words(child).beside.entry(marked.entry_id)
        assert (back.taken_back_on, back.taken_back_words, back.words) == (TODAY, "She did come.", "Never.")
        assert back.taken_back_at and back.taken_back_at > back.written_at
        with pytest.raises(KeyworkerError, match="already"):
            door.take_words_back(child, "3" * 32, TODAY, "", is_theirs=True)
        assert "Never" not in door.for_child(child).looked.copy.text, "a parent's words are not on the child's page"


def test_who_may_see_the_child_reads_it_and_only_those_who_work_with_the_child_or_chair_write(record: Database) -> None:
    for account, reads, writes in (
        ("conference.chair", True, True),
        ("team.manager", True, True),
        ("quality.assurance", True, False),
        ("inspector", True, False),
        ("workforce", False, False),
    ):
        with opened(record, account) as door:
            child = handle(door, "own")
            assert (door.refusal_to_write_words(child) is None) is writes, account
            if not reads:
                with pytest.raises(Refused):
                    door.own_words(child)
                continue
            door.own_words(child)
            if not writes:
                with pytest.raises(Refused):
                    door.write_words(child, replace(SAID, words_id="9" * 32))


def test_nobody_writes_for_a_child_who_is_not_theirs(record: Database) -> None:
    with opened(record, "social.worker") as door, pytest.raises(Refused):
        door.write_words(handle(door, "all"), replace(SAID, words_id="8" * 32))


PLAN = EntryOf(7, "cp_plans", "p1", BEGAN, "Child protection plan")


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"kind": ""}, {"kind"}),
        ({"said_by": "somebody"}, {"said_by"}),
        ({"said_by": "father"}, {"person"}),
        ({"said_by": "father", "person": "Fred"}, set()),
        ({"words": " "}, {"words"}),
        ({"words": "x" * 2001}, {"words"}),
        ({"kind": TRUSTED}, {"trusts"}),
        ({"kind": NOT_AGREED}, {"entry"}),
        ({"kind": NOT_AGREED, "entry_id": 8}, {"entry"}),
        ({"kind": NOT_AGREED, "entry_id": 7, "words": ""}, set()),
        ({"happened_on": None}, {"on"}),
        ({"happened_on": date(2026, 3, 21)}, {"on"}),
    ],
)
def test_what_is_not_whole_is_said_by_its_field(changed: dict[str, object], wrong: set[str]) -> None:
    assert set(problems(replace(SAID, **changed), [PLAN], TODAY)) == wrong  # type: ignore[arg-type]
