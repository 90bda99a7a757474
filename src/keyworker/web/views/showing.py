"""From a request to a page: who asks, about which moment, in which frame; or to a file of the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from keyworker.access import INSIDE, INSIDE_ONLY
from keyworker.facts.pictures import Absent, SourceAge
from keyworker.web import bound
from keyworker.web.addresses import address
from keyworker.web.drafting import draft_form
from keyworker.web.moments import Asked, as_at, as_known, asked, moment_query
from keyworker.web.presenters.drafts import begun_form
from keyworker.web.presenters.emergencies import OPENED_OF_NAMED
from keyworker.web.presenters.frame import Hidden, Link, frame
from keyworker.web.presenters.picture import Ways, nowhere
from keyworker.web.reasons import reason_of
from keyworker.web.signing.marks import account_mark
from keyworker.web.signing.sessions import ending_of
from keyworker.web.source import Record, Visitor
from keyworker.web.tables import Table
from keyworker.web.words import spoken

PART_ONLY = "Only children whom you may see are listed and counted here."
NAMED_ONLY = "Figures count every child. A list leaves out children whom only named people may see, if there are any."
SEEING = "see what waits on the first page"


@dataclass(frozen=True)
class Asking:
    """One request: who, about when. `given` gathers the children of whom it was told, for a file that is made of it."""

    request: HttpRequest
    visitor: Visitor
    asked: Asked
    given: set[str] = field(default_factory=set)

    def record(self, purpose: str) -> AbstractContextManager[Record]:
        """The record, opened for a purpose that the access log keeps."""
        return self._opened(purpose)

    def page(self, purpose: str) -> AbstractContextManager[Record]:
        """The same for a page that only reads: all of it at one instant. What was read is given once this ends."""
        return self._opened(purpose, one_page=True)

    @contextmanager
    def _opened(self, purpose: str, *, one_page: bool = False) -> Iterator[Record]:
        asked = (self.visitor.account, purpose, self.asked.now, self.reason)
        with bound.source().opened(*asked, one_page=one_page) as record:
            yield record
        self.given.update(record.given)

    @property
    def reason(self) -> str:
        """What was typed today for seeing names; empty for whoever needs none, or has typed none."""
        return reason_of(self.request, self.asked.today) if self.visitor.needs_reason else ""

    @property
    def ways(self) -> Ways:
        """Where what a page names leads, as far as this person may go."""

        def to(route: str, name: str, whose: frozenset[str] | None = None) -> Callable[[str], str]:
            if route not in self.visitor.routes:
                return nowhere

            def way(handle: str) -> str:
                is_open = bool(handle) and (whose is None or handle in whose)
                return address(name, handle) + self.asked.query if is_open else ""

            return way

        opening = self.visitor.opening
        return Ways(
            to("child", "child"),
            to("worker", "worker", opening.workers),
            to("posts", "post"),
            to("team", "team", opening.teams),
        )

    def query(self, **more: str) -> str:
        """The part of an address that keeps the moment and more."""
        return moment_query(self.asked.moment, self.asked.today, **more)

    @property
    def still_typed(self) -> list[Hidden]:
        """What was typed of the moment, for a form of the same page."""
        return [Hidden(name, value) for name, value in self.asked.typed.items() if value]

    def untold(self, record: Record) -> str:
        """What a page about people says of a day before the extracts; empty for a day of which they tell."""
        if self.asked.moment.at >= self.asked.today:
            return ""
        first = record.told_from(self.asked.moment)
        if first is None or self.asked.moment.at >= first:
            return ""
        return (
            f"The extracts tell who held children from {spoken(first)} on. Before that day only those still held on it "
            "are known, so lists and counts are not whole."
        )

    @property
    def part_only(self) -> str:
        """What a list of children says of whom it leaves out. It says so whether or not anybody is left out."""
        return PART_ONLY if self.visitor.sees_part else NAMED_ONLY

    def child_address(self, handle: str) -> str:
        """The address of a child's page at the same moment."""
        return address("child", handle) + self.asked.query

    def rule_address(self, rule: str) -> str:
        """The address of a timescale's page at the same moment."""
        return address("rule", rule) + self.asked.query

    def worker_address(self, handle: str) -> str:
        """The address of a worker's page at the same moment, for whoever is known to be let in: a supervisor is."""
        return address("worker", handle) + self.asked.query if handle else ""


def visit_address(handle: str) -> str:
    """Where a visit to a child is written down."""
    return address("visit-new", handle)


def asking(request: HttpRequest) -> Asking:
    """Read who asks and about which moment."""
    return Asking(request, visitor_of(request), asked(request.GET, bound.now()))


def visitor_of(request: HttpRequest) -> Visitor:
    """Who asks, and what is open to them: read once in a request. Raises Refused for one who holds no role."""
    found: Visitor | None = getattr(request, "keyworker_visitor", None)
    if found is None:
        found = bound.source().visitor(request.user.get_username(), bound.now())
        request.keyworker_visitor = found
    return found


