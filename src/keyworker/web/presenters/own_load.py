"""A worker's own load as a page: the answer, the figures, every child's part, the settings; and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from keyworker.actions.load_challenges import ANSWERS, Standing
from keyworker.actions.questions.own_load import ChallengeTold, LoadTold
from keyworker.actions.writing import LONGEST
from keyworker.facts.pictures import Role
from keyworker.measures.own_load import LoadPart, OwnLoad
from keyworker.vocabulary.codes import codes
from keyworker.web.presenters.fields import Choice, Field, of_codes
from keyworker.web.presenters.first_year import promises_table
from keyworker.web.presenters.picture import Fact, Ways
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import number, of_full_time, plural, sentence, spoken, spoken_instant

Address = Callable[[str], str]
ROLES = {
    Role.LEAD: "Leads",
    Role.ACCOUNTABLE: "Accountable",
    Role.CO_WORKER: "Works beside",
    Role.UNMAPPED: "A role without a meaning",
}
SAYS = {"put right": "It was put right", "explained": "It is right as it stands"}
HOW = (
    "A child counts with the worker who leads, or with the accountable worker where nobody leads, and only while the "
    "child is open to the service: by the same rule as on every other page and in every measure.",
    "Brothers and sisters with one worker are one family; a child of whom no family is recorded is a family alone.",
    "There is no national scheme of weights. A child weighs what the council has set for their gravest status: looked "
    "after, then a child protection plan, then child in need. What is not set is not weighed, and is not nought.",
    "Agreed capacity is the number of children that this worker and the council have agreed. Whoever is away holds "
    "nobody that day: their children are still theirs, and somebody must cover.",
    "It is shown to the worker and the line of responsibility. It is put in no order and no file, and nobody is "
    "counted by whether they said that it is not right.",
)
THE_SERVICE = "Not answered in time: from then it is the service that is late."


@dataclass(frozen=True)
class LoadPage:
    """The whole page."""

    answer: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    how: tuple[str, ...] = HOW


@dataclass(frozen=True)
class Line:
    """One line of what was said."""

    term: str
    said: str


def load_page(told: LoadTold, ways: Ways, address: Address, today: date) -> LoadPage:
    """One worker's load. Takes address, where a load challenge is found."""
    load = told.load
    return LoadPage(
        _answer(told),
        tuple(_facts(load)),
        (
            *([promises_table(told.first_year)] if told.first_year else []),
            _counted(told, ways),
            _not_counted(load, ways),
            _settings(load),
            challenges_table(told.challenges, today, address),
        ),
    )


def _answer(told: LoadTold) -> str:
    load, own = told.load, told.is_own
    who, hold = ("You", "hold") if own else (load.row.worker.name, "holds")
    if not load.row.children:
        return f"{who} {hold} no child."
    many = plural(load.row.children, "child", "children")
    weigh = f" Together they weigh {decimal(load.weight)}." if load.weight is not None else ""
    families = plural(load.row.families, "family", "families")
    return f"{who} {hold} {many} of {families}{_against(load, own)}.{weigh}"


def _against(load: OwnLoad, own: bool) -> str:
    if load.row.is_away:
        return f", and {'are' if own else 'is'} away today"
    if load.row.agreed_capacity is None:
        return "; no number is agreed"
    over = load.row.children - load.row.agreed_capacity
    agreed = f"the {number(load.row.agreed_capacity)} agreed"
    return f": {number(over)} more than {agreed}" if over > 0 else f": within {agreed}"


