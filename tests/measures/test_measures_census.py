"""The made-up county's own census file, counted by the published method in plain Python, against our definitions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from keyworker.access import Asker, Door
from keyworker.actions import Keyworker
from keyworker.county.county import generate
from keyworker.facts.moment import Moment
from keyworker.measures.about import CannotTell
from keyworker.measures.catalogue import catalogue
from keyworker.measures.passes.asked import Asked
from keyworker.measures.published.own import Answer, answer
from keyworker.measures.published.series import every
from keyworker.measures.registry import shipped
from keyworker.record.connect import DatabaseRole
from tests.measures.census import Census, read
from tests.measures.census_counted import METHODS
from tests.measures.census_parted import PARTED
from tests.roundtrip.trip import Trip
from tests.servers.asking import asking
from tests.servers.started import Server

END = date(2025, 3, 31)
NOT_HELD = {
    "cin-referrals-rate": "the rate of cin-referrals, which is held; the population is the publisher’s",
    "cin-awaiting-assessment": "the file holds assessments of its year alone: one assessed before it looks unassessed",
    "cpp-reviewed-in-time": "the file holds reviews of its year and the last before; the definition counts all",
    "icpc-conversion": "published as conferences over enquiries of a year, defined as enquiries that led to one",
}
"""Children in need measures that are not held to the census file here, each with why."""


@dataclass(frozen=True)
class Made:
    """The county's census of the year and of the year before, and its record."""

    census: Census
    before: Census
    record: Keyworker


def of_the_census() -> list[str]:
    return [one.id for one in every().values() if one.releases[0].id == "cin"]


@pytest.fixture(scope="module")
def made(embedded_server: Server, tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Made]:
    """A county loaded from its extract, and its census of this year and the last as files."""
    whole = generate(1_200, 4, 24, END).frames()
    # A census cannot name a child of whom the record has no more than an identifier, and so leaves their episode out.
    known = whole["person"]["child_id"].implode()
    frames = {
        name: frame.filter(pl.col("child_id").is_in(known)) if "child_id" in frame.columns else frame
        for name, frame in whole.items()
    }
    database = embedded_server.fresh()
    folder = tmp_path_factory.mktemp("county")
    now, before = Trip(database, folder, END, END), Trip(database, folder, date(2024, 3, 31), END)
    now.write("ssd", frames, "extract")
    now.load("extract")
    now.write("cin", frames, "census")
    before.write("cin", frames, "before")
    holidays = shared / "data" / "calendar" / "bank-holidays-england-and-wales-2012-2027.json"
    last_year = folder / "before" / "cin_census_2024.xml"
    census = read(folder / "census" / "cin_census_2025.xml", 2025, last_year, holidays)
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        asker = Asker("analyst", "hold the definitions to the census", Door.COMMAND)
        with ExitStack() as until:
            record = asking(asker, connection, datetime(2026, 1, 20, tzinfo=UTC), until=until)
            yield Made(census, read(last_year, 2024, last_year, holidays), record)
    embedded_server.drop(database)


def test_every_measure_of_the_census_is_held_to_the_file_or_named_with_its_reason():
    held = set(METHODS).union(*(shipped().definition(name).catalogue for name in PARTED))
    assert held | set(NOT_HELD) == set(of_the_census())
    assert not held & set(NOT_HELD)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_our_definition_gives_what_the_published_method_gives(name: str, made: Made):
    found = answer(every()[name])
    assert not isinstance(found, CannotTell), found
    (row,) = made.record.measure(found.definition.name, Asked((END,), (), None))
    counted = METHODS[name](made.census)
    assert counted[0] > 0, "a county in which there is none of it shows nothing"
    assert (row.numerator, row.denominator if found.definition.divided else None) == counted


@pytest.mark.parametrize("name", sorted(PARTED))
def test_each_band_holds_what_the_published_method_puts_into_it(name: str, made: Made):
    rows = made.record.measure(name, Asked((END,), (), None))
    bands, base = PARTED[name](made.census)
    assert len(bands) > 2, "a county with hardly any bands shows nothing"
    assert {str(row.group["band"]): row.numerator for row in rows if row.numerator} == bands
    assert {row.denominator for row in rows} == {base}


def test_the_records_own_count_is_set_beside_the_published_one_of_the_same_day(made: Made):
    known = made.record
    shown = known.figures_of("cin-rate-31-march", "873")
    found = known.own_figures(shown, Moment(END), same_council=True)
    assert not isinstance(found, CannotTell)
    last = found[-1]
    # 3,236 episodes stand under Cambridgeshire's rate of 31 March 2024.
    assert (last.day, last.published) == (date(2024, 3, 31), 3236)
    assert last.own == METHODS["cin-rate-31-march"](made.before)[0]
    assert last.difference == last.own - 3236
    assert last.says.startswith("More than rounding.")


def test_a_rate_is_set_beside_its_count_and_a_share_beside_its_share():
    kinds = {name: answer(every()[name]) for name in METHODS}
    assert {name for name, one in kinds.items() if isinstance(one, Answer) and one.counts} == {
        "cin-rate-31-march",
        "cin-s47-rate",
        "cin-icpc-rate",
        "cpp-rate",
        "cpp-ends",
    }
    bound = {one.id for one in catalogue() if one.definitions}
    assert {name for name, one in kinds.items() if isinstance(one, CannotTell)} == set(METHODS) - bound
