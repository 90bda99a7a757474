"""For the analyst: loads, meanings, data quality."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.access import INSIDE, INSIDE_ONLY
from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters import records as presenter
from keyworker.web.tables import Table
from keyworker.web.views.showing import Asking, asking, attached, file, show, with_download

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class _Read:
    title: str
    answer: str
    table: Table
    sources: tuple[SourceAge, ...]
    others: tuple[Table, ...] = ()


def loads(request: HttpRequest) -> HttpResponse:
    """Every load, latest first."""
    return _show(asking(request), "loads")


def meanings(request: HttpRequest) -> HttpResponse:
    """What each source's own words mean."""
    return _show(asking(request), "meaning")


def quality(request: HttpRequest) -> HttpResponse:
    """What the data cannot support, and which figures that weakens."""
    return _show(asking(request), "quality")


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the three lists as a file."""
    ask = asking(request)
    return file(ask, "records", _read(ask, part, f"download the list: {part}").table, identifying=False, inside=True)


def workbook(request: HttpRequest) -> HttpResponse:
    """The workbook in which an analyst says what each word means."""
    ask = asking(request)
    with ask.record("download the workbook of meanings") as record, TemporaryDirectory() as folder:
        path = Path(folder) / "meanings.xlsx"
        record.write_meanings(path, ask.asked.moment.at)
        content, name = path.read_bytes(), f"meanings-{ask.asked.moment.at.isoformat()}.xlsx"
        record.downloaded("workbook of meanings", name, content, identifying=False, for_whom=INSIDE)
    return attached(content, WORKBOOK, name)


def set_aside(request: HttpRequest, load: int) -> HttpResponse:
    """The rows that a load set aside, to be mended and loaded again."""
    ask = asking(request)
    packed, name = io.BytesIO(), f"set-aside-{load}.zip"
    with ask.record("download the rows that a load set aside, to mend them") as record:
        with TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            _, files = record.set_aside(load, Path(folder) / f"set-aside-{load}.csv")
            for path, _ in files:
                archive.write(path, path.name)
            # Its files are loaded again as they are, so the words stand beside them and not in them.
            archive.comment = INSIDE_ONLY.encode()
        record.downloaded("rows set aside", name, packed.getvalue(), identifying=True, for_whom=INSIDE)
    return attached(packed.getvalue(), "application/zip", name)


def _show(ask: Asking, part: str) -> HttpResponse:
    read = _read(ask, part, f"see the list: {part}")
    table = with_download(read.table, reverse("records-csv", args=[part]) + ask.asked.query)
    workbook_at = reverse("workbook") + ask.asked.query if "meaning" in ask.visitor.routes else ""
    steps = presenter.next_steps(part, workbook_at)
    context = {"answer": read.answer, "table": table, "steps": steps, "others": read.others}
    return show(
        ask, "records.html", read.title, "Records", context, here=part, sources=read.sources, moves=part != "loads"
    )


def _set_aside_address(load: int) -> str:
    return reverse("set-aside", args=[load])


def _read(ask: Asking, part: str, purpose: str) -> _Read:
    moment = ask.asked.moment
    with ask.record(purpose) as record:
        match part:
            case "loads":
                lines, refused = record.loads(), record.refused_loads()
                return _Read(
                    "Loads",
                    presenter.loads_answer(lines),
                    presenter.loads_table(lines, _set_aside_address),
                    record.sources(),
                    (presenter.refused_table(refused),),
                )
            case "meaning":
                words = record.meanings(moment)
                table = presenter.meanings_table(words)
                return _Read("Meanings", presenter.meanings_answer(words), table, record.sources())
            case "quality":
                found = record.quality(moment)
                table = presenter.quality_table(found)
                return _Read("Data quality", presenter.quality_answer(found), table, record.sources())
    raise Http404
