"""What is loaded: a zip, several paths, a file that is refused or breaks off, awkward text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import psycopg
import pytest

from keyworker.intake.load import load_paths
from keyworker.vocabulary.errors import FileRefused
from tests.intake.loading import HEADING, START, Load, counts, current, entries, many, visits


def test_a_zip_is_the_folder_that_it_holds_and_leaves_nothing_behind(take: Load, tmp_path: Path) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(5))
    with zipfile.ZipFile(tmp_path / "extract.bin", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "deep/inside/a.csv")
    assert counts(take(tmp_path / "extract.bin")) == (5, 5, 0, 0, 0, 0)
    assert list((tmp_path / "home" / "loading").iterdir()) == []


def test_several_paths_are_several_loads_and_one_refused_leaves_the_earlier_ones(
    loader: psycopg.Connection, tmp_path: Path
) -> None:
    first = visits(tmp_path / "in" / "a.csv", many(5))
    second = tmp_path / "people.csv"
    second.write_text("pers_person_id,pers_surname\nCHILD-1,Imagined\n")
    given = {"connection": loader, "home": tmp_path / "home", "now": START, "author": "Tess Ting"}
    reports = load_paths([first, second], **given)  # type: ignore[arg-type]
    assert [set(one.tables) for one in reports] == [{"cin_visits"}, {"person"}]
    assert reports[0].recorded_at < reports[1].recorded_at


def test_what_was_loaded_before_one_was_refused_is_kept_and_said(loader: psycopg.Connection, tmp_path: Path) -> None:
    first, second = visits(tmp_path / "in" / "a.csv", many(5)), tmp_path / "b.csv"
    second.write_text("pers_surname,pers_forename\nImagined,Somebody\n")
    with pytest.raises(FileRefused, match="pers_person_id") as refused:
        load_paths([first, second], connection=loader, home=tmp_path / "home", now=START, author="Tess Ting")
    assert "Loaded before this, and kept: ssd (load 1)." in refused.value.remedy
    assert entries(loader) == 5


def test_a_path_that_nobody_knows_is_refused_before_anything_is_written(
    loader: psycopg.Connection, tmp_path: Path
) -> None:
    good, strange = visits(tmp_path / "in" / "a.csv", many(5)), tmp_path / "strange.bin"
    strange.write_bytes(bytes(range(256)) * 10)
    with pytest.raises(FileRefused, match="Nobody here knows") as refused:
        load_paths([good, strange], connection=loader, home=tmp_path / "home", now=START, author="Tess Ting")
    assert "Standard Safeguarding Dataset" in refused.value.remedy
    assert entries(loader) == 0


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing(
    loader: psycopg.Connection, take: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyworker.intake.csv_rows.BLOCK", 1 << 12)
    path = visits(tmp_path / "in" / "a.csv", many(1000))
    path.write_text(path.read_text() + f"V,C,2024-01-01,{'x' * 10_000}\n")
    with pytest.raises(FileRefused):
        take(path)
    assert entries(loader) == 0
    assert list((tmp_path / "home" / "loading").iterdir()) == []


def test_awkward_text_comes_through_unharmed(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    texts = [
        'say "seen"',
        "two\nlines",
        "\\.",
        "\\N",
        "a,b",
        "'; drop table record.act; --",
        "=1+1",
        "naïve 🙂",
        "\\x41",
    ]
    path = tmp_path / "a.csv"
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    path.write_text(f"{HEADING}\n" + "".join(f"V{n},C,2024-01-01,{text}\n" for n, text in enumerate(quoted)))
    take(path)
    assert [current(loader)[f"V{n}"][2] for n in range(len(texts))] == texts
    assert counts(take(path)) == (len(texts), 0, 0, 0, len(texts), 0)