def show(
    asking: Asking,
    template: str,
    title: str,
    section: str,
    context: dict[str, Any],
    *,
    here: str,
    sources: Iterable[SourceAge],
    absent: tuple[Absent, ...] = (),
    kept: Mapping[str, str] | None = None,
    moves: bool = True,
    called: str = "",
) -> HttpResponse:
    """Render a page inside its frame. Takes kept, what the address keeps when another moment is chosen."""
    around = frame(
        title,
        section,
        asking.visitor,
        asking.asked,
        sources,
        reverse,
        absent=absent,
        here=here,
        kept=tuple(Hidden(name, value) for name, value in (kept or {}).items() if value),
        path=asking.request.path,
        moves=moves,
        called=called,
    )
    status = 400 if asking.asked.errors else 200
    names: dict[str, Any] = {"names_for": asking.reason, "may_ask_names": asking.visitor.needs_reason}
    names["ending"] = ending_of(asking.request.session)
    names["may_find"] = "find" in asking.visitor.routes
    names |= drafting(asking) | {"account_mark": account_mark(asking.request.user.get_username())}
    whole = {"frame": around, **names, "council": settings.KEYWORKER_COUNCIL, "notices": notices(asking), **context}
    return render(asking.request, template, whole, status=status)


def drafting(asking: Asking) -> dict[str, Any]:
    """What a form that keeps what is typed is told of it; nothing for any other page."""
    form = draft_form(asking)
    if form is None:
        return {}

    def throw_away(draft: str) -> str:
        return reverse("draft-throw-away", args=[draft])

    return {"draft_form": form, "draft_begun": [begun_form(one, "", "", throw_away) for one in form.begun]}


def notices(asking: Asking) -> list[Link]:
    """What waits for somebody, at the head of the page on which their work begins, and of no other."""
    match = asking.request.resolver_match
    if match is None or not asking.visitor.home or match.url_name != asking.visitor.home:
        return []
    with asking.page(SEEING) as record:
        found = record.notices()
    return [Link(OPENED_OF_NAMED, reverse("looked", args=[handle]) + "#reviews") for handle in found.children]


def file(
    asking: Asking, name: str, table: Table | None, *, identifying: bool = True, inside: bool = False, own: bool = False
) -> HttpResponse:
    """One list as CSV, under lines that say what it is, as at when, as known when, and which address makes it again.

    Takes   identifying, whether it holds names: it is listed so among what left the record; inside, whether it says
            that it stays inside although it holds none; own, whether it is about
            whoever asks alone, so that nothing stays on the page.
    """
    if table is None or table.stays:
        raise Http404
    moment = asking.asked.moment
    preamble = [
        *([INSIDE_ONLY] if identifying or inside else []),
        table.caption,
        f"{as_at(moment)}, {as_known(moment)}",
        f"From {asking.request.build_absolute_uri()}",
        *([asking.part_only] if identifying and asking.part_only else []),
    ]
    content, called = table.as_csv(preamble, own=own).encode(), f"{name}-{table.id}-{moment.at.isoformat()}.csv"
    with asking.record(f"download the list: {name}") as record:
        record.downloaded(
            f"page: {name}, {table.id}",
            called,
            content,
            identifying=identifying,
            for_whom=INSIDE,
            children=asking.given,
        )
    return attached(content, "text/csv; charset=utf-8", called)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file for the browser to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def with_download(table: Table, address: str) -> Table:
    """The same table, with the address of its file."""
    return replace(table, download=address) if table.rows and not table.stays else table


def with_downloads(tables: Iterable[Table], route: str, query: str, *named: str) -> list[Table]:
    """The tables of a page, each with the address of its own file. Takes named, what the address names before it."""
    return [with_download(table, reverse(route, args=[*named, table.id]) + query) for table in tables]


def page_number(asking: Asking) -> int:
    """The page of a long list that is wanted; the first for anything that is no number."""
    said = asking.request.GET.get("page", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1


def page_turns(
    asking: Asking, name: str, number: int, pages: int, kept: Mapping[str, str], args: Sequence[str] = ()
) -> list[Link]:
    """The ways to the page before and the page after of a long list, and which this is; none where all is on one.

    Takes   name and args, as `reverse` has them; kept, what the address keeps beside the moment.
    """
    if pages == 1:
        return []

    def link(text: str, to: int) -> Link:
        query = asking.query(**{**kept, "page": str(to)})
        return Link(text, reverse(name, args=args) + query)

    before = [link("The page before", number - 1)] if number > 1 else []
    after = [link("The next page", number + 1)] if number < pages else []
    return [*before, Link(f"Page {number} of {pages}", "", here=True), *after]
