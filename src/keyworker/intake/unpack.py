"""Zips taken apart in a private folder, within bounds, and never outside it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path, PurePosixPath

from keyworker.vocabulary.errors import FileRefused

MOST_FILES = 2_000
MOST_BYTES = 40 << 30
MOST_TIMES = 250  # a text extract packs to a tenth or a fiftieth of its size; a bomb to a thousandth
SMALL = 10 << 20  # a small member may pack as well as it likes
CHUNK = 1 << 20
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OFFICE = ("[Content_Types].xml", "mimetype")


def is_zip(path: Path) -> bool:
    """Whether a file is a zip of files, and not a workbook that is a zip inside."""
    with path.open("rb") as file:
        if file.read(4) not in (ZIP, EMPTY_ZIP):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not any(name in OFFICE for name in archive.namelist()[:MOST_FILES])
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError):
        return True


def unpack(path: Path, folder: Path) -> Path:
    """Take a zip apart. Gives the folder of its files.

    Raises  FileRefused for a zip that is broken, locked, too large, packed beyond belief, or that reaches outside.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_unsafe(path, members)
            folder.mkdir(mode=0o700)
            left = MOST_BYTES
            for member in members:
                left -= _take(path, archive, member, folder / _inside(member), left)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, UnicodeDecodeError) as error:
        raise FileRefused(
            "The file cannot be opened: it is packed as a zip, and broken, cut short, locked or of an unknown kind.",
            where=path.name,
            remedy="Copy or export it again, without a password.",
        ) from error
    return folder


def _refuse_unsafe(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise _refused(path, f"The zip holds {len(members):,} files, more than {MOST_FILES:,}.")
    names = [_inside(member) for member in members]
    if len({name.as_posix().lower() for name in names}) != len(names):
        raise _refused(path, "The zip holds two files of one name.")
    for member, name in zip(members, names, strict=True):
        if name.is_absolute() or ".." in name.parts or not name.parts or ":" in name.parts[0]:
            raise _refused(path, "The zip holds a file that would be written outside its own folder.")
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise _refused(path, "The zip holds a link to another file.")
        if member.flag_bits & 1:
            raise _refused(path, "The zip is locked with a password.")
        if member.file_size > SMALL and member.file_size > MOST_TIMES * max(member.compress_size, 1):
            raise _refused(
                path, f"A file in the zip grows to {member.file_size // max(member.compress_size, 1):,} times its size."
            )
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _refused(path, f"The zip unpacks to more than {MOST_BYTES >> 30} GiB.")


def _inside(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def _take(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write one file, believing what is there and not what the zip says about it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    most = min(left, max(SMALL, MOST_TIMES * max(member.compress_size, 1)))
    written = 0
    with (
        archive.open(member) as packed,
        os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out,
    ):
        while chunk := packed.read(CHUNK):
            if not written and chunk.startswith((ZIP, EMPTY_ZIP)) and is_nested(target.name):
                raise _refused(path, "The zip holds another zip.")
            written += len(chunk)
            if written > most:
                raise _refused(path, "A file in the zip unpacks to far more than the zip says.")
            out.write(chunk)
    return written


def is_nested(name: str) -> bool:
    """Whether a file that is packed like a zip is one, by its name: workbooks are packed so too."""
    return not name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".ods"))


def _refused(path: Path, what: str) -> FileRefused:
    return FileRefused(what, where=path.name, remedy="Unpack it yourself, check what it holds, and load the folder.")
