"""What a file, folder or zip is, by what it holds and never by its name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from keyworker.intake.contract import Opened, Reader
from keyworker.intake.formats import readers
from keyworker.intake.formats.ssd import CsvReader
from keyworker.intake.hostile_xml import BrokenOff
from keyworker.intake.refusing import NotThere
from keyworker.intake.unknown import ANOTHER, seems
from keyworker.intake.unpack import is_zip, unpack
from keyworker.vocabulary.errors import FileRefused

MOST_FILES = 2_000
NAMED, FEW = 20, 3
CALLED = {"cin-census": "a CIN census", "ssda903": "an SSDA903 return", "workforce-census": "a workforce census"}


@dataclass(frozen=True)
class Recognised:
    """A source that some reader knows. Open it as often as needed.

    Takes   path, the file or folder; said, the path as the user gave it; notes, what lay beside it and is not read.
    """

    reader: Reader
    path: Path
    said: Path
    notes: tuple[str, ...] = ()

    def open(self) -> Opened:
        """Check what can be checked before reading. Raises FileRefused."""
        try:
            opened = self.reader.open(self.path)
        except BrokenOff as broken:
            called = CALLED.get(self.reader.format, self.reader.format)
            raise FileRefused(f"This is {called}. {broken.what}", where=broken.where, remedy=broken.remedy) from None
        opened.notes.extend(self.notes)
        return opened


def recognised(path: Path, work: Path) -> list[Recognised]:
    """Every source that a path holds, each to be loaded by itself.

    Takes   work, a private folder in which a zip may be taken apart.
    Raises  FileRefused when there is no such path, or nobody knows what it is.
    """
    if not path.exists():
        raise NotThere("There is no such file or folder.", where=str(path), remedy="Check how the path is written.")
    if not (path.is_file() or path.is_dir()):
        raise FileRefused("This is neither a file nor a folder.", where=str(path), remedy="Name a file or a folder.")
    if path.is_file() and path.stat().st_size == 0:
        raise FileRefused("The file is empty.", where=path.name, remedy="Export it again.")
    inside = path
    if path.is_file() and is_zip(path):
        inside = unpack(path, work / f"zip-{next(_NUMBERS)}")
    found = _in_folder(inside, path, work) if inside.is_dir() else _known(inside, path)[:1]
    if not found:
        raise _refused(path)
    return found


_NUMBERS = itertools.count(1)


def _known(inside: Path, said: Path) -> list[Recognised]:
    """The readers that know a path: a folder may hold several sources, a file is one."""
    return [Recognised(reader, inside, said) for reader in readers() if reader.recognises(inside)]


def _in_folder(folder: Path, said: Path, work: Path) -> list[Recognised]:
    """Every source in a folder and below it. What nobody knows is named in the notes of the first.

    Where there is nothing but zips, each is taken for what it holds; beside other files they are left out, for a zip
    may well hold the same extract again.
    """
    files = list(itertools.islice(_files(folder), MOST_FILES + 1))
    if len(files) > MOST_FILES:
        raise FileRefused(
            f"The folder holds more than {MOST_FILES:,} files.",
            where=said.name,
            remedy="Name the extract's own folder.",
        )
    found, left = _parted(folder, said, frozenset())
    if not found:
        zips = [path for path in left if path.stat().st_size and is_zip(path)]
        found = [one for path in zips for one in recognised(path, work)]
        left = [path for path in left if path not in zips]
    if found and left:
        found[0] = replace(found[0], notes=tuple(_left_out(folder, left)))
    return found


def _left_out(folder: Path, left: list[Path]) -> Iterator[str]:
    """A note for each file that nobody knows, and how many more there are."""
    for file in left[:NAMED]:
        yield f"{file.relative_to(folder).as_posix()} was left out: {_why_unknown(file)}"
    if len(left) > NAMED:
        yield f"{len(left) - NAMED:,} more files were left out: nothing in them is known."


def _parted(folder: Path, said: Path, above: frozenset[str]) -> tuple[list[Recognised], list[Path]]:
    """The sources of a folder, and the files that no reader knows.

    Takes   above, the formats that a reader of a folder above has taken from here already.
    """
    here = [one for one in _known(folder, said) if one.reader.format not in above]
    # A reader of CSV tables takes those of the folders below with it; any other takes those of its own folder.
    taken = above | {one.reader.format for one in here}
    below = above | {one.reader.format for one in here if isinstance(one.reader, CsvReader)}
    found, left = here, list[Path]()
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.is_symlink():
            continue  # it may lead back here
        if path.is_dir():
            more, unknown = _parted(path, said, below)
            found, left = found + more, left + unknown
        elif path.is_file():
            known = _known(path, said)[:1]
            found = found + [one for one in known if one.reader.format not in taken]
            if not known:
                left.append(path)
    return found, left


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def _why_unknown(file: Path) -> str:
    if file.stat().st_size == 0:
        return "it is empty."
    if is_zip(file):
        return "it is a zip; load it by itself."
    what = seems(file).what
    return what[:1].lower() + what[1:]


def _refused(path: Path) -> FileRefused:
    if path.is_file():
        return seems(path)
    files = sorted(_files(path))
    if not files:
        return FileRefused("There is no file in this folder.", where=path.name, remedy=ANOTHER)
    said = " ".join(f"{file.relative_to(path).as_posix()}: {_why_unknown(file)}" for file in files[:FEW])
    return FileRefused("Nothing in this folder is known.", where=path.name, remedy=f"{said} {ANOTHER}")
