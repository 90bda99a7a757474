"""The page for the child: what it says, worked out by hand on made-up lives. Today is 23 November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from keyworker.actions.copies import WantedCopy
from keyworker.actions.copying import problems
from keyworker.actions.for_child import Asks, Help, Words, pieces_for_child, words_for
from keyworker.facts.pictures import Gap, Outcome, Ribbon, Role, Story
from tests.web import fictional as made_up

TODAY = made_up.TODAY
NEVER_ASKED = Help()


def held(cause: str | None, read_from: str | None = None) -> Ribbon:
    return made_up.ribbon(made_up.REID, Role.LEAD, date(2026, 1, 5), date(2026, 2, 2), cause, read_from)


def said(story: Story, section: Asks, words: Words = Words.TEENAGER, helps: Help = NEVER_ASKED) -> list[str]:
    return [one.text for one in pieces_for_child(story, words, helps, TODAY) if one.section == section]


def test_it_says_who_the_worker_is_and_to_a_teenager_also_who_answers_and_the_team() -> None:
    story = made_up.story()
    now = "Your worker is Sorrel Fictitious, since 4 March 2026."
    assert said(story, Asks.NOW, Words.YOUNG) == [now]
    told = said(story, Asks.NOW)
    assert told[:2] == [now, "Hazel Notreal answers for the work, since 5 November 2025."]
    assert all(one.startswith("Their team is ") for one in told[2:])


def test_a_child_without_a_worker_reads_that_it_is_not_their_doing() -> None:
    alone = made_up.story(ribbons=(held("LEFTRL"),))
    assert said(alone, Asks.NOW) == [
        "You have no worker just now. That is for us to put right, and is nothing that you did."
    ]


@pytest.mark.parametrize(
    ("cause", "read_from", "says"),
    [
        ("LEFTRL", None, "It changed because they left that job."),
        ("LEFTRL", "HR leaving date", "It changed because they left that job."),
        ("ORGRST", None, "It changed because the teams here were changed."),
        ("CHCHAN", None, "It changed because you asked for another worker."),
        ("ABSENC", None, "It changed because somebody was away from work."),
        ("ABSENC", "absence", "Why it changed was not written down. You can ask."),
        ("SWDIED", None, "Ask your worker why it changed."),
        ("PCCHAN", None, "Ask your worker why it changed."),
        ("words of a case system", None, "Ask your worker why it changed."),
        (None, None, "Why it changed was not written down. You can ask."),
    ],
)
def test_it_says_who_came_before_and_why_but_not_what_somebody_must_tell_face_to_face(
    cause: str | None, read_from: str | None, says: str
) -> None:
    story = made_up.story(ribbons=(held(cause, read_from),), untold=())
    assert said(story, Asks.BEFORE) == [f"Maple Reid-Invented, from 5 January 2026 to 1 February 2026. {says}"]


def test_a_young_child_reads_that_a_change_was_not_because_of_them_unless_they_asked_for_it() -> None:
    by_teams, by_child = (made_up.story(ribbons=(held(cause),)) for cause in ("ORGRST", "CHCHAN"))
    assert said(by_teams, Asks.BEFORE, Words.YOUNG)[-1].endswith("It was not because of you.")
    assert not said(by_child, Asks.BEFORE, Words.YOUNG)[-1].endswith("because of you.")


def test_a_young_child_reads_of_those_who_led_and_a_teenager_also_of_those_who_answered() -> None:
    manager = made_up.ribbon(made_up.MANAGER, Role.ACCOUNTABLE, date(2025, 12, 1), date(2026, 2, 2), None)
    story = made_up.story(ribbons=(held("LEFTRL"), manager), untold=())
    assert [one.split(",")[0] for one in said(story, Asks.BEFORE, Words.YOUNG)] == ["Maple Reid-Invented"]
    assert said(story, Asks.BEFORE)[0] == "You have had 2 workers since 1 December 2025."


def test_what_no_extract_tells_is_said_not_to_be_known() -> None:
    story = made_up.story(ribbons=(), untold=(Gap(date(2025, 1, 1), date(2026, 1, 5)),))
    assert said(story, Asks.BEFORE) == ["Who your worker was before 5 January 2026 we do not know."]
    assert said(replace(story, untold=()), Asks.BEFORE) == [
        "As far as we have written down, nobody else has been your worker."
    ]


def off(day: date, by: str | None) -> object:
    return replace(made_up.visit(day, Outcome.CANCELLED), cancelled_by=by)


def test_it_counts_who_came_when_they_said_and_who_called_it_off() -> None:
    visits = (
        made_up.visit(date(2025, 11, 22)),  # a year and a day ago: told no longer
        made_up.visit(date(2026, 9, 1)),
        made_up.visit(date(2026, 9, 15), Outcome.SEEN),
        made_up.visit(date(2026, 10, 1), Outcome.NO_ACCESS),
        off(date(2026, 10, 8), "worker"),
        off(date(2026, 10, 15), "family"),
        off(date(2026, 10, 22), None),
    )
    told = said(made_up.story(visits=visits), Asks.CAME)
    assert told == [
        "In the last year, of 6 visits: somebody came and saw you twice, somebody came and did not see you once, "
        "it was called off 3 times. Called off: 1 by a worker, 1 at home, 1 by somebody; we did not write down who.",
        "22 October 2026: It was called off. By whom was not written down.",
        "15 October 2026: It was called off at home.",
        "8 October 2026: Sorrel Fictitious called it off.",
        "1 October 2026: Sorrel Fictitious came, and nobody opened the door.",
        "15 September 2026: Sorrel Fictitious came and saw you.",
        "1 September 2026: Sorrel Fictitious came and saw you.",
        "If that is not how it was, say so. We write it down beside it.",
    ]
    young = said(made_up.story(visits=visits), Asks.CAME, Words.YOUNG)
    assert young == [*told[:4], told[-1]], "the latest three one by one, the rest counted"


def test_where_nobody_saw_the_child_it_says_so_plainly() -> None:
    story = made_up.story(visits=(made_up.visit(date(2026, 10, 1), Outcome.NO_ACCESS),))
    assert said(story, Asks.CAME)[0] == (
        "In the last year, of one visit: nobody came and saw you, somebody came and did not see you once."
    )


def test_a_year_without_a_visit_is_said_and_the_child_may_say_otherwise() -> None:
    assert said(made_up.story(visits=()), Asks.CAME) == [
        "No visit is written down for the last year. If somebody came, tell us."
    ]


@pytest.mark.parametrize(
    ("due_on", "says"),
    [
        (date(2026, 12, 11), "Somebody is to see you by 11 December 2026."),
        (date(2026, 11, 22), "Somebody should have seen you by 22 November 2026. We are late."),
        (None, "No day is written down by which somebody must see you. Ask your worker."),
    ],
)
def test_it_says_by_when_somebody_is_to_come(due_on: date | None, says: str) -> None:
    assert said(made_up.story(child=made_up.child(due_on=due_on)), Asks.NEXT) == [says]


def test_it_says_who_else_helps_and_says_so_where_the_council_has_set_nothing() -> None:
    story = made_up.story()
    set_by_council = said(story, Asks.HELP, helps=Help("Ring 01632 960123.", "Write to the council."))
    assert set_by_council[1:] == ["Ring 01632 960123.", "Write to the council."]
    unset = said(story, Asks.HELP)
    assert unset[1].startswith("The council has not written here how you get an advocate.")
    assert unset[2].startswith("The council has not written here how you complain.")


@pytest.mark.parametrize(
    ("age", "setting", "words"),
    [
        (10, None, Words.YOUNG),
        (11, None, Words.TEENAGER),
        (11, "12", Words.YOUNG),
        (10, "soon", Words.YOUNG),
        (None, None, Words.TEENAGER),
    ],
)
def test_the_words_go_by_age_which_the_council_may_set(age: int | None, setting: str | None, words: Words) -> None:
    assert words_for(age, setting) is words


def test_words_for_a_child_are_for_the_childs_own_copy_alone() -> None:
    child = WantedCopy("c" * 32, "child", "Ashby Testwood", "To keep.", words="young child")
    assert problems(child) == {}
    assert set(problems(replace(child, relation="mother"))) == {"words"}
    assert set(problems(replace(child, words="grown-up"))) == {"words"}
