"""What is taken out of the record to find what is still open: no more of a table than it can hang on."""

from __future__ import annotations

from keyworker.clocks.engine import every_rule
from keyworker.clocks.events import reads
from keyworker.clocks.pairing.narrowed import narrowed
from keyworker.clocks.pairing.told import Wanted
from keyworker.clocks.rules import Subject
from keyworker.clocks.spans import span_sql
from keyworker.facts.columns.told import written_out
from keyworker.vocabulary.codes import codes

CHILD = tuple(every_rule().of(Subject.CHILD))
KINDS = tuple(codes("step_kind"))


def of_children(*, is_open: bool) -> Wanted:
    return Wanted(CHILD, Subject.CHILD, None, {}, is_open)


def test_where_what_is_over_is_wanted_too_every_row_is():
    assert not narrowed(of_children(is_open=False))


def test_a_step_that_only_meets_duties_is_wanted_on_its_last_day_and_one_that_begins_them_on_all():
    step = narrowed(of_children(is_open=True))["step"]
    assert "'core group'" not in step.whole and "'harm suspected'" in step.whole
    assert step.columns == {"child_id", "kind", "outcome", "belongs_to", "happened_time"}


def test_a_step_that_a_derived_event_reads_is_wanted_whole():
    # events/placement_ending_notice_sent.sql looks for the notice of each placement.
    assert "'placement ending notice'" in narrowed(of_children(is_open=True))["step"].whole


def test_visits_of_which_an_event_is_made_are_wanted_whole_and_others_where_they_say_nothing_or_are_not_written_up():
    found = narrowed(of_children(is_open=True))
    assert "cp_visits" not in found
    assert "t.seen is null" in found["cin_visits"].whole and "t.entered_at is null" in found["cin_visits"].whole
    assert found["case_supervision"].whole == "false"


def test_whatever_is_made_of_steps_names_their_kinds_for_steps_of_no_other_kind_are_there():
    for wanted in (Wanted(tuple(every_rule().of(kind)), kind, None, {}) for kind in (Subject.CHILD, Subject.WORKER)):
        made = {one.written: reads(one, wanted.subject) for one in wanted.places if not one.table}
        texts = {name: written_out(text) for name, text in {**made, **{s: span_sql(s) for s in wanted.spans}}.items()}
        of_steps = {name: text for name, text in texts.items() if "{step}" in text}
        assert len(of_steps) > 5
        assert not [name for name, text in of_steps.items() if not any(f"'{kind}'" in text for kind in KINDS)]
