"""An XML file made to do harm is refused with words, quickly and in little memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from keyworker.intake import hostile_xml
from keyworker.intake.formats.cin_census import CinCensus
from keyworker.vocabulary.errors import FileRefused
from tests.intake.test_readers_cin_census import census, child

CENSUS = census(child("MADEUP1", ""))
BOMB = "".join(
    [
        '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa">',
        *(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "]>",
    ]
)


def refused(folder: Path, content: str | bytes, words: str) -> None:
    path = folder / "hostile.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FileRefused, match=words):
        opened = CinCensus().open(path)
        list(opened.batches)


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, BOMB + CENSUS.replace("MADEUP1", "&i;"), "document type")


def test_an_entity_that_reads_a_local_file_is_refused(tmp_path: Path) -> None:
    outside = '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    refused(tmp_path, outside + CENSUS.replace("MADEUP1", "&x;"), "document type")


def test_a_document_type_elsewhere_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, '<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/a.dtd">' + CENSUS, "document type")


def test_a_document_type_behind_comments_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "<?xml version='1.0'?><!-- a --><?b c?>\n<!DOCTYPE Message []>" + CENSUS, "document type")


def test_a_document_type_behind_more_comment_than_is_looked_at_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, f"<!-- {'a' * 100_000} --><!DOCTYPE Message []>" + CENSUS, "document type")


def test_a_document_type_in_utf_16_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, (BOMB + CENSUS).encode("utf-16"), "document type")


def test_a_strange_encoding_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, '<?xml version="1.0" encoding="UTF-7"?>' + CENSUS, "encoding")


def test_an_entity_nobody_declared_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, CENSUS.replace("MADEUP1", "&who;"), "not well-formed")


def test_elements_inside_elements_without_end_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, CENSUS.replace("</Child>", "<a>" * 5_000 + "</a>" * 5_000 + "</Child>"), "deep|not well-formed")


def test_one_value_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, CENSUS.replace("MADEUP1", "a" * 3_000_000), "one value")


def test_one_child_of_a_million_parts_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, CENSUS.replace("</Child>", "<CINdetails/>" * 200_000 + "</Child>"), "one record")


def test_a_thousand_different_names_are_refused(tmp_path: Path) -> None:
    names = "".join(f"<n{at}>1</n{at}>" for at in range(1_000))
    refused(tmp_path, CENSUS.replace("</Child>", names + "</Child>"), "different names")


def test_nul_bytes_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, CENSUS.replace("MADEUP1", "MADE\0UP1"), "not well-formed")


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    path.write_text(CENSUS)
    with path.open("r+b") as file:
        file.truncate(hostile_xml.MAX_BYTES + 1)  # sparse: takes no room on the disk
    with pytest.raises(FileRefused, match="GB"):
        CinCensus().open(path)


def test_millions_of_elements_outside_any_child_are_counted_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "wide.xml"
    path.write_text(CENSUS.replace("<Children>", "<noise>1</noise>" * 300_000 + "<Children>"))
    tracemalloc.start()
    opened = CinCensus().open(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any("noise has no place in the record; 300,000 values" in note for note in opened.notes)
    assert peak < 30_000_000
