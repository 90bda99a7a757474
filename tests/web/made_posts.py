"""Made-up lives of a post and of who was appointed to it: obviously fictional, on fixed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.facts.stories import Appointed, Empty, PostRef, PostRow, PostSpan, PostStory, StepTaken
from tests.web.fictional import LINDQVIST, OKAFOR, REID, SOURCES, TODAY, team

POST = PostRef("P0077", "Social worker", f"po{77:022}")


def appointed(who: Any, from_on: date, to_on: date | None, **changes: Any) -> Appointed:
    base = Appointed(who, POST, team(), "Social worker", "permanent", 1.0, 37.0, 18.0, False, None, from_on, to_on)
    return replace(base, **changes)


def post_row(number: int = 77, **changes: Any) -> PostRow:
    base = PostRow(
        replace(POST, post_id=f"P{number:04}", handle=f"po{number:022}"),
        team(),
        1.0,
        True,
        1.0,
        1.0,
        date(2026, 8, 1),
        False,
        (),
        StepTaken("interviewed", date(2026, 11, 3), None, None),
    )
    return replace(base, **changes)


def post(**changes: Any) -> PostStory:
    """Two people and an agency worker in five years; empty since August."""
    base = PostStory(
        post=POST,
        moment=Moment(TODAY),
        row=post_row(),
        from_on=date(2022, 1, 10),
        reach=date(2022, 1, 10),
        spans=(PostSpan("Social worker", team(), 1.0, True, date(2012, 4, 1), None),),
        people=(
            appointed(OKAFOR, date(2019, 5, 1), date(2023, 3, 1)),
            appointed(LINDQVIST, date(2023, 6, 1), date(2024, 2, 1), employment="agency", covers_vacancy=True),
            appointed(REID, date(2024, 2, 1), date(2026, 8, 1)),
        ),
        empty=(
            Empty(date(2023, 3, 1), date(2023, 6, 1), 1.0, 1.0),
            Empty(date(2023, 6, 1), date(2024, 2, 1), 1.0, 0.0),
            Empty(date(2026, 8, 1), None, 1.0, 1.0),
        ),
        steps=(
            StepTaken("advertised", date(2023, 4, 3), "no applicants", None),
            StepTaken("offered", date(2023, 11, 20), None, REID),
            StepTaken("started", date(2024, 2, 1), None, REID),
            StepTaken("approved", date(2026, 9, 1), None, None),
            StepTaken("interviewed", date(2026, 11, 3), None, None),
        ),
        sources=SOURCES,
    )
    return replace(base, **changes)


def no_post() -> PostStory:
    """A post that has ended, of which hardly anything is recorded."""
    return post(
        row=None,
        reach=None,
        spans=(PostSpan("Post", None, None, None, date(2022, 1, 10), date(2023, 1, 1)),),
        people=(),
        empty=(),
        steps=(),
        sources=(),
    )
