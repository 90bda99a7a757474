"""Work in other threads gives the same things in the same order, and its faults come out here."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from keyworker.intake import text_files
from keyworker.intake.ahead import Following, ahead, side_by_side
from keyworker.intake.text_files import content
from keyworker.vocabulary.errors import FileRefused


def breaking(after: int) -> Iterator[int]:
    yield from range(after)
    raise FileRefused("It breaks off.")


def test_nothing_is_lost_and_the_order_stays() -> None:
    assert list(ahead(range(100))) == list(range(100))


def test_two_are_worked_on_at_once_and_come_out_in_order() -> None:
    def slow_when_even(number: int) -> tuple[int, str]:
        time.sleep(0.01 * (number % 2 == 0))
        return number, threading.current_thread().name

    made = list(side_by_side(slow_when_even, range(20)))
    assert [number for number, _ in made] == list(range(20))
    assert len({name for _, name in made}) == 2


def test_what_goes_wrong_while_reading_ahead_is_raised_after_what_was_read() -> None:
    seen = []
    with pytest.raises(FileRefused, match="breaks off"):
        seen.extend(number for number in _kept(ahead(breaking(5)), seen))
    assert seen == [0, 1, 2, 3, 4]


def _kept(numbers: Iterator[int], seen: list[int]) -> Iterator[int]:
    for number in numbers:
        seen.append(number)
    yield from ()


def test_what_goes_wrong_in_one_piece_of_work_is_raised() -> None:
    def fail_at_three(number: int) -> int:
        if number == 3:
            raise FileRefused("Three is wrong.")
        return number

    with pytest.raises(FileRefused, match="Three"):
        list(side_by_side(fail_at_three, range(10)))


def test_what_follows_is_done_in_order_behind_and_all_of_it_before_the_end() -> None:
    done: list[tuple[int, str]] = []

    def slowly(number: int) -> None:
        time.sleep(0.01)
        done.append((number, threading.current_thread().name))

    with Following(slowly) as following:
        for number in range(5):
            following.do(number)
        assert len(done) < 5
    assert [number for number, _ in done] == [0, 1, 2, 3, 4]
    assert {name for _, name in done} == {"following_0"}


def test_what_goes_wrong_behind_is_raised_and_a_block_that_fails_has_the_rest_let_go() -> None:
    done: list[int] = []

    def fail_at_one(number: int) -> None:
        done.append(number)
        if number == 1:
            raise FileRefused("One is wrong.")

    with pytest.raises(FileRefused, match="One"), Following(fail_at_one) as following:
        for number in range(2):
            following.do(number)
    go = threading.Event()
    waited: list[int] = []

    def when_told(number: int) -> None:
        go.wait(10)
        waited.append(number)

    with pytest.raises(FileRefused, match="breaks off"), Following(when_told) as following:
        following.do(1)
        following.do(2)
        threading.Timer(0.05, go.set).start()
        raise FileRefused("It breaks off.")
    assert waited == [1]


def test_a_reader_that_is_no_longer_wanted_stops() -> None:
    made: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            yield made[-1]

    numbers = ahead(endless())
    assert next(numbers) == 0
    numbers.close()
    count = len(made)
    time.sleep(0.05)
    assert len(made) == count
    assert not [thread for thread in threading.enumerate() if thread.name == "reading ahead"]


def test_a_row_without_end_is_refused_before_the_file_is_read_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_files, "CHUNK", 1 << 10)
    monkeypatch.setattr(text_files, "LONGEST_ROW", 1 << 12)
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.write(b"cinv_cin_visit_id,cinv_person_id\nV1,")
        file.truncate(10 << 30)  # ten gigabytes that take no space: reading them through would take minutes
    began = time.monotonic()
    with pytest.raises(FileRefused, match="longer than 4,096 bytes"):
        content(path, "utf-8")
    assert time.monotonic() - began < 30
