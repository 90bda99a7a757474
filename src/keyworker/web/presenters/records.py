"""For the analyst: what was loaded, what sources' words mean, what the data cannot support."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keyworker.actions.loads import LoadLine
from keyworker.intake.meaning import Found, guess
from keyworker.measures.quality import Finding
from keyworker.record.refused import RefusedLoad
from keyworker.web.presenters.frame import source_words
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import in_words, inside, listed, number, percent, plural, sentence, spoken_instant

SET_ASIDE = "keyworker set-aside --load LOAD --out set-aside.csv"
MAP = "keyworker map meanings.xlsx"
COUNTS = ("read", "added", "changed", "ended", "unchanged")


@dataclass(frozen=True)
class Step:
    """Something that an analyst can do next: what for, the command, and a file where the page can give it."""

    says: str
    command: str = ""
    href: str = ""
    link: str = ""


def next_steps(part: str, workbook: str) -> tuple[Step, ...]:
    """What can be done next from a page, in the order in which it is done.

    Takes   part, `loads`, `meaning` or `quality`; workbook, where the workbook of meanings is downloaded,
            empty for whoever may not.
    """
    match part:
        case "loads":
            return (
                Step("Load an extract; a file loaded twice adds nothing:", "keyworker load PATH"),
                Step("Write out the rows that a load set aside, or download them below:", SET_ASIDE),
                Step("Load them again once they are mended:", "keyworker load set-aside.csv --mends LOAD"),
            )
        case "meaning":
            return (
                Step("Take the workbook, in which each guess can be kept or changed:", MAP, workbook, "Download it"),
                Step("Load it back once it is filled in:", "keyworker load meanings.xlsx"),
            )
    return (
        Step("Give words their meanings in the workbook:", MAP, workbook, "Download it"),
        Step("See the same list in a terminal:", "keyworker quality"),
    )


def loads_table(loads: Sequence[LoadLine], address: Callable[[int], str]) -> Table:
    """Every load, latest first, with counts that add up: read = added + changed + unchanged + set aside.

    Takes   address, from a load's number to the file of the rows that it set aside.
    """
    headings = ("Load", "Cut", "Loaded", *(f"#{sentence(one)}" for one in COUNTS), "#Set aside", "#Still to mend")
    return Table(
        "loads",
        "Loads",
        heads(*headings),
        tuple(_load(one, address) for one in loads),
        "Nothing has been loaded yet. Load an extract with: keyworker load PATH",
    )


def _load(one: LoadLine, address: Callable[[int], str]) -> tuple[Cell, ...]:
    return (
        Cell(f"{one.act_id}: {source_words(one.source)}", notes=(f"by {one.author}",)),
        Cell(spoken_instant(one.cut_at) if one.cut_at else "Does not say"),
        Cell(spoken_instant(one.recorded_at)),
        *(Cell(number(one.total(count), 0)) for count in COUNTS),
        Cell(number(one.total("set_aside"), 0)),
        Cell(number(one.set_aside, 0), address(one.act_id) if one.set_aside else ""),
    )


def refused_table(refused: Sequence[RefusedLoad]) -> Table:
    """Every load that was refused or stopped, latest first. Nothing of them was kept."""
    return Table(
        "refused",
        "Refused",
        heads("File", "When", "Why", "What to do"),
        tuple(_refused(one) for one in refused),
        "No file has been refused.",
    )


def _refused(one: RefusedLoad) -> tuple[Cell, ...]:
    where = (f"in {one.place}",) if one.place and one.place != one.file else ()
    return (
        Cell(one.file, notes=(f"{one.outcome}, by {one.author}",)),
        Cell(spoken_instant(one.at)),
        Cell(one.reason, notes=where),
        Cell(one.remedy),
    )


def loads_answer(loads: Sequence[LoadLine]) -> str:
    """How much waits to be mended, in one sentence."""
    if not loads:
        return "Nothing has been loaded yet."
    aside = sum(one.set_aside for one in loads)
    waits = (
        f"{plural(aside, 'row')} {'waits' if aside == 1 else 'wait'} to be mended"
        if aside
        else "no row waits to be mended"
    )
    return f"{plural(len(loads), 'load')} kept; {waits}."


def meanings_table(meanings: Sequence[Found]) -> Table:
    """Sources' own words, those without a meaning first."""
    ordered = sorted(meanings, key=lambda one: (bool(one.meanings), one.subject, -one.count, one.said))
    return Table(
        "meanings",
        "Teams, titles, roles and visit kinds",
        heads("^Kind", "^The source says", "^#Found", "^Means"),
        tuple(_meaning(one) for one in ordered),
        "Nothing to give a meaning to: nothing has been loaded yet.",
    )


