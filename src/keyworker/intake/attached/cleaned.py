"""What kind of file it is, by its first bytes, and the same content written anew; what cannot be is refused."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from keyworker.intake.attached.picture import picture
from keyworker.intake.attached.recording import recording
from keyworker.intake.attached.refusing import Unclean

MOST_BYTES = 8 * 1024 * 1024
"""So large may a file be: a photo of a phone is three to six million bytes, four minutes of speech eight."""
_ONE_AT_A_TIME = Lock()
"""However many send a file at once, the memory holds one that is unfolded."""
_NAMED = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
)
_OTHERS = (
    (0, b"ID3", "an MP3 recording"),
    (0, b"\xff\xfb", "an MP3 recording"),
    (0, b"OggS", "an Ogg recording"),
    (0, b"fLaC", "a FLAC recording"),
    (0, b"\x1aE\xdf\xa3", "a WebM or Matroska file"),
    (4, b"ftypM4A", "an M4A recording"),
    (4, b"ftyphei", "a HEIC photo"),
    (4, b"ftypmif1", "a HEIC photo"),
    (4, b"ftyp", "a video or an MP4 recording"),
    (0, b"%PDF", "a PDF"),
    (0, b"GIF8", "a GIF"),
    (0, b"PK\x03\x04", "a document or an archive"),
    (0, b"<", "a web page or a drawing in code"),
)
"""What is often tried, to be refused by name. None of it can be cleaned here for certain."""


@dataclass(frozen=True)
class Cleaned:
    """A file as it is kept. Takes media, a code of `direct_work_media`; content, written anew."""

    media: str
    content: bytes


def cleaned(content: bytes) -> Cleaned:
    """The picture or recording in a file, written anew: no place, no device, no name, no other file comes with it.

    It is known by what it holds; what it is called counts for nothing.
    Raises  Unclean for what is empty, too large, damaged, or of a kind that cannot be cleaned.
    """
    if not content:
        raise Unclean("There is nothing in this file.")
    if len(content) > MOST_BYTES:
        raise Unclean(f"This file is larger than {MOST_BYTES // 1024 // 1024} MB.", "Take a smaller picture of it.")
    for begins, kind in _NAMED:
        if content.startswith(begins):
            with _ONE_AT_A_TIME:
                return _within(Cleaned(*picture(content, kind)))
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        with _ONE_AT_A_TIME:
            return _within(Cleaned(*recording(content)))
    named = next((says for at, begins, says in _OTHERS if content[at:].startswith(begins)), "of a kind unknown here")
    raise Unclean(
        f"This file is {named}. What may come with such a file cannot be taken off it for certain, so it is not kept.",
        "Attach a photo or drawing as JPEG or PNG, or a recording as WAV.",
    )


def _within(found: Cleaned) -> Cleaned:
    if len(found.content) > MOST_BYTES:
        raise Unclean("Written anew, this file is too large to be kept.", "Take a smaller picture of it.")
    return found
