"""What every page says around its answer: where one is, as at when, as known when, how old each source is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from keyworker.facts.days import london_day
from keyworker.facts.pictures import Absent, SourceAge
from keyworker.web.moments import Asked, as_at, as_known
from keyworker.web.source import Visitor
from keyworker.web.words import days_ago, sentence, spoken, spoken_instant

NAVIGATION = (
    ("needs me", "needs-me", "What needs me"),
    ("chairing", "chairing", "Children I chair"),
    ("my children", "my-children", "My children"),
    ("visits", "my-visits", "Planned visits"),
    ("my work", "my-work", "My work"),
    ("supervision notes", "supervision", "Supervision"),
    ("case supervision", "my-actions", "My actions"),
    ("own actions", "own-actions", "My actions under plans"),
    ("challenges", "challenges", "Challenges"),
    ("warnings to look at", "warnings-to-look-at", "Warnings to look at"),
    ("due", "due", "Due"),
    ("time to answer", "time-to-answer", "Who asks for time"),
    ("loads to answer", "loads-to-answer", "Loads to answer"),
    ("copies waiting", "copies", "Copies that wait"),
    ("erasures waiting", "erasures", "Erasures that wait"),
    ("team", "my-team", "My team"),
    ("service", "service", "District and service"),
    ("posts", "posts", "Posts"),
    ("keeping staff", "staff", "Staff"),
    ("recording learning", "staff", "Staff and their learning"),
    ("learning", "learning", "Learning"),
    ("measures", "measures", "Measures"),
    ("rules", "rules", "Timescales"),
    ("figures", "figures", "Published figures"),
    ("loads", "loads", "Loads"),
    ("meaning", "meaning", "Meanings"),
    ("quality", "quality", "Data quality"),
    ("restricted children", "restricted-children", "Restricted children"),
    ("emergency", "emergency", "Emergency"),
    ("emergency reviews", "emergency-reviews", "Reviews"),
    ("access log", "access-log", "Access log"),
    ("roles", "roles", "Sign-ins and roles"),
    ("who may", "who-may", "Who may see what"),
)
GROUPS = (
    ("Children", ("chairing", "my-children", "my-visits", "due")),
    ("My own work", ("my-work", "supervision", "my-actions", "own-actions", "challenges")),
    (
        "To answer",
        ("warnings-to-look-at", "time-to-answer", "loads-to-answer", "copies", "erasures", "emergency-reviews"),
    ),
    ("Teams and staff", ("my-team", "service", "posts", "staff", "learning")),
    ("Figures", ("measures", "rules", "figures")),
    ("What is loaded", ("loads", "meaning", "quality")),
    ("Who sees what", ("restricted-children", "emergency", "access-log", "roles", "who-may")),
)
"""Under what the pages stand together for whoever has many of them. One that stands in no group stands by itself."""
FEW = 8
"""So many pages are shown as they are: nobody must open anything to find one of so few."""
SOURCE_WORDS = {
    "ssd": "Case system extract (Standard Safeguarding Dataset)",
    "cin-census": "Children in need census",
    "annex-a": "Annex A workbook",
    "ssda903": "Looked after children return (SSDA903)",
    "workforce-census": "Workforce census",
    "dfe-api": "Department for Education daily data",
    "pack": "Workforce pack",
}


@dataclass(frozen=True)
class Link:
    """One way to another page. Takes page, the name of its address, where it stands in the navigation."""

    text: str
    href: str
    here: bool = False
    page: str = ""


@dataclass(frozen=True)
class LinkGroup:
    """Pages that stand together under one name; a page that stands by itself has none."""

    name: str
    links: tuple[Link, ...]

    @property
    def here(self) -> bool:
        """Whether the page itself is one of them."""
        return any(link.here for link in self.links)


@dataclass(frozen=True)
class Hidden:
    """A part of the address that a form keeps."""

    name: str
    value: str


@dataclass(frozen=True)
class SourceLine:
    """One source and how old it is, in words."""

    source: str
    cut: str
    loaded: str


@dataclass(frozen=True)
class Frame:
    """What the layout shows around a page."""

    title: str
    section: str
    service: str
    signed_in_as: str
    navigation: tuple[Link, ...]
    asked: Asked
    as_at: str
    as_known: str
    at_typed: str
    known_typed: str
    back_to_now: str
    kept: tuple[Hidden, ...]
    sources: tuple[SourceLine, ...]
    absent: tuple[Absent, ...]
    moves: bool
    called: str = ""

    @property
    def groups(self) -> tuple[LinkGroup, ...]:
        """The navigation in groups."""
        return grouped(self.navigation)

    @property
    def page_title(self) -> str:
        """What the browser calls the page, and keeps in its history: the heading, unless that is a child's name."""
        return f"{'Error: ' if self.asked.errors else ''}{self.called or self.title} – {self.section} – {self.service}"


def frame(
    title: str,
    section: str,
    visitor: Visitor,
    asked: Asked,
    sources: Iterable[SourceAge],
    address: Callable[[str], str],
    *,
    absent: tuple[Absent, ...] = (),
    here: str = "",
    kept: tuple[Hidden, ...] = (),
    path: str = "",
    moves: bool = True,
    called: str = "",
) -> Frame:
    """What every page says of itself.

    Takes   address, which turns a route's name into an address; path, this page's own; moves, whether the moment
            may be changed here; called, what the browser calls the page where the heading must not be kept.
    """
    return Frame(
        title=title,
        section=section,
        service="Keyworker",
        signed_in_as=visitor.name,
        navigation=open_pages(visitor, address, here, asked.query),
        asked=asked,
        as_at=as_at(asked.moment),
        as_known=as_known(asked.moment),
        at_typed=asked.typed.get("at", ""),
        known_typed=asked.typed.get("known", ""),
        back_to_now=path,
        kept=kept,
        sources=tuple(_source(one, asked.now) for one in sources),
        absent=absent,
        moves=moves,
        called=called,
    )


def open_pages(visitor: Visitor, address: Callable[[str], str], here: str = "", query: str = "") -> tuple[Link, ...]:
    """The pages that are part of somebody's work, in their order. Takes here, the route of the page itself."""
    return tuple(
        Link(text, address(name) + query, route == here, name)
        for route, name, text in NAVIGATION
        if route in visitor.routes - visitor.hidden
    )


def grouped(links: tuple[Link, ...]) -> tuple[LinkGroup, ...]:
    """Pages in groups, in their order; few pages, and one that would be alone in its group, each by itself."""
    if len(links) <= FEW:
        return tuple(LinkGroup("", (link,)) for link in links)
    of_page = {page: name for name, pages in GROUPS for page in pages}
    found = [LinkGroup("", (link,)) for link in links if link.page not in of_page]
    for name, _ in GROUPS:
        together = tuple(link for link in links if of_page.get(link.page) == name)
        if together:
            found.append(LinkGroup(name if len(together) > 1 else "", together))
    return tuple(found)


def source_words(source: str) -> str:
    """A source as people call it."""
    return SOURCE_WORDS.get(source, sentence(source))


def _source(age: SourceAge, now: datetime) -> SourceLine:
    today = london_day(now)
    cut = (
        f"cut {spoken(london_day(age.cut_at))}, {days_ago(london_day(age.cut_at), today)}"
        if age.cut_at
        else "does not say when it was cut"
    )
    return SourceLine(source_words(age.source), cut, f"loaded {spoken_instant(age.loaded_at)}")
