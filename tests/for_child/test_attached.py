"""What is attached: known by what it holds, written anew so that nothing else comes with it, sealed, or refused."""

from __future__ import annotations

import io
import struct
import threading
import wave
from pathlib import Path

import pytest
from PIL import Image

from keyworker.intake.attached import MOST_BYTES, Unclean, cleaned
from keyworker.intake.attached.picture import ONE_AT_A_TIME
from keyworker.record.sealing import FILE, GIVEN, KEPT, key_of
from keyworker.vocabulary.errors import KeyworkerError
from tests.web.made_direct_work import picture

PLACE = b"53.4808 N 2.2426 W, Quillberry Lane"


def photo() -> bytes:
    """A photo that says who made it and which way up it is, with a comment and another file after its end."""
    said = Image.Exif()
    said[0x010F], said[0x0112], said[0x8298] = "Made-up Phones", 6, "Mary Unreal"  # maker, turned right, rights
    said[0x010E] = PLACE.decode()
    return picture("JPEG", (8, 6), exif=said, comment=PLACE) + b"PK\x03\x04 another file"


def test_a_photo_loses_its_place_maker_and_whatever_follows_it_and_keeps_which_way_up_it_is() -> None:
    sent = photo()
    assert PLACE in sent and b"Made-up Phones" in sent
    kept = cleaned(sent)
    assert kept.media == "image/jpeg"
    for told in (PLACE, b"Made-up Phones", b"Mary Unreal", b"Exif", b"another file"):
        assert told not in kept.content
    with Image.open(io.BytesIO(kept.content)) as shown:
        assert (shown.size, len(shown.getexif())) == ((6, 8), 0), "turned to the right, as high as it was wide"
        assert shown.getpixel((2, 2))[0] > 180  # type: ignore[index]


def test_a_drawing_as_png_keeps_its_points_and_loses_its_words() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Mary Unreal")
    words.add_itxt("Place", PLACE.decode())
    kept = cleaned(picture("PNG", (5, 4), pnginfo=words))
    assert kept.media == "image/png" and b"Mary" not in kept.content and PLACE not in kept.content
    with Image.open(io.BytesIO(kept.content)) as shown:
        assert shown.info == {} and shown.getpixel((0, 0)) == (200, 30, 30)


def test_pictures_unfold_one_at_a_time() -> None:
    kept: list[str] = []
    other = threading.Thread(target=lambda: kept.append(cleaned(photo()).media))
    with ONE_AT_A_TIME:
        other.start()
        other.join(0.1)
        assert other.is_alive() and kept == []
    other.join(10)
    assert kept == ["image/jpeg"]


def recorded(samples: bytes = b"\x01\x02" * 80) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", "not compressed"))
        file.writeframes(samples)
    return written.getvalue()


def test_a_recording_keeps_its_samples_and_loses_its_notes() -> None:
    note = b"LIST" + struct.pack("<I", 4 + len(PLACE)) + b"INFO" + PLACE
    sent = recorded()
    sent = sent[:4] + struct.pack("<I", len(sent) - 8 + len(note)) + sent[8:] + note
    kept = cleaned(sent)
    assert kept.media == "audio/wav" and PLACE not in kept.content
    with wave.open(io.BytesIO(kept.content)) as heard:
        assert (heard.getframerate(), heard.readframes(80)) == (8_000, b"\x01\x02" * 80)


BOMB = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0) + b"\0\0\0\0"


def changed(sent: bytes, to: dict[int, int]) -> bytes:
    """A file with some of its bytes changed, by where they stand."""
    made = bytearray(sent)
    for at, byte in to.items():
        made[at] = byte
    return bytes(made)


def misread() -> tuple[bytes, bytes]:
    """Two photos whose own words the library cannot write anew: a width and a name that are fractions."""
    said = Image.Exif()
    said[0x0112], said[0x011A] = 6, 72.0  # turned right, points to the inch
    sent = picture("JPEG", (8, 6), exif=said)
    inch = sent.index(b"\x01\x1a\x00\x05") + 1
    return changed(sent, {inch: 0x00}), changed(sent, {inch: 0x0D})


def white(width: int, height: int) -> bytes:
    """A PNG of one bit a point, all white: a few thousand bytes that unfold into as many points as one likes."""
    written = io.BytesIO()
    Image.new("1", (width, height), 1).save(written, format="PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        b"ID3" + b"\0" * 40,
        b"\0\0\0\x20ftypM4A " + b"\0" * 40,
        b"%PDF-1.7",
        picture("JPEG")[:200],
        b"\xff\xd8\xff" + b"\0" * 100,
        picture("PNG")[:40],
        BOMB,
        white(4_001, 4_000),
        *misread(),
        changed(recorded(), {18: 2, 28: 1}),  # a second part that would begin inside the first
        b"RIFF\x10\0\0\0WAVEfmt ",
        recorded(b""),
        b"\xff\xd8\xff" + b"\0" * MOST_BYTES,
    ],
)
def test_what_is_no_picture_or_recording_is_damaged_or_too_large_is_refused_in_words_that_tell_nothing_of_it(
    sent: bytes,
) -> None:
    with pytest.raises(Unclean) as refused:
        cleaned(sent)
    assert refused.value.remedy and "alert" not in str(refused.value)


def test_what_a_file_is_called_counts_for_nothing_a_page_that_calls_itself_a_picture_is_no_picture() -> None:
    with pytest.raises(Unclean, match="web page"):
        cleaned(b"<!DOCTYPE html><img src=x onerror=alert(1)>")


def test_what_is_sealed_opens_with_the_same_key_for_the_same_row_and_with_nothing_else(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    sealed = key.seal(b"a drawing", "w1")
    assert b"drawing" not in sealed and key.seal(b"a drawing", "w1") != sealed
    assert key_of(tmp_path).unseal(sealed, "w1") == b"a drawing"
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    (tmp_path / "other").mkdir(mode=0o700)
    for what, about, with_key in (
        (changed, "w1", key),
        (sealed, "w2", key),
        (sealed, "w1", key_of(tmp_path / "other")),
    ):
        with pytest.raises(KeyworkerError, match="does not open"):
            with_key.unseal(what, about)
    assert "secret" not in repr(key) and key.secret.hex() not in repr(key)


def test_the_key_lies_in_the_data_folder_for_its_owner_alone_unless_another_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = key_of(tmp_path)
    assert ((tmp_path / KEPT).stat().st_mode & 0o777, [one.name for one in tmp_path.iterdir()]) == (0o600, [KEPT])
    given = tmp_path / "given"
    given.write_text("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")
    monkeypatch.setenv(FILE, str(given))
    with pytest.raises(KeyworkerError, match="Others may read"):
        key_of(tmp_path)
    given.chmod(0o600)
    assert key_of(tmp_path).secret == b"A" * 32 != made.secret
    monkeypatch.setenv(GIVEN, "too short")
    with pytest.raises(KeyworkerError, match="not 32 bytes"):
        key_of(tmp_path)
