"""The page for staff and unions: reached from every page's foot, true to the table, and plain enough to read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from keyworker.access import Scope, Thing, who_may
from keyworker.access.scopes import Subject
from keyworker.access.table import roles
from keyworker.web.presenters.for_staff import ABOUT_STAFF, for_staff_page
from tests.web.conftest import Page

Fetch = Callable[..., Page]
MOST = 5.0
"""The grade of the Flesch-Kincaid formula that the page's own words may need: a child of 10 or 11 reads them."""


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, without a silent e at the end."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: 0.39 words a sentence and 11.8 syllables a word, less 15.59 (Kincaid, 1975)."""
    sentences = [one for one in re.split(r"[.!?:]\s|[.!?:]$", text) if one.strip()]
    words = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_of_reading_knows_a_hard_text_from_a_plain_one() -> None:
    assert [syllables(one) for one in ("cat", "late", "table", "supervision", "away")] == [1, 1, 2, 4, 2]
    hard = "Notwithstanding organisational considerations, supervisory accountability necessitates documentation."
    assert grade(hard) > 15
    assert grade("The cat sat on the mat. It was late.") < 1


def test_the_pages_own_words_are_plain() -> None:
    page = for_staff_page(who_may())
    lines = [page.answer, *(line for part in (*page.parts, *page.after) for line in part.lines)]
    assert grade(" ".join(lines)) <= MOST
    longest = max((one for line in lines for one in re.split(r"(?<=[.])\s", line)), key=lambda one: len(one.split()))
    assert len(longest.split()) <= 25, longest


@pytest.mark.parametrize("path", ["/my-children", "/service", "/due", "/figures", "/my-work"])
def test_every_page_leads_to_it_from_its_foot(client: Fetch, path: str) -> None:
    (link,) = client(path).tree.xpath("//footer//a[@href='/for-staff']")
    assert link.text_content() == "For staff and unions: what Keyworker shows about you"


def test_it_names_each_role_that_sees_others_and_no_other(client: Fetch) -> None:
    rows = client("/for-staff").tree.xpath("//section[@id='who']//tbody/tr")
    assert len(rows) == len(ABOUT_STAFF)
    for thing, row in zip(ABOUT_STAFF, rows, strict=True):
        said = {str(text).split(": ")[0].strip().lower() for text in row.xpath("./*[2]//text()") if ": " in text}
        entry = who_may()[thing]
        least = Scope.OWN if entry.about is Subject.NOBODY else Scope.SUPERVISED
        assert said == {role for role in roles() if entry.cell(role).scope.takes_in(least)}, thing


def test_every_thing_about_a_worker_is_on_it() -> None:
    assert {one for one, row in who_may().items() if row.about is Subject.WORKER} <= set(ABOUT_STAFF)
    assert Thing.ACCESS_LOG in ABOUT_STAFF
