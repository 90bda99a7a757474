"""What a file, folder or zip is, by what it holds and never by its name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from keyworker.intake.contract import Opened, Reader
from keyworker.intake.formats import readers
from keyworker.intake.unpack import is_zip, unpack
from keyworker.vocabulary.errors import FileRefused

LOOKED_FOR = (
    "an extract of the Standard Safeguarding Dataset, a CIN census, an Annex A workbook, an SSDA903 return, "
    "a workforce census, a file of the DfE's daily API, a pack of workforce tables"
)


@dataclass(frozen=True)
class Recognised:
    """A source that some reader knows. Open it as often as needed.

    Takes   path, the file or folder; said, the path as the user gave it.
    """

    reader: Reader
    path: Path
    said: Path

    def open(self) -> Opened:
        """Check what can be checked before reading. Raises FileRefused."""
        return self.reader.open(self.path)


def recognised(path: Path, work: Path) -> list[Recognised]:
    """Every source that a path holds, each to be loaded by itself.

    Takes   work, a private folder in which a zip may be taken apart.
    Raises  FileRefused when there is no such path, or nobody knows what it is.
    """
    if not path.exists():
        raise FileRefused("There is no such file or folder.", where=str(path), remedy="Check how the path is written.")
    if path.is_file() and path.stat().st_size == 0:
        raise FileRefused("The file is empty.", where=path.name, remedy="Export it again.")
    inside = path
    if path.is_file() and is_zip(path):
        inside = unpack(path, work / f"zip-{next(_NUMBERS)}")
    found = _known(inside, path)
    if not found and inside.is_dir():
        found = _file_by_file(inside, path)
    if not found:
        raise _refused(path)
    return found


_NUMBERS = itertools.count(1)


def _known(inside: Path, said: Path) -> list[Recognised]:
    """The readers that know a path. A folder may hold several sources, a file is one."""
    known = [Recognised(reader, inside, said) for reader in readers() if reader.recognises(inside)]
    return known if inside.is_dir() else known[:1]


def _file_by_file(folder: Path, said: Path) -> list[Recognised]:
    """A folder that no reader knows as a whole may hold files that one knows."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
    return [one for file in files[:2_000] for one in _known(file, said)]


def _refused(path: Path) -> FileRefused:
    return FileRefused(
        "Nobody here knows what this is." if path.is_file() else "Nothing in this folder is known.",
        where=path.name,
        remedy=f"Looked for: {LOOKED_FOR}. Check that it is one of these, exported with its headings.",
    )
