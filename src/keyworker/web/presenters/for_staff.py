"""What Keyworker shows about a worker, plainly, for staff and unions. Who sees it is read from the one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from keyworker.access import Scope, Thing
from keyworker.access.scopes import Subject
from keyworker.access.table import Row
from keyworker.access.told import in_words
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import sentence

ABOUT_STAFF = (
    *(Thing.WORKER, Thing.TEAM, Thing.PERSONAL_SUPERVISION, Thing.LEARNING, Thing.POSTS, Thing.ACCESS_LOG),
    *(Thing.CHALLENGING_LOAD, Thing.ANSWERING_LOAD, Thing.KEEPING_STAFF, Thing.RECORDING_LEARNING),
)
"""The things of the table that show something of a named worker."""


@dataclass(frozen=True)
class Part:
    """One part of the page: a heading and its lines."""

    id: str
    heading: str
    lines: tuple[str, ...]


SHOWN = Part(
    "shown",
    "What it shows about you",
    (
        "Which children you hold, and how many.",
        "How many you and your manager agreed you can hold.",
        "What you say of your load where it is not right, and what was answered.",
        "Your post, your team and your hours.",
        "How long it is since each of your children was seen.",
        "On a child’s record: the day you came, and the day it was typed in.",
        "When you last had supervision, and who gives it.",
        "The training you were offered, and went to. If you could not go, why, such as being on duty.",
        "Your registration, the steps of your first year, and the day and outcome of a disclosure check.",
        "When you are away: until when. It never says why.",
        "When you say that you go alone: by when you will be back, until you are.",
    ),
)
NEVER = Part(
    "never",
    "What it never does",
    (
        "It never puts staff in order by how late they are, how fast they type, how often they sign in or how "
        "long they work.",
        "It never adds those up for a named person, and never puts them in a file.",
        "It never scores you, and never guesses who will leave.",
        "It never tracks where you or your phone are.",
        "It never says why you were away.",
        "It keeps no list for your manager of when you were away before.",
        "The log of who looked is there to keep records safe. It is not there to judge your work.",
    ),
)
MAY = Part(
    "may",
    "What it may do, to protect you",
    (
        "It may sort staff by how many children they hold, so that nobody is given too many.",
        "It may show who has gone a long time with no supervision.",
        "Your manager sees these for the team. You see your own.",
    ),
)
RIGHTS = Part(
    "rights",
    "What you can do",
    (
        "Open My work. It has every figure about you that anyone sees.",
        "Open Who has looked at me. It lists the day, the role and the reason for each look.",
        "Read the notes of your own supervision, and say if you do not agree.",
        "If a figure is wrong, tell your manager. A figure can be put right, and the old one is kept with the date.",
        "Talk to your union. They may read this page and the risk assessment that comes with it.",
    ),
)
LIMITS = Part(
    "limits",
    "What it cannot stop",
    (
        "A list of children says who holds each one. Someone who may see the list can count by hand. That they "
        "opened it is in the log.",
        "The people who load the data see it before it gets here.",
        "It shows what was typed in. Late typing is not the same as late work, and the pages say so.",
    ),
)


@dataclass(frozen=True)
class ForStaff:
    """The whole page."""

    answer: str
    parts: tuple[Part, ...]
    who: Table
    after: tuple[Part, ...]


def for_staff_page(table: Mapping[Thing, Row]) -> ForStaff:
    """The page. Takes table, who may see what."""
    return ForStaff(
        "Keyworker looks at how the service is doing. It is not made to watch you. You can see all that it shows about "
        "you, and who looked.",
        (SHOWN, NEVER, MAY),
        _who(table),
        (RIGHTS, LIMITS),
    )


def _who(table: Mapping[Thing, Row]) -> Table:
    return Table(
        "who",
        "Who sees it, besides you",
        heads("What", "Who, and how far"),
        tuple((Cell(sentence(one.value), notes=(table[one].says,)), _beyond(table[one])) for one in ABOUT_STAFF),
        "Nobody but you.",
        "This list is made from the table that the program itself asks. It cannot say one thing and do another.",
    )


def _beyond(row: Row) -> Cell:
    """The roles that see more of a thing than their own, each with how far."""
    lines = [f"{role}: {in_words(row, row.cell(role))}" for role in row.roles if _sees_others(row, role)]
    return Cell("Nobody else" if not lines else sentence(lines[0]), notes=tuple(map(sentence, lines[1:])))


def _sees_others(row: Row, role: str) -> bool:
    scope = row.cell(role).scope
    return scope.takes_in(Scope.OWN) if row.about is Subject.NOBODY else scope.takes_in(Scope.SUPERVISED)
