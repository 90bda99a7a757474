"""My children."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keyworker.actions import MyChildren
from keyworker.facts.pictures import ChildRow
from keyworker.web.presenters.my_children import MyChildrenPage, my_children_page
from keyworker.web.presenters.planned_visits import next_cell
from keyworker.web.tables import Cell
from keyworker.web.views import nothing_recent
from keyworker.web.views.planned_visits import planned_address
from keyworker.web.views.showing import Asking, asking, file, show, visit_address, with_downloads


def page(request: HttpRequest) -> HttpResponse:
    """The children whom the signed-in worker holds."""
    ask = asking(request)
    mine, shown, untold = _page(ask, "see whom I must see, and when", writes=True)
    tables = with_downloads(shown.tables, "my-children-csv", ask.asked.query)
    return show(
        ask,
        "my-children.html",
        "My children",
        "Children",
        {
            "page": shown,
            "tables": tables,
            "untold": untold,
            "nothing_recent": nothing_recent.address(ask),
            "to_match": reverse("visits-to-match") if "visits" in ask.visitor.routes else "",
            "handovers": reverse("handovers") if "handovers" in ask.visitor.routes else "",
        },
        here="my children",
        sources=mine.sources,
        absent=mine.absent,
    )


def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the lists as a file."""
    ask = asking(request)
    return file(ask, "my-children", _page(ask, "download a list of my children")[1].table(part))


def _page(ask: Asking, purpose: str, *, writes: bool = False) -> tuple[MyChildren, MyChildrenPage, str]:
    """Takes writes, whether the list leads to where a visit is written down, where it may be."""
    with ask.page(purpose) as record:
        mine = record.my_children(ask.asked.moment)
        untold = ask.untold(record)
        is_now = writes and ask.asked.is_now
        visit = visit_address if is_now and record.writes_visits() else None
        plans = is_now and record.plans_visits()
        found = record.next_visits([row.handle for row in mine.every()], "my children") if plans else {}

    def planned(row: ChildRow) -> Cell:
        way = planned_address(found[row.handle]) if row.handle in found else reverse("visit-plan", args=[row.handle])
        return next_cell(found.get(row.handle), row.due_on, way)

    shown = my_children_page(
        mine, ask.asked.moment.at, ask.child_address, ask.worker_address, visit, planned if plans else None
    )
    return mine, shown, untold
