"""A list as a table on a page, as cards on a phone and as a file: one description, so they cannot disagree."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress

from keyworker.access.owed import WHY

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Cell:
    """One value in a list.

    Takes   text; href, where it leads; notes, quieter lines beneath; why, one step away (a disclosure);
            tone, `past`, `due` or `quiet`, which only repeats in colour what the words say; sort, a number to sort by;
            picture, trusted markup drawn by the server.
    """

    text: str
    href: str = ""
    notes: tuple[str, ...] = ()
    why: str = ""
    tone: str = ""
    sort: float | int | None = None
    picture: str = ""

    @property
    def plain(self) -> str:
        """The words of the cell, for a file."""
        return "; ".join(filter(None, (self.text, *self.notes, self.why)))


@dataclass(frozen=True)
class Heading:
    """The head of one column.

    Takes   stays, whether its values stay on the page: hours and lateness of named workers are in no file, nor is who
            holds each of some children in a list of nothing but what is late.
    """

    text: str
    numeric: bool = False
    sortable: bool = False
    stays: bool = False

    def __post_init__(self) -> None:
        if self.stays and self.sortable:
            raise ValueError(f"{self.text}: what stays on the page is not put in an order there either")

    @property
    def slug(self) -> str:
        """The heading as a class name, by which a column is given its width."""
        return "-".join(self.text.lower().split()[:2])


@dataclass(frozen=True)
class Table:
    """A captioned list.

    Takes   empty, what it says when it has no rows: an answer, never a blank; folded, whether a long list waits behind
            its caption until it is asked for (print opens it); is_cut, whether these are only the first of its rows,
            which its caption then says; stays, whether the whole list stays on the page and is no file.
    """

    id: str
    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    note: str = ""
    download: str = ""
    row_ids: tuple[str, ...] = field(default=())
    caption_size: str = "m"
    folded: bool = False
    is_cut: bool = False
    stays: bool = False

    @property
    def counted(self) -> bool:
        """Whether the caption says how many rows there are: only of a list of children."""
        return not self.is_cut and (self.folded or self.headings[0].text == "Child")

    @property
    def is_sortable(self) -> bool:
        """Whether a script may offer to sort it."""
        return len(self.rows) > 1 and any(heading.sortable for heading in self.headings)

    @property
    def lines(self) -> list[tuple[str, list[tuple[Heading, Cell]]]]:
        """Each row as its address within the page and its headed cells."""
        ids: Sequence[str] = self.row_ids or [""] * len(self.rows)
        return [
            (row_id, list(zip(self.headings, row, strict=True))) for row_id, row in zip(ids, self.rows, strict=True)
        ]

    def as_csv(self, preamble: Iterable[str] = (), *, own: bool = False) -> str:
        """The list as CSV under lines that say what it is; nothing in it can act as a formula.

        Takes   own, whether it is about whoever asks alone: then nothing stays behind.
        """
        out = io.StringIO()
        writer = csv.writer(out)
        left = [] if own else [heading.text for heading in self.headings if heading.stays]
        kept = [own or not heading.stays for heading in self.headings]
        writer.writerows([_safe(line)] for line in preamble)
        if left:
            writer.writerow([_safe(f"Left out: {', '.join(left)}. {WHY}")])
        writer.writerow(compress([heading.text for heading in self.headings], kept))
        writer.writerows(compress((_safe(cell.plain) for cell in row), kept) for row in self.rows)
        return out.getvalue()


class Tabled:
    """A page that has tables, each of which is a file of its own too."""

    tables: tuple[Table, ...]

    def table(self, id: str) -> Table | None:
        """One of its tables; None for a name that none has."""
        return of_id(self.tables, id)


def of_id(tables: Iterable[Table | None], id: str) -> Table | None:
    """The table of this name, of some of which one may not be there."""
    return next((one for one in tables if one is not None and one.id == id), None)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def heads(*texts: str) -> tuple[Heading, ...]:
    """Headings from words: `#Children` is numeric, `^Child` may be sorted, `#^Days` both, `~Hours` stays here."""
    return tuple(_heading(text) for text in texts)


def _heading(text: str) -> Heading:
    said = text.lstrip("#^~")
    marks = text[: len(text) - len(said)]
    return Heading(said, "#" in marks, "^" in marks, "~" in marks)
