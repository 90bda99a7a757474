"""Whatever the bytes are, a reader says whether it knows them, and opening them refuses in words or reads them."""

from __future__ import annotations

import itertools
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.intake.contract import Reader
from keyworker.intake.formats import annex_a, cin_census, dfe_api, ssda903, workforce_census
from keyworker.vocabulary.errors import FileRefused

READERS: list[Reader] = [
    cin_census.CinCensus(),
    ssda903.Ssda903(),
    workforce_census.WorkforceCensus(),
    dfe_api.DfeApi(),
    annex_a.AnnexA(),
]
_PARTS = [
    b"<Message>",
    b"<Collection>CIN</Collection>",
    b"<Collection>CSWW</Collection>",
    b"<Child><ChildIdentifiers><LAchildID>M1</LAchildID>",
    b"<EXPSSDA903>",
    b"<CHILD><HEADER><CHILDID>",
    b"</Message>",
    b"<!DOCTYPE a>",
    b"&x;",
    b"CHILD,DECOM,RNE,LS\n",
    b"M1,01/05/2023,S,V2\n",
    b'"',
    b"\x00",
    b"\xff\xfe",
    b"PK\x03\x04",
    b'[{"la_child_id": "M1"}]',
    b'{"la_child_id": [1]',
    b"LAchildID,CINreferralDate\nM1,2023-05-01\n",
    b"YEAR,SWENo,AgencyWorker,FTE\n2021,SW1,0,x\n",
]
_SOME_BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(st.sampled_from(_PARTS), st.binary(max_size=12)), max_size=8).map(b"".join),
)
_NUMBERS = itertools.count()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.format)
@given(content=_SOME_BYTES)
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_known_or_not_and_read_or_refused(tmp_path: Path, reader: Reader, content: bytes) -> None:
    path = tmp_path / f"{next(_NUMBERS)}"
    path.write_bytes(content)
    reader.recognises(path)
    try:
        list(reader.open(path).batches)
    except FileRefused as refused:
        assert refused.what
    path.unlink()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.format)
def test_what_is_not_there_is_not_known(tmp_path: Path, reader: Reader) -> None:
    assert not reader.recognises(tmp_path / "nowhere")
    assert not reader.recognises(tmp_path)


LONG = [
    b"<" * 65_000,
    b"<Message>" + b"<Collection>   " * 5_000,
    b"<Message><Collection>" + b" " * 65_000,
    b"<Message>" + b"<w:" * 20_000,
    b"<?" * 32_000,
    b"<!--" * 16_000,
    b"<CHILDID>" * 7_000,
    b'"' * 65_000,
    b"," * 65_000,
    b"[" * 65_000,
    b'[{"la_child_id": "' + b"\\" * 65_000,
]


@pytest.mark.parametrize("content", LONG, ids=range(len(LONG)))
@pytest.mark.timeout(20)
def test_a_beginning_made_to_be_slow_is_looked_at_no_longer_than_another(tmp_path: Path, content: bytes) -> None:
    path, packed = tmp_path / "plain", tmp_path / "packed"
    path.write_bytes(content)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", content * 16)
    for reader in READERS:
        reader.recognises(path)
        reader.recognises(packed)


def test_each_sample_is_known_to_one_reader_under_any_name(shared: Path, tmp_path: Path) -> None:
    folders = {
        "samples_cin_census": "cin-census",
        "samples_ssda903": "ssda903",
        "samples_annex_a": "annex-a",
        "samples_workforce_census": "workforce-census",
        "samples_dfe_api_json": "dfe-api",
    }
    renamed = tmp_path / "anything.bin"
    for folder, format_ in folders.items():
        for path in sorted((shared / "data" / folder).rglob("*.*")):
            renamed.write_bytes(path.read_bytes())
            assert [reader.format for reader in READERS if reader.recognises(renamed)] == [format_], path
