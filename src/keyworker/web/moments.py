"""The moment that a page is asked about, read from its address and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from keyworker.facts.days import LONDON, end_of, london_day
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.words import spoken, spoken_instant

FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")


class MomentRefused(KeyworkerError):
    """A moment typed or linked that is not a day, or that has not come yet."""


@dataclass(frozen=True)
class Asked:
    """The moment that a page shows, what was typed, and what is wrong with it, if anything."""

    moment: Moment
    today: date
    now: datetime
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_now(self) -> bool:
        """Whether the page shows today with all that is known now."""
        return self.moment.at == self.today and self.moment.known_at is None

    @property
    def query(self) -> str:
        """The part of an address that keeps the moment, empty for now."""
        return moment_query(self.moment, self.today)


def moment_query(moment: Moment, today: date, **more: str) -> str:
    """The part of an address that reproduces a moment: `?at=2026-03-01&known=…`, or nothing for now."""
    parts: dict[str, str] = {}
    if moment.at != today:
        parts["at"] = moment.at.isoformat()
    if moment.known_at is not None:
        parts["known"] = _known_text(moment.known_at)
    parts.update({name: value for name, value in more.items() if value})
    return f"?{urlencode(parts)}" if parts else ""


def asked(query: Mapping[str, str], now: datetime) -> Asked:
    """The moment in an address; what is wrong is said beside what was typed, and now is shown instead."""
    today = london_day(now)
    typed = {name: query.get(name, "").strip() for name in ("at", "known")}
    errors: dict[str, str] = {}
    at, known_at = today, None
    try:
        at = _day(typed["at"], "Day to look at", today) if typed["at"] else today
    except MomentRefused as refused:
        errors["at"] = refused.what
    try:
        known_at = _instant(typed["known"], now, today) if typed["known"] else None
    except MomentRefused as refused:
        errors["known"] = refused.what
    if errors:
        at, known_at = today, None
    return Asked(Moment(at, known_at), today, now, typed, errors)


def as_at(moment: Moment) -> str:
    """The day a page is about: As at the end of 1 March 2026."""
    return f"As at {spoken(moment.at)}"


def as_known(moment: Moment) -> str:
    """The knowledge that a page looks with: as best known now, or as known then."""
    if moment.known_at is None:
        return "as best known now"
    local = moment.known_at.astimezone(LONDON)
    if local.time() == time(0):
        return f"as it was known at the end of {spoken(local.date() - timedelta(days=1))}"
    return f"as it was known on {spoken_instant(moment.known_at)}"


def _known_text(known_at: datetime) -> str:
    local = known_at.astimezone(LONDON)
    if local.time() == time(0):
        return (local.date() - timedelta(days=1)).isoformat()
    return known_at.isoformat()


def _day(text: str, name: str, today: date) -> date:
    day = _parse(text)
    if day is None:
        raise MomentRefused(f"{name} must be a real day, such as {today.day} {today:%B %Y}")
    if day > today:
        raise MomentRefused(f"{name} must be today or in the past")
    if day.year < 1990:
        raise MomentRefused(f"{name} must be in or after 1990")
    return day


def _instant(text: str, now: datetime, today: date) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or len(text) <= len("2026-01-01"):
        day = _day(text, "Known by the end of", today)
        return end_of(day) if day < today else now
    instant = instant if instant.tzinfo else instant.replace(tzinfo=LONDON)
    if instant > now:
        raise MomentRefused("Known by the end of must be today or in the past")
    return instant


def day_typed(text: str) -> date | None:
    """A day as people type it, such as 1 March 2026 or 1/3/2026; None for what is no day, or too far from now."""
    day = _parse(" ".join(text.split()))
    return day if day is not None and 1990 <= day.year <= 2100 else None


def _parse(text: str) -> date | None:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
