"""The manual's page about the made-up county, written from the comparison itself."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from keyworker.county import manual_duties
from keyworker.county.compare import TOLERANCES, Compared, compare
from keyworker.county.county import generate

SPOKEN: Mapping[str, str] = {
    "referrals": "Referrals",
    "referrals.no_further_action": "Referrals with no further action",
    "referrals.not_in_need": "Referrals assessed and not in need",
    "referrals.again_within_12_months": "Referrals within 12 months of another",
    "referrals.children": "Children referred",
    "referrals.month": "Referrals by month",
    "cin.started": "Episodes of need started",
    "cin.ended": "Episodes of need ended",
    "cin.at_31_march": "Episodes of need open on 31 March",
    "cin.at_any_point": "Episodes of need at any point",
    "cin.disabled_at_31_march": "Open episodes with a disability recorded",
    "cin.need.N1": "Open episodes for abuse or neglect",
    "cin.need.N2": "Open episodes for disability or illness",
    "cin.closed.RC7": "Episodes ended for any other reason",
    "cinplan.started": "Child in need plans started",
    "cinplan.ended": "Child in need plans ended",
    "cinplan.at_31_march": "Child in need plans open on 31 March",
    "assessments": "Assessments completed",
    "s47": "Section 47 enquiries",
    "icpc": "Initial child protection conferences",
    "cpp.started": "Child protection plans started",
    "cpp.ended": "Child protection plans ended",
    "cpp.at_31_march": "Child protection plans on 31 March",
    "cpp.second_or_later": "Plans that were a second or later one",
    "cpp.reviewed_in_time": "Plans open three months, reviewed in time",
    "cla.started": "Children starting to be looked after",
    "cla.ceased": "Children ceasing to be looked after",
    "cla.at_31_march": "Children looked after on 31 March",
    "cla.three_placements_in_year": "Looked after children with three or more placements in the year",
    "cla.three_workers_in_year": "Looked after children with three or more workers in the year",
    "workforce.in_post_fte": "Social workers in post",
    "workforce.leavers_fte": "Leavers",
    "workforce.starters_fte": "Starters",
    "workforce.turnover_percent": "Turnover, per cent",
    "workforce.agency_fte": "Agency workers",
    "workforce.agency_percent": "Agency workers, per cent",
    "workforce.vacancies_fte": "Vacancies",
    "workforce.vacancy_percent": "Vacancies, per cent",
    "workforce.case_holders_fte": "Case holders",
    "workforce.cases": "Cases",
    "workforce.cases_per_fte": "Cases for each case holder",
    "workforce.absence_percent": "Absence, per cent",
}
PREFIXES = (
    ("cin.open_for.", "Open episodes, open for "),
    ("cin.ended_after.", "Ended episodes, after "),
    ("assessments.", "Assessments, working days "),
    ("icpc.", "Conferences, working days from strategy discussion "),
    ("cpp.initial.", "Plans started for abuse: "),
    ("cpp.ended_after.", "Plans ended, after "),
)

CHILDREN, YEARS, SEED, END = 41_000, 11, 7, date(2024, 12, 31)

OPENING = """# The made-up county

Nobody in it exists. Children and workers are called after trees, birds and stones, with surnames such as Testwood
and Fictionby; every postcode is in ZZ99, every pupil number belongs to a local authority numbered 000, every
registration number begins SW9.

It is made *whole lives first, records second*. Families come to the service, are assessed, helped, protected,
looked after and let go; workers come, are away, and leave; teams become other teams. Then each thing is written
down, on the day that somebody would have written it: most within days, some after months, a few wrongly and put
right later, and a good deal in the week after an inspection is announced. So an extract cut at any instant holds
what was known then, and no more.

```
keyworker county --children 3000 --years 3 --seed 1 --format ssd --at 2024-03-31 --out a-county
keyworker county --children 3000 --years 3 --seed 1 --format ssd --at 2024-03-31 --extracts 4 --out four-extracts
keyworker demo
```

`--children` counts the children whom the service knew at some time in those years, each once. The same number,
years, seed and last day make the same county. From 120,001 children on it is made in parts that know
nothing of one another. As CSVs each part has a folder of its own (`part-001` and so on); they load as one, and no
more than one is ever in memory. A return in one file (`cin`, `annex-a`, `903`, `workforce`) is made whole, in memory.