def _facts(load: OwnLoad) -> list[Fact]:
    row = load.row
    beside = f"accountable only for {row.accountable_only} more" if row.accountable_only else ""
    weight = "No weights are set" if load.weight is None else decimal(load.weight)
    left = plural(load.unweighed, "child", "children")
    unweighed = f"{left} of a status without a weight" if load.unweighed else ""
    capacity = "Not agreed" if row.agreed_capacity is None else number(row.agreed_capacity)
    today = "Not known" if load.capacity_today is None else plural_number(load.capacity_today)
    hours = f"{number(row.hours_today)} hours" if row.hours_today is not None else "hours not recorded"
    back = f"back {spoken(row.away_until)}" if row.away_until else "no day of return recorded"
    fte = (of_full_time(row.fte),) if row.fte is not None else ()
    return [
        Fact("Children", Cell(str(row.children), notes=_notes(beside))),
        Fact("Families", Cell(str(row.families))),
        Fact("Weighted", Cell(weight, notes=_notes(unweighed))),
        Fact("Agreed capacity", Cell(capacity, notes=fte)),
        Fact("Available today", Cell(today, notes=(f"away, {back}",) if row.is_away else (hours,))),
    ]


def plural_number(value: float) -> str:
    """A number of children that may be none."""
    return "None" if not value else f"{number(value)} children"


def decimal(value: Decimal | None) -> str:
    """A weight in words, without noughts that say nothing."""
    return "Not weighed" if value is None else f"{value.normalize():f}"


def _notes(*said: str) -> tuple[str, ...]:
    return tuple(filter(None, said))


def _counted(told: LoadTold, ways: Ways) -> Table:
    hidden = plural(told.not_shown, "child counts", "children count")
    return Table(
        "counts",
        "Who counts",
        heads("Child", "Family", "Your part" if told.is_own else "Their part", "Weighs"),
        tuple(_row(one, ways) for one in told.load.counted),
        "No child counts at this moment.",
        f"{hidden} whom you may not see." if told.not_shown else "",
        stays=True,
    )


def _row(one: LoadPart, ways: Ways) -> tuple[Cell, ...]:
    child, weighed = one.child, one.weighed
    others = f"{plural(child.siblings_open, 'brother or sister', 'brothers or sisters')} open"
    family = Cell(child.family_id or "None recorded", notes=(others,) if child.siblings_open else ())
    weight = Cell(decimal(weighed.weight), notes=(weighed.status,)) if weighed else Cell("Not weighed")
    return (Cell(child.name, ways.child(child.handle)), family, Cell(ROLES[one.role]), weight)


def _not_counted(load: OwnLoad, ways: Ways) -> Table:
    return Table(
        "does-not-count",
        "Who does not count, and why",
        heads("Child", "Part", "Why"),
        tuple(
            (Cell(one.child.name, ways.child(one.child.handle)), Cell(ROLES[one.role]), Cell(sentence(one.why_not)))
            for one in load.parts
            if not one.counts
        ),
        "Every child with whom this worker works counts.",
        stays=True,
    )


def _settings(load: OwnLoad) -> Table:
    return Table(
        "weights",
        "What a child weighs, and who said so",
        heads("Status", "Weight", "Since", "Set by", "Written in"),
        tuple(
            (
                Cell(sentence(one.status)),
                Cell(decimal(one.weight)),
                Cell(spoken(one.from_on)),
                Cell(sentence(one.set_by or "not recorded")),
                Cell(sentence(one.written_in or "not recorded")),
            )
            for one in load.weights
        ),
        "The council has set no weights, so nothing is weighed. The setting `case weight` would fill this.",
    )


def how(one: ChallengeTold) -> str:
    """How a load challenge stands, in words."""
    said = one.said
    match one.standing:
        case Standing.WAITS:
            return f"Waits for an answer by {spoken(said.answer_by_on)}"
        case Standing.UNANSWERED:
            return f"Not answered by {spoken(said.answer_by_on)}: the service is late"
        case Standing.TAKEN_BACK:
            return "Taken back"
        case Standing.NOT_SETTLED:
            return f"{SAYS[said.answer or '']}; the worker says that this does not settle it"
        case Standing.SETTLED:
            return f"{SAYS[said.answer or '']}; settled"
        case _:
            return f"{SAYS[said.answer or '']}; the worker has not said whether this settles it"


