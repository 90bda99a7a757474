"""What is said of a child or a worker on a day, told plainly, for the groups that are their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from keyworker.facts.reference import Reference, Row
from keyworker.measures.plain.day import covers

Said = Callable[[Reference, str, date], str | None]
AGES = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
REGISTERED_WITHIN = timedelta(days=42)
"""In how many days a birth is to be registered: who was expected so long ago is no longer said to be unborn."""
ROLES = (
    "senior manager",
    "middle manager",
    "first line manager",
    "senior practitioner",
    "case holder",
    "qualified without cases",
)
SEXES = {"m": "male", "male": "male", "1": "male", "f": "female", "female": "female", "2": "female"}
ETHNIC = {"W": "White", "M": "Mixed", "A": "Asian or Asian British", "B": "Black or Black British"}
ETHNIC_WHOLE = {
    "CHNE": "Asian or Asian British",
    "OOTH": "Other ethnic group",
    "REFU": "refused",
    "NOBT": "not yet obtained",
}
LENGTHS = ((6, "under 6 months"), (24, "6 months to under 2 years"), (60, "2 to under 5 years"))


def of(rows: Iterable[Row], key: str, whose: str) -> list[Row]:
    """The rows of one child or worker, in the order in which they were told."""
    return sorted((row for row in rows if row[key] == whose), key=lambda row: row["entry_id"])


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the first of the next month where there is no such day."""
    whole = day.year * 12 + day.month - 1 + months
    try:
        return date(whole // 12, whole % 12 + 1, day.day)
    except ValueError:
        return date((whole + 1) // 12, (whole + 1) % 12 + 1, 1)


def age_band(known: Reference, child: str, day: date) -> str | None:
    """The age by birthdays that have come, as the last row that tells of the day has it."""
    rows = of(known.rows("person"), "child_id", child)
    bands = (_band(row["birth_on"], row["expected_birth_on"], day) for row in reversed(rows))
    return next(filter(None, bands), None)


def _band(born: date | None, expected: date | None, day: date) -> str | None:
    if born is None:
        return "unborn" if expected is not None and day <= expected + REGISTERED_WITHIN else None
    if born > day:
        return "unborn"
    return next((said for years, said in AGES if day < months_after(born, 12 * years)), "18 and over")


def sex(known: Reference, child: str, _: date) -> str | None:
    """As the source holds it."""
    rows = [row for row in of(known.rows("person"), "child_id", child) if row["sex"] is not None]
    return SEXES.get(rows[-1]["sex"].strip().lower(), "unknown") if rows else None


def ethnic_group(known: Reference, child: str, _: date) -> str | None:
    """By the first letter of the code, but for four."""
    rows = [row["ethnicity"].strip().upper() for row in of(known.rows("person"), "child_id", child) if row["ethnicity"]]
    groups = [ETHNIC_WHOLE.get(code) or ETHNIC.get(code[:1]) for code in rows]
    told = [group for group in groups if group]
    return told[-1] if told else None


def disability(known: Reference, child: str, _: date) -> str | None:
    """Any code but that for none."""
    codes = [row["disability_code"] for row in of(known.rows("disability"), "child_id", child)]
    told = {code.strip().upper() != "NONE" for code in codes if code is not None}
    return None if not told else "disabled" if True in told else "no disability"


def status(known: Reference, child: str, day: date) -> str | None:
    """The status that asks most."""
    if any(covers(row, day) for row in of(known.care_episodes(short=False), "child_id", child)):
        return "looked after"
    if any(covers(row, day) for row in of(known.rows("cp_plans"), "child_id", child)):
        return "child protection plan"
    episodes = of(known.rows("cin_episodes"), "child_id", child)
    if any(covers(row, day) and row["referral_nfa"] is not True for row in episodes):
        return "child in need"
    if any(covers(row, day) for row in of(known.care_episodes(short=True), "child_id", child)):
        return "short break"
    births = [row["birth_on"] for row in of(known.rows("person"), "child_id", child)] or [None]
    sixteen = [day >= months_after(born, 192) if born else True for born in births]
    leavers = of(known.rows("care_leavers"), "child_id", child)
    listed = [row for row in leavers if (row["eligibility"] or "").lower() != "no current eligibility"]
    return "care leaver" if listed and any(sixteen) else "not open"


def worker_role(known: Reference, worker: str, day: date) -> str | None:
    """The census role of the appointment begun last."""
    rows = [row for row in of(known.rows("appointment"), "worker_id", worker) if row["role_class"] is not None]
    held = [row for row in rows if covers(row, day)]
    if not held:
        return None
    said = str(max(held, key=_come)["role_class"]).strip().lower()
    return ROLES[int(said) - 1] if said in "123456" else said


def employment(known: Reference, worker: str, day: date) -> str | None:
    """Of the appointment begun last, else of the list of workers."""
    rows = [row for row in of(known.rows("appointment"), "worker_id", worker) if row["employment"] is not None]
    held = [row for row in rows if covers(row, day)]
    if held:
        return "agency" if max(held, key=_come)["employment"].strip().lower() == "agency" else "employed"
    listed = [row for row in of(known.rows("professionals"), "worker_id", worker) if row["agency_worker"] is not None]
    return None if not listed else "agency" if listed[-1]["agency_worker"] else "employed"


def tenure(known: Reference, worker: str, day: date) -> str | None:
    """Back from the day through appointments that touch."""
    rows = [row for row in of(known.rows("appointment"), "worker_id", worker) if covers(row, row["from_on"])]
    begun = [row["from_on"] for row in rows if covers(row, day)]
    if not begun:
        return None
    first = min(begun)
    while touching := [row for row in rows if row["from_on"] < first and (row["to_on"] or first) >= first]:
        first = min(row["from_on"] for row in touching)
    return next((said for months, said in LENGTHS if day < months_after(first, months)), "5 years or more")


def working_hours(known: Reference, worker: str, day: date) -> str | None:
    """All appointments of the day added up."""
    hours = [row["fte"] for row in of(known.rows("appointment"), "worker_id", worker) if covers(row, day)]
    told = [Decimal(str(one)) for one in hours if one is not None]
    if sum(told) >= 1:
        return "full time"
    return "part time" if hours and len(told) == len(hours) else None


def _come(row: Row) -> tuple[date, int]:
    return (row["from_on"], row["entry_id"])


OF_CHILD: dict[str, Said] = {
    "age band": age_band,
    "sex": sex,
    "ethnic group": ethnic_group,
    "disability": disability,
    "status": status,
}
OF_WORKER: dict[str, Said] = {
    "worker role": worker_role,
    "employment": employment,
    "tenure": tenure,
    "working hours": working_hours,
}
