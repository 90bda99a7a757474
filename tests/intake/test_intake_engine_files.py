"""What a path is, by what it holds; and zips that mean harm."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from keyworker.intake import unpack
from keyworker.intake.recognise import recognised
from keyworker.intake.text_files import first_guess, heading
from keyworker.intake.workspace import workspace
from keyworker.vocabulary.errors import FileRefused

VISITS = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nV1,C1,2024-03-01\n"


def zipped(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return path


def refused(path: Path, work: Path) -> str:
    with pytest.raises(FileRefused) as error:
        recognised(path, work)
    assert error.value.remedy
    assert not any(found.is_file() for found in work.rglob("*.csv")) or "zip" in error.value.what.lower()
    return error.value.what


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def test_a_zip_holds_what_it_holds_whatever_it_is_called(tmp_path: Path, work: Path) -> None:
    found = recognised(zipped(tmp_path / "picture.jpg", a_csv=VISITS), work)
    assert [one.reader.format for one in found] == ["ssd"]
    assert stat.S_IMODE(found[0].path.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in found[0].path.rglob("*.csv"))


def test_a_file_that_grows_beyond_belief_is_refused(tmp_path: Path, work: Path) -> None:
    assert "times its size" in refused(zipped(tmp_path / "bomb.zip", a_csv=VISITS + "0" * (20 << 20)), work)


def test_a_zip_that_lies_about_its_size_is_stopped_while_it_unpacks(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "liar.zip", a_csv=VISITS + "0" * (1 << 20))
    content = bytearray(path.read_bytes())
    size = (len(VISITS) + (1 << 20)).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    monkeypatch.setattr(unpack, "SMALL", 1 << 10)
    monkeypatch.setattr(unpack, "MOST_TIMES", 2)
    refused(path, work)


@pytest.mark.parametrize(
    "name", ["../outside.csv", "/etc/outside.csv", "a/../../outside.csv", "..\\outside.csv", "C:\\x.csv"]
)
def test_a_zip_that_reaches_outside_is_refused(tmp_path: Path, work: Path, name: str) -> None:
    path = tmp_path / "reach.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), VISITS)
    assert "outside its own folder" in refused(path, work)
    assert not (tmp_path / "outside.csv").exists()


def test_a_link_in_a_zip_is_refused(tmp_path: Path, work: Path) -> None:
    path = tmp_path / "link.zip"
    member = zipfile.ZipInfo("a.csv")
    member.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "/etc/passwd")
    assert "link" in refused(path, work)


def test_a_zip_in_a_zip_is_refused(tmp_path: Path, work: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", a_csv=VISITS)
    assert "another zip" in refused(zipped(tmp_path / "outer.zip", a_csv=VISITS, deep=inner.read_bytes()), work)


def test_too_many_files_are_refused(tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_FILES", 3)
    members = {f"file{number}_csv": VISITS for number in range(4)}
    assert "more than 3" in refused(zipped(tmp_path / "many.zip", **members), work)


def test_more_than_the_most_bytes_are_refused(tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_BYTES", 10)
    assert "unpacks to more than" in refused(zipped(tmp_path / "big.zip", a_csv=VISITS), work)


def test_two_files_of_one_name_are_refused(tmp_path: Path, work: Path) -> None:
    assert "two files of one name" in refused(zipped(tmp_path / "twice.zip", a_csv=VISITS, A_csv=VISITS), work)


@pytest.mark.parametrize("cut", [5, 40, 100])
def test_a_zip_cut_short_is_refused(tmp_path: Path, work: Path, cut: int) -> None:
    path = zipped(tmp_path / "cut.zip", a_csv=VISITS)
    path.write_bytes(path.read_bytes()[:cut])
    assert "cannot be opened" in refused(path, work)


def test_an_empty_zip_an_empty_file_and_an_empty_folder_are_refused(tmp_path: Path, work: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    assert "Nobody here knows" in refused(zipped(tmp_path / "empty.zip"), work)
    assert "empty" in refused(tmp_path / "empty.csv", work)
    assert "no file in this folder" in refused(tmp_path / "folder", work)
    assert "no such file" in refused(tmp_path / "nowhere", work)


def test_no_error_names_anything_inside_a_file(tmp_path: Path, work: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("Imagined Person,12345\nCHILD-SECRET,x\n")
    with pytest.raises(FileRefused) as error:
        recognised(path, work)
    assert "SECRET" not in str(error.value)
    assert "Imagined" not in str(error.value)


def test_a_folder_of_one_column_without_end_is_passed_over_quickly(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.truncate(10 << 30)  # ten gigabytes of nothing, which take no space
    assert heading(path) is None
    path.write_bytes(b"x" * 1_000_000)
    assert heading(path) is None


def test_a_workspace_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with workspace(tmp_path / "home") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
        (folder / "rows").write_text("x")
    assert list((tmp_path / "home" / "loading").iterdir()) == []


def test_what_a_killed_load_left_is_swept_up_and_what_a_running_one_holds_is_not(tmp_path: Path) -> None:
    home = tmp_path / "home"
    code = (
        "import os, sys; from pathlib import Path; from keyworker.intake.workspace import workspace\n"
        "with workspace(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'rows').write_text('x'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(home)], check=False, env=os.environ)
    left = list((home / "loading").iterdir())
    assert len(left) == 1
    with workspace(home) as running, workspace(home) as second:
        assert not left[0].exists()
        assert running.exists()
        assert second.exists()


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        (b"plain", "utf-8"),
        ("naïve".encode(), "utf-8"),
        ("naïve".encode("cp1252"), "cp1252"),
        ("heading,of,text".encode("utf-16-le"), "utf-16-le"),
        ("heading,of,text".encode("utf-16-be"), "utf-16-be"),
        (b"\x00" * 100, None),
        (bytes(range(32)) * 10, None),
        (b"", None),
    ],
)
def test_an_encoding_is_told_by_the_first_bytes(start: bytes, encoding: str | None) -> None:
    assert first_guess(start) == encoding


def test_a_folder_of_nothing_but_a_zip_is_what_the_zip_holds(tmp_path: Path, work: Path) -> None:
    (tmp_path / "sent").mkdir()
    zipped(tmp_path / "sent" / "EXTRACT.ZIP", deep__a_csv=VISITS)
    (found,) = recognised(tmp_path / "sent", work)
    assert found.open().scope.tables == {"cin_visits"}


def test_a_zip_beside_an_extract_is_left_out_and_named(tmp_path: Path, work: Path) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "a.csv").write_text(VISITS)
    zipped(tmp_path / "sent" / "again.zip", a_csv=VISITS)
    (found,) = recognised(tmp_path / "sent", work)
    assert "again.zip was left out: it is a zip; load it by itself." in found.open().notes


def test_links_that_lead_back_are_not_followed(tmp_path: Path, work: Path) -> None:
    folder = tmp_path / "sent"
    (folder / "x.csv").mkdir(parents=True)
    (folder / "x.csv" / "visits.CSV").write_text(VISITS)
    for name in ("one", "two", "x.csv/three"):
        (folder / name).symlink_to(folder)
    (folder / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.csv")
    (found,) = recognised(folder, work)
    assert [path.name for path in found.open().paths] == ["visits.CSV"]


def test_a_workbook_of_the_older_kind_is_refused_as_what_it_is(tmp_path: Path, work: Path) -> None:
    path = tmp_path / "lists.xls"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000))
    assert "older kind" in refused(path, work)
