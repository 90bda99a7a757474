"""Everything that is due to one child, and why."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.actions.exceptions import is_asked
from keyworker.clocks.engine import Reading, every_rule
from keyworker.clocks.granted import Granted
from keyworker.clocks.ground import is_by_visit
from keyworker.facts.pictures import SourceAge
from keyworker.web.presenters.duties import DutiesPage, duties_page
from keyworker.web.presenters.exceptions import exceptions_table
from keyworker.web.presenters.planned_visits import next_of, planned_for
from keyworker.web.presenters.restrictions import marks
from keyworker.web.presenters.time_asked import asked_table
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads
from keyworker.web.views.time_asked import asking_address


@dataclass(frozen=True)
class _Read:
    name: str
    page: DutiesPage
    marks: list[str]
    sources: tuple[SourceAge, ...]


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Where every duty to a child stands, why, and what coincided where the child was not seen in time."""
    ask = asking(request)
    read = _page(ask, handle, "see why something is due to a child")
    query = ask.asked.query
    tables = with_downloads(read.page.tables, "child-due-csv", query, handle)
    return show(
        ask,
        "duties.html",
        f"What is due to {read.name}",
        "Children",
        {
            "page": read.page,
            "tables": tables,
            "child": reverse("child", args=[handle]) + query,
            "marks": read.marks,
        },
        here="",
        called="What is due to a child",
        sources=read.sources,
    )


def download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of the lists as a file. Its name holds no child's name."""
    ask = asking(request)
    return file(ask, "duties", _page(ask, handle, "download what is due to a child").page.table(part))


def _page(ask: Asking, handle: str, purpose: str) -> _Read:
    moment = ask.asked.moment
    with ask.page(purpose) as record:
        name = record.name_of(handle, moment)
        readings = record.clocks(moment, child=handle)
        missed = record.missed(moment, child=handle)
        granted = record.exceptions(moment, handle)
        # What was known on another day is looked at, not changed.
        may_agree = ask.asked.is_now and record.refusal_to_agree(handle) is None
        may_ask = ask.asked.is_now and record.refusal_to_ask_time(handle) is None
        planned = record.planned_visits(handle) if ask.asked.is_now else []
        asked = record.time_asked(handle) if ask.asked.is_now else []
        said = marks(record.mark_of(handle))
        sources = record.sources()

    def agreeing(one: Reading) -> str:
        query = urlencode({"rule": one.rule, "due": one.due_on.isoformat()}) if one.due_on and is_asked(one) else ""
        return f"{reverse('exception-new', args=[handle])}?{query}" if query else ""

    def time(one: Reading) -> str:
        return asking_address(handle, one) if is_asked(one) else ""

    def withdrawing(one: Granted) -> str:
        return reverse("exception-withdraw", args=[handle, one.exception_id]) if may_agree else ""

    def visit(one: Reading) -> str:
        is_open = ask.asked.is_now and is_by_visit(one.rule)
        return planned_for(one.due_on, next_of(planned, ask.asked.today)) if is_open else ""

    titles = {rule.id: rule.title for rule in every_rule()} | {one.rule: one.title for one in readings}
    exceptions = exceptions_table(granted, titles, withdrawing, ask.rule_address)
    shown = duties_page(
        readings,
        missed,
        moment.at,
        ask.rule_address,
        exceptions,
        agreeing if may_agree else None,
        time if may_ask else None,
        asked_table(asked, titles, moment.at, lambda one: reverse("time-asked", args=[handle, one.asked_id])),
        visit,
    )
    return _Read(name, shown, said, sources)
