"""Where a ribbon has no room for a worker's name, its initials are explained beneath and its stop says the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Role
from keyworker.facts.stories import HeldBy
from keyworker.web.presenters.child import child_page
from keyworker.web.presenters.picture import Ways, nowhere
from keyworker.web.presenters.post import post_page
from keyworker.web.presenters.siblings import siblings_drawn, siblings_table
from keyworker.web.throughline.gathered import strip_of
from keyworker.web.throughline.key import KeyLine
from keyworker.web.throughline.shapes import Stop, Text, initials
from keyworker.web.throughline.upright import stand
from tests.web import made_families, made_posts
from tests.web.fictional import ADEYEMI, TODAY, ribbon, story, worker

LONG = worker("Bartholomew Featherstonehaugh-Invented", 41)
SHORT_HOLD = (date(2026, 8, 1), date(2026, 8, 26))


def held_briefly() -> tuple[tuple[date, date | None], ...]:
    return ((date(2025, 3, 4), SHORT_HOLD[0]), SHORT_HOLD, (SHORT_HOLD[1], None))


def names_of(key: tuple[KeyLine, ...]) -> dict[str, str]:
    """What the initials in a key mean: the letters as drawn, and the name beside them."""
    return {line.says: line.picture for line in key if 'class="initials"' in line.picture}


def test_initials_on_a_childs_ribbon_are_in_the_key_with_the_name_and_the_stop_says_the_name() -> None:
    (first, *_), (short, *_), (last, *_) = ((span,) for span in held_briefly())
    ribbons = (
        ribbon(ADEYEMI, Role.LEAD, *first, None),
        ribbon(LONG, Role.LEAD, *short, None),
        ribbon(ADEYEMI, Role.LEAD, *last, None),
    )
    told = story(ribbons=ribbons, gaps=())
    strip = strip_of(told, Moment(TODAY), None, edge="now")
    shapes = stand(strip).shapes
    assert "BF" in [shape.says for shape in shapes if isinstance(shape, Text)], (
        "no line of a phone has room for the surname"
    )
    assert any(shape.label.startswith(LONG.name) for shape in shapes if isinstance(shape, Stop))
    shown = child_page(told, Moment(TODAY), Ways())
    assert set(names_of(shown.key)) == {LONG.name}, "a name that is written out is not explained"
    assert ">BF<" in names_of(shown.key)[LONG.name]


def test_a_surname_is_written_before_initials_are() -> None:
    long = worker("Bartholomew-Ferdinand Sample", 42)
    months = ribbon(long, Role.LEAD, date(2026, 1, 1), date(2026, 3, 1), None)
    strip = strip_of(story(ribbons=(months,), gaps=()), Moment(TODAY), None, edge="now")
    written = [shape.says for shape in stand(strip).shapes if isinstance(shape, Text) and "ribbon-name" in shape.cls]
    assert written == ["Sample"]


def test_initials_on_the_strips_of_brothers_and_sisters_are_explained_and_every_worker_is_named_in_the_table() -> None:
    holds = tuple(
        HeldBy(who, Role.LEAD, *span) for who, span in zip((ADEYEMI, LONG, ADEYEMI), held_briefly(), strict=True)
    )
    family = (made_families.kin(1, "Ashby Testwood"), made_families.kin(2, "Birch Testwood", holds=holds))
    shown = siblings_drawn(family, TODAY, "now")
    assert shown is not None
    drawn = shown.lying + shown.narrow
    for name in {hold.worker.name for one in family for hold in one.holds}:
        assert (f">{initials(name)}<" in drawn) == (name in names_of(shown.key))
    _, second = siblings_table(family, TODAY, nowhere).rows
    assert (second[4].text, second[4].notes) == ("2", (ADEYEMI.name, LONG.name))


def test_initials_on_a_posts_picture_are_explained() -> None:
    people = (made_posts.appointed(LONG, date(2025, 6, 1), date(2026, 10, 20)), *made_posts.post().people)
    shown = post_page(replace(made_posts.post(), people=people), Ways(), is_today=True)
    assert ">BF<" in shown.drawn.narrow
    assert LONG.name in names_of(shown.drawn.key)
