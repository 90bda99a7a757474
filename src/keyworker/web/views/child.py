"""A child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.facts.cover import Warned
from keyworker.facts.marked import Marker
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge, Story
from keyworker.web.presenters.child import ChildPage, child_page
from keyworker.web.presenters.markers import warnings
from keyworker.web.presenters.planned_visits import next_line, planned_table
from keyworker.web.presenters.restrictions import marks
from keyworker.web.presenters.visits import written_table
from keyworker.web.presenters.warnings import before_the_door
from keyworker.web.tables import Table
from keyworker.web.views.planned_visits import planned_address
from keyworker.web.views.showing import Asking, asking, file, show, visit_address, with_downloads

WARNING = "visit_warning"
"""The table of whose entries each warning before a visit is one."""


@dataclass(frozen=True)
class _Read:
    story: Story
    page: ChildPage
    marks: list[str]
    may_restrict: bool
    sources: tuple[SourceAge, ...]
    marked: Sequence[Marker]
    may_mark: bool
    may_copy: bool
    written: Table | None
    may_visit: bool
    sees_workers: bool
    sees_supervision: bool
    may_attach: bool
    may_record: bool
    planned: Table | None
    next_visit: str
    may_plan: bool
    warned: Sequence[Warned]


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """One child's whole time with the service."""
    ask = asking(request)
    read = _page(ask, handle, "read a child's story")
    query = ask.asked.query
    written = tuple(filter(None, (read.planned, read.written)))
    kin, *tables = with_downloads((read.page.kin_table, *written, *read.page.tables), "child-csv", query, handle)
    return show(
        ask,
        "child.html",
        read.story.name,
        "Children",
        {
            "page": read.page,
            "tables": tables,
            "kin_table": kin,
            "cover": reverse("cover-sheet", args=[handle]) if ask.asked.is_now else "",
            "duties": reverse("child-due", args=[handle]) + query,
            "warnings": warnings(read.marked),
            "before_the_door": [
                (
                    before_the_door(one, ask.asked.today),
                    reverse("hand-entry", args=[handle, WARNING, one.entry_id]),
                )
                for one in read.warned
            ],
            "copying": reverse("child-copies", args=[handle]) if read.may_copy else "",
            "for_child": reverse("for-child", args=[handle]) if read.may_copy and ask.asked.is_now else "",
            "direct_work": reverse("child-direct-work", args=[handle]) if read.may_attach else "",
            "recording": reverse("child-record", args=[handle]) if read.may_record else "",
            "own_words": reverse("child-own-words", args=[handle]) if ask.asked.is_now else "",
            "meetings": reverse("child-meetings", args=[handle]) if ask.asked.is_now else "",
            "challenges": reverse("child-challenges", args=[handle]) if ask.asked.is_now else "",
            "plan": reverse("child-plan", args=[handle]) if ask.asked.is_now else "",
            "marking": reverse("child-not-to-be-told", args=[handle]) if read.may_mark else "",
            "visit": visit_address(handle) if read.may_visit else "",
            "plan_visit": reverse("visit-plan", args=[handle]) if read.may_plan else "",
            "next_visit": read.next_visit,
            "workers": reverse("child-workers", args=[handle]) if read.sees_workers else "",
            "supervision": reverse("child-supervision", args=[handle]) if read.sees_supervision else "",
            "marks": read.marks,
            "looked": reverse("looked", args=[handle]),
            "restriction": reverse("restriction", args=[handle]) if read.may_restrict else "",
        },
        here="",
        called="A child",
        sources=read.sources,
    )


def download(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    """One of the tables as a file. Its name holds no child's name."""
    ask = asking(request)
    read = _page(ask, handle, "download a part of a child's story")
    return file(ask, "child", read.written if read.written and part == read.written.id else read.page.table(part))


def _page(ask: Asking, handle: str, purpose: str) -> _Read:
    moment = ask.asked.moment
    with ask.page(purpose) as record:
        story = record.child(handle, moment)
        since_learnt = record.child(handle, Moment(moment.at)) if moment.known_at else None
        family = record.together(handle, moment) if len(story.family) else ()
        marked = record.warnings(handle)
        may_mark = record.refusal_to_mark(handle) is None
        may_copy = record.refusal_to_copy(handle) is None
        mark, may_restrict = record.mark_of(handle), record.refusal_to_restrict(handle) is None
        sources = record.sources()
        written = record.visits_written(handle) if ask.asked.is_now else []
        planned = record.planned_visits(handle) if ask.asked.is_now else []
        may_plan = ask.asked.is_now and record.refusal_to_plan_visit(handle) is None
        warned = record.visit_warnings([handle]) if ask.asked.is_now else ()
        may_visit = ask.asked.is_now and record.refusal_to_visit(handle) is None
        sees_workers = ask.asked.is_now and record.sees_workers(handle)
        sees_supervision = ask.asked.is_now and record.sees_supervision(handle)
        said = record.own_words(handle, moment)
        may_attach = ask.asked.is_now and record.refusal_to_attach(handle) is None
        may_record = ask.asked.is_now and record.records_something(handle)
    is_today = moment.at == ask.asked.today
    shown = child_page(
        story, moment, ask.ways, since_learnt, family=family, is_today=is_today, marked=marked, said=said.beside
    )
    table = written_table(written, lambda visit: reverse("visit", args=[handle, visit])) if written else None
    return _Read(
        story,
        shown,
        marks(mark),
        may_restrict,
        sources,
        marked,
        may_mark,
        may_copy,
        table,
        may_visit,
        sees_workers,
        sees_supervision,
        may_attach,
        may_record,
        planned_table(planned, ask.asked.today, planned_address) if planned else None,
        next_line(planned, ask.asked.today),
        may_plan,
        warned,
    )
