"""The throughline without the picture: its finding, its description, its key."""

from __future__ import annotations

from collections import Counter

from keyworker.facts.pictures import Outcome
from keyworker.web.throughline.strip import SEEN, Strip
from keyworker.web.words import days, in_words, length, listed, plural, spoken

OUTCOME_WORDS = {
    Outcome.SEEN_ALONE: "seen alone",
    Outcome.SEEN: "seen",
    Outcome.NOT_SEEN: "not seen",
    Outcome.CANCELLED: "cancelled",
    Outcome.NO_ACCESS: "no access",
    Outcome.NOT_RECORDED: "outcome not recorded",
}


def finding(strip: Strip) -> str:
    """What the picture shows, in one sentence: workers, in how long, and days without one."""
    workers = len({hold.name for hold in strip.main if not hold.later})
    without = sum(gap.days for gap in strip.gaps)
    held = "no worker recorded" if workers == 0 else f"{in_words(workers).lower()} worker{'' if workers == 1 else 's'}"
    spell = length(strip.from_on, strip.to_on)
    said = f"{strip.name} has had {held} in {spell}" + (f", and none for {days(without)}." if without else ".")
    return f"{said} {_untold(strip)}".rstrip()


def description(strip: Strip) -> str:
    """The whole picture in a few sentences, for those who do not see it. The table beneath holds every row."""
    counts = Counter(dot.outcome for dot in strip.dots if not dot.later)
    parts = [f"{number} {OUTCOME_WORDS[outcome]}" for outcome, number in counts.most_common()]
    visits = f"{plural(len(strip.dots), 'visit')}: {listed(parts)}." if strip.dots else "No visit is recorded."
    seen = [dot.on for dot in strip.dots if dot.outcome in SEEN]
    last = f" Last seen {spoken(max(seen))}." if seen else ""
    missed = f" {plural(len(strip.missed), 'stretch', 'stretches')} past the visit interval." if strip.missed else ""
    gaps = f" {plural(len(strip.gaps), 'gap')} without a worker." if strip.gaps else ""
    names = listed([f"{hold.name} ({hold.lasted})" for hold in strip.main])
    held = f" Held by {names}." if names else ""
    untold = f" {_untold(strip)}".rstrip()
    return f"From {spoken(strip.from_on)}.{held}{gaps}{untold} {visits}{last}{missed}"


def _untold(strip: Strip) -> str:
    if not strip.untold:
        return ""
    return f"No extract tells who held {strip.name} before {spoken(max(one.to_on for one in strip.untold))}."