Intervals between visits and supervisions, and the number of children that each worker has agreed to hold, are
labelled `example setting of the made-up county`. They are nobody's policy. A county of the real one's size, as the
demonstration's is, also has a setting `council` of 873, so that rates per 10,000 children can be told: as many
children live in it as in Cambridgeshire, which it is not. A smaller or larger county has none, and tells no such
rate. In the demonstration the units become district teams 18 months before its last day, so that one team can be
seen to follow another. One job title and one involvement role
are left without a meaning on purpose, so that the pages show what unmapped looks like.

## How it is held to published figures

What a county of the real one's size would publish is set beside what Cambridgeshire published for the years 2013
to 2024. It is counted as the censuses count: children in need with what had been typed in by the end of the
following July, the workforce on 30 September. Years after 2024 repeat 2024, with as many children leaving as
coming; years before 2013 repeat 2013; looked-after figures before 2019 and workforce figures before 2017 repeat
the first that were published.

Source: Department for Education, Children in need, Children's social work workforce and Children looked after in
England; Office for National Statistics, population estimates. Contains public sector information licensed under
the Open Government Licence v3.0.

One thing in those figures shaped the county. Each year's census reports more open episodes than the next year's
starts from: 2,755 on 31 March 2022, and 2,435 a day later. Some were children still being assessed and found not
to be in need. The rest were closed before 31 March and typed in after the census was cut. In the made-up county
they are, too: ask what was known then, and you see them open.
"""

CLOSING = """## What it does not try to match

- Episodes awaiting assessment, early help, factors at the end of assessment, ethnicity and age: they are
  plausible, and held to nothing.
- The cases published for 2020 (1,114, between 2,605 and 2,327) are taken as a fault in the return. The county
  has no such year.
- Starters in 2021 do not agree with workers in post and leavers as published; the county keeps the last two.
- Closing reasons that were not known (40 in 100 in 2016) are recorded in the county as closed for another
  reason.
"""


def page(compared: Sequence[Compared], standing: pl.DataFrame) -> str:
    """The whole page, from the comparison and the duties that it shows."""
    off = [one for one in compared if not one.within]
    parts = [
        OPENING,
        "## How near it is\n",
        f"From `--children {CHILDREN} --years {YEARS} --seed {SEED}`. A figure is near enough when it is within its",
        "tolerance, or within three times the root of what is expected, which small counts scatter by.",
        f"**{len(compared) - len(off):,} of {len(compared):,} figures are near enough; {len(off)} are off.**\n",
        *_table(compared),
        "\n## Where it is off\n",
        *_off(off),
        "",
        CLOSING,
        manual_duties.section(standing),
    ]
    return "\n".join(parts)


def spoken(name: str) -> str:
    """A figure's name in words."""
    family = name if name in TOLERANCES else name.rsplit(".", 1)[0]
    if name in SPOKEN or (family in SPOKEN and name not in TOLERANCES):
        return SPOKEN.get(name, SPOKEN.get(family, name))
    for prefix, words in PREFIXES:
        if name.startswith(prefix):
            return words + name.removeprefix(prefix)
    return name


def _table(compared: Sequence[Compared]) -> Iterator[str]:
    yield "| Figure | Tolerance | Years near enough | Furthest off | Published then | The county |"
    yield "|---|---|---|---|---|---|"
    families: dict[str, list[Compared]] = defaultdict(list)
    for one in compared:
        families[spoken(one.figure)].append(one)
    for said, found in families.items():
        worst = max(found, key=lambda one: abs(one.difference))
        near = sum(one.within for one in found)
        cells = (
            said, f"{worst.tolerance:.0%}", f"{near} of {len(found)}", f"{worst.year}: {worst.difference:+.0%}",
            _number(worst.published), _number(worst.county),
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _off(off: Iterable[Compared]) -> Iterator[str]:
    yield "| Figure | Year | Published | The county | Difference |"
    yield "|---|---|---|---|---|"
    for one in off:
        cells = (
            spoken(one.figure),
            str(one.year),
            _number(one.published),
            _number(one.county),
            f"{one.difference:+.0%}",
        )
        yield f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:,.1f}" if value < 100 and value != round(value) else f"{value:,.0f}"


def compared_for_the_manual() -> list[Compared]:
    """The comparison that the manual's page shows."""
    return compare(generate(CHILDREN, YEARS, SEED, END), range(2014, 2025))


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/manual/county.md").write_text(
        page(compared_for_the_manual(), manual_duties.duties_for_the_manual()), encoding="utf-8"
    )