def part_said(one: ChallengeTold) -> str:
    """Which part of the load is not right, in words."""
    return codes("load_part").get(one.said.part, one.said.part)


def challenges_table(found: Sequence[ChallengeTold], today: date, address: Address, *, who: bool = False) -> Table:
    """What was said of a load, the latest first; or of several, the oldest first. Takes who, whether it says whose."""
    del today
    return Table(
        "challenges",
        "What waits" if who else "What was said of this load",
        heads(*(["Worker"] if who else []), "What", "Said", "How it stands"),
        tuple(
            (
                *([Cell(one.worker.name, address(one.said.challenge_id))] if who else []),
                Cell(part_said(one), "" if who else address(one.said.challenge_id)),
                Cell(spoken(one.said.happened_on)),
                Cell(how(one), tone="past" if one.standing is Standing.UNANSWERED else ""),
            )
            for one in found
        ),
        "Nothing waits." if who else "Nobody has said that this load is not right.",
        stays=True,
    )


def waiting_answer(found: Sequence[ChallengeTold]) -> str:
    """What waits for this manager, in a sentence."""
    if not found:
        return "Nobody who says that their load is not right waits for you."
    late = sum(one.standing is Standing.UNANSWERED for one in found)
    says = "worker says", "workers say"
    first = f"{plural(len(found), *says)} that a load is not right"
    return f"{first}, {late} of them past the day: there the service is late." if late else f"{first}."


def told_answer(one: ChallengeTold) -> str:
    """One load challenge and how it stands, in a sentence."""
    whose = "Your load" if one.is_own else f"The load of {one.worker.name}"
    return f"{whose}: {part_said(one)[0].lower()}{part_said(one)[1:]}. {how(one)}."


def told_lines(one: ChallengeTold) -> list[Line]:
    """What was said and answered, in the order in which it was."""
    said = one.said
    stood = [plural(said.children, "child", "children")]
    stood += [f"weighing {decimal(said.weight)}"] if said.weight is not None else []
    stood += [f"{decimal(said.agreed_capacity)} agreed"] if said.agreed_capacity is not None else []
    lines = [
        ("Said", spoken_instant(said.asked_at)),
        ("What is not right", part_said(one)),
        ("Why", said.reason),
        ("As the load stood", ", ".join(stood)),
        ("To be answered by", spoken(said.answer_by_on)),
        ("Answer", SAYS.get(said.answer or "", "Taken back" if said.answer else "")),
        ("By what, or how", said.answer_says),
        ("Answered", f"{spoken(said.answered_on)}, by {said.answered_by}" if said.answered_on else None),
        ("Does it settle it", _settled(said.settled, said.settled_on)),
    ]
    return [Line(term, words) for term, words in lines if words]


def _settled(settled: bool | None, on: date | None) -> str:
    return f"{'Yes' if settled else 'No'}, said on {spoken(on)}" if on else ""


def new_fields(said: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What the form of a load challenge asks."""
    hint = f"In {LONGEST} characters or fewer. Whoever sees your figures sees it. Name no child: say it by the family."
    return (
        Field(
            "part",
            "What is not right?",
            "radio",
            error=errors.get("part", ""),
            choices=of_codes("load_part", said.get("part", "")),
        ),
        Field("reason", "What is wrong, and why", "textarea", said.get("reason", ""), hint, errors.get("reason", "")),
    )


def answer_fields(said: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What the form of an answer asks."""
    choices = tuple(Choice(code, SAYS[code], said.get("answer") == code) for code in ANSWERS)
    hint = f"In {LONGEST} characters or fewer. The worker reads it, and says whether it settles it."
    return (
        Field("answer", "What do you answer?", "radio", error=errors.get("answer", ""), choices=choices),
        Field(
            "says",
            "What was changed and by whom, or how the load is right",
            "textarea",
            said.get("says", ""),
            hint,
            errors.get("says", ""),
        ),
    )