def _meaning(one: Found) -> tuple[Cell, ...]:
    said = Cell(one.said or "Blank", notes=(one.name,) if one.name and one.name != one.said else ())
    return (Cell(sentence(one.subject)), said, Cell(f"{one.count:,}", sort=one.count), _means(one))


def _means(one: Found) -> Cell:
    if one.meanings:
        latest = one.meanings[-1]
        return Cell(_in_words(latest.columns) or "Nothing", notes=_earlier(one))
    offered = _in_words(guess(one.subject, one.name or one.said))
    return Cell("No meaning yet", notes=(f"A guess: {inside(offered)}",) if offered else ())


def _in_words(columns: Mapping[str, str]) -> str:
    """What a word was said to mean, or may mean, as people say it."""
    holds = {"Y": "may hold children", "N": "holds no children"}
    roles = {"lead": "lead worker", "accountable": "accountable worker", "none": "no allocation"}
    kinds = {"cin": "visit to a child in need", "cp": "child protection visit", "cla": "visit to a child looked after"}
    said = {"holds_cases": holds, "allocation_role": roles, "visit_kind": kinds}
    return sentence(", ".join(said.get(name, {}).get(value, value) for name, value in columns.items() if value))


def _earlier(one: Found) -> tuple[str, ...]:
    return (f"and {plural(len(one.meanings) - 1, 'earlier meaning')}",) if len(one.meanings) > 1 else ()


def meanings_answer(meanings: Sequence[Found]) -> str:
    """How many words still lack a meaning, in one sentence."""
    lacking = [one for one in meanings if not one.meanings]
    if not meanings:
        return "Nothing has been loaded yet, so there is nothing to give a meaning to."
    if not lacking:
        return f"Every one of the sources’ {plural(len(meanings), 'word')} has a meaning."
    of = plural(len(meanings), "word")
    return f"{in_words(len(lacking))} of the sources’ {of} {'has' if len(lacking) == 1 else 'have'} no meaning yet."


def quality_table(findings: Sequence[Finding]) -> Table:
    """What the data cannot support and which figures that weakens; what was looked for and not found comes last."""
    ordered = sorted(findings, key=lambda one: (one.found == 0, -(one.found / one.of if one.of else 0)))
    return Table(
        "quality",
        "What the data cannot support",
        heads("What", "#How many", "Share", "Weakens", "What would mend it"),
        tuple(_finding(one) for one in ordered),
        "Nothing has been looked for yet.",
    )


def _finding(one: Finding) -> tuple[Cell, ...]:
    return (
        Cell(sentence(one.name)),
        Cell(f"{one.found:,}", notes=(f"of {one.of:,}",)),
        Cell(percent(one.found / one.of) if one.of else "None to look at"),
        Cell(sentence(listed(list(one.weakens))) if one.found else "Nothing"),
        Cell(_quoted(one.remedy) if one.found else "Nothing to do"),
    )


def _quoted(remedy: str) -> str:
    """A remedy with its commands in quotation marks, as a page shows them."""
    return re.sub(r"`([^`]*)`", "“\\1”", remedy)


def quality_answer(findings: Sequence[Finding]) -> str:
    """How many kinds of weakness there are, in one sentence."""
    found = [one for one in findings if one.found]
    if not found:
        return "No weakness was found in what has been loaded."
    kinds, were = ("kind", "was") if len(found) == 1 else ("kinds", "were")
    worst = max(found, key=lambda one: one.found / one.of if one.of else 0)
    share = f", {percent(worst.found / worst.of)}" if worst.of else ""
    return (
        f"{in_words(len(found))} {kinds} of weakness {were} found, of {len(findings)} looked for; the widest: "
        f"{inside(worst.name)}{share}."
    )
