"""For the analyst: what was loaded, what sources' words mean, what the data cannot support."""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.web.source import Load, Meaning, Weakness
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import in_words, plural, sentence


def loads_table(loads: Sequence[Load]) -> Table:
    """Every load, latest first, with counts that add up: read = added + changed + unchanged + set aside."""
    headings = ("Load", "Cut", "Loaded", "#Read", "#Added", "#Changed", "#Ended", "#Unchanged", "#Set aside")
    rows = tuple(
        (
            Cell(f"{one.number}: {one.source}", notes=(one.format,)),
            Cell(one.cut_on or "Does not say"),
            Cell(one.loaded_on),
            *(
                Cell(f"{count:,}")
                for count in (one.read, one.added, one.changed, one.ended, one.unchanged, one.set_aside)
            ),
        )
        for one in loads
    )
    return Table(
        "loads",
        "Loads",
        heads(*headings),
        rows,
        "Nothing has been loaded yet. Load an extract with: keyworker load PATH",
    )


def loads_answer(loads: Sequence[Load]) -> str:
    """How much was set aside, in one sentence."""
    if not loads:
        return "Nothing has been loaded yet."
    aside = sum(one.set_aside for one in loads)
    many = plural(len(loads), "load")
    return (
        f"{many} kept; {plural(aside, 'row')} set aside to be mended."
        if aside
        else f"{many} kept; no row was set aside."
    )


def meanings_table(meanings: Sequence[Meaning]) -> Table:
    """Sources' own words, those without a meaning first."""
    ordered = sorted(meanings, key=lambda one: (one.means is not None, one.kind, -one.count))
    rows = tuple(
        (
            Cell(sentence(one.kind)),
            Cell(one.said or "Blank"),
            Cell(f"{one.count:,}"),
            Cell(one.means)
            if one.means
            else Cell("No meaning yet", notes=(f"a guess: {one.guess}",) if one.guess else (), tone="due"),
        )
        for one in ordered
    )
    return Table(
        "meanings",
        "Teams, titles, roles and visit kinds",
        heads("^Kind", "^The source says", "^#Rows", "^Means"),
        rows,
        "Nothing to give a meaning to: nothing has been loaded yet.",
    )


def meanings_answer(meanings: Sequence[Meaning]) -> str:
    """How many words still lack a meaning, in one sentence."""
    lacking = [one for one in meanings if one.means is None]
    if not meanings:
        return "Nothing has been loaded yet, so there is nothing to give a meaning to."
    if not lacking:
        return f"All {len(meanings)} of the sources’ words have a meaning."
    rows = sum(one.count for one in lacking)
    return f"{in_words(len(lacking))} of the sources’ {plural(len(meanings), 'word')} {'has' if len(lacking) == 1 else 'have'} no meaning yet; {plural(rows, 'row')} rest on them."


def quality_table(weaknesses: Sequence[Weakness]) -> Table:
    """What the data cannot support and which figures that weakens."""
    rows = tuple(
        (
            Cell(one.what),
            Cell(f"{one.count:,}" + (f" of {one.of:,}" if one.of is not None else "")),
            Cell(one.weakens or "Nothing shown here"),
            Cell(one.remedy or "None known"),
        )
        for one in weaknesses
    )
    return Table(
        "quality",
        "What the data cannot support",
        heads("What", "How many", "Weakens", "What would mend it"),
        rows,
        "No weakness was found in what has been loaded.",
    )


def quality_answer(weaknesses: Sequence[Weakness]) -> str:
    """How many kinds of weakness there are, in one sentence."""
    found = [one for one in weaknesses if one.count]
    if not found:
        return "No weakness was found in what has been loaded."
    return f"{in_words(len(found))} {'kind' if len(found) == 1 else 'kinds'} of weakness {'was' if len(found) == 1 else 'were'} found in what has been loaded."
