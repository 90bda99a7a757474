"""Charts of made-up figures, of every kind that is drawn."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from keyworker.measures.about import About
from keyworker.measures.charts import (
    Baseline,
    Chart,
    Decision,
    Good,
    LeftOut,
    Plan,
    Rebase,
    g_chart,
    p_chart,
    t_chart,
    u_chart,
    xmr,
)
from keyworker.measures.charts.funnel import Funnel, Of, Places, funnel
from keyworker.measures.drawing import Drawn, draw_chart, draw_curves, draw_funnel
from keyworker.measures.survival import Curve, Spell, kaplan_meier

ABOUT = About("children on a child protection plan", "April 2023 to March 2026", "a made-up record <of> 1 April 2026")
WHO = Decision("A. Manager", date(2025, 2, 1), 'visits moved to a new rota & "teams" split')
MONTHS = [date(2023 + (3 + at) // 12, (3 + at) % 12 + 1, 1) for at in range(36)]


def plan(**said: object) -> Plan:
    return Plan("Children seen in time", "% of children seen in time", ABOUT, **said)  # type: ignore[arg-type]


def risen() -> Chart:
    """Steady about 72 for twenty months with a low spell, then about 82, against a target of 85."""
    source = random.Random(4)
    base = [source.randint(180, 260) for _ in MONTHS]
    top = [round(n * source.gauss(0.72 if at < 20 else 0.82, 0.03)) for at, n in enumerate(base)]
    return xmr(MONTHS, top, base, per=100, plan=plan(good=Good.UP, target=85.0))


def decided() -> Chart:
    """A gap, a point left out, a baseline and limits that start afresh."""
    y = [72, 75, 71, 74, None, 73, 70, 74, 99, 72, 74, 73, *[82, 84, 81, 83] * 6]
    return xmr(
        MONTHS,
        y,
        plan=plan(
            good=Good.DOWN,
            baseline=Baseline(12, WHO),
            left_out=(LeftOut(MONTHS[8], WHO),),
            rebases=(Rebase(MONTHS[12], WHO, True, True, True, True),),
        ),
    )


def districts() -> Funnel:
    found = funnel(
        ["East", "Mid", "North", "South", "West", "Nowhere"],
        [150, 160, 90, 210, 40, 0],
        [210, 205, 150, 250, 100, 0],
        places=Places.DISTRICTS,
        of=Of.SHARE,
        name="Children seen in time",
        unit="% of children seen in time",
        about=ABOUT,
        per=100,
        good=Good.UP,
    )
    assert isinstance(found, Funnel)
    return found


def teams() -> Funnel:
    source = random.Random(3)
    base = [source.randint(8, 60) for _ in range(40)]
    some = [round(n * source.betavariate(8, 3)) for n in base]
    found = funnel(
        [f"Team {at}" for at in range(40)],
        some,
        base,
        places=Places.TEAMS,
        of=Of.SHARE,
        name="Children seen in time",
        unit="% of children seen in time",
        about=ABOUT,
        per=100,
    )
    assert isinstance(found, Funnel)
    return found


def curves() -> dict[str, Curve]:
    source = random.Random(5)
    found = {}
    for group, mean in (("North", 200), ("South, where nothing has a short name", 320)):
        lengths = [max(1, round(source.expovariate(1 / mean))) for _ in range(60)]
        curve = kaplan_meier([Spell(0, min(one, 400), "changed" if one < 400 else None) for one in lengths], ABOUT)
        assert isinstance(curve, Curve)
        found[group] = curve
    return found


ALL: dict[str, Callable[[], Drawn]] = {
    "risen": lambda: draw_chart(risen(), "risen"),
    "decided": lambda: draw_chart(decided(), "decided"),
    "not whole": lambda: draw_chart(
        xmr(MONTHS[:18], [3, 9, 20, 31, *[60, 64, 61, 63] * 3, 62, 61], plan=plan(not_whole=frozenset(MONTHS[:4]))),
        "told",
    ),
    "few": lambda: draw_chart(xmr(MONTHS[:4], [70, 74, 72, 79], plan=plan()), "few"),
    "none": lambda: draw_chart(xmr([], [], plan=plan()), "none"),
    "one": lambda: draw_chart(xmr(MONTHS[:1], [3], plan=plan()), "one"),
    "flat": lambda: draw_chart(xmr(MONTHS[:14], [0] * 14, plan=plan()), "flat"),
    "shares": lambda: draw_chart(p_chart(MONTHS[:12], [9, 8] * 6, [10, 12] * 6, plan=plan()), "shares"),
    "rates": lambda: draw_chart(u_chart(MONTHS[:12], [2, 5] * 6, [90, 110] * 6, plan=plan(), per=100), "rates"),
    "cases between": lambda: draw_chart(g_chart(range(1, 13), [3] * 11 + [111], plan=plan(good=Good.UP)), "between"),
    "days between": lambda: draw_chart(t_chart(range(1, 13), [20, 3] * 6, plan=plan(good=Good.UP)), "days"),
    "large numbers": lambda: draw_chart(xmr(MONTHS[:12], [1_234_000, 1_250_500] * 6, plan=plan()), "large"),
    "below nought": lambda: draw_chart(xmr(MONTHS[:12], [-4, 5] * 6, plan=plan()), "below"),
    "districts": lambda: draw_funnel(districts(), "districts"),
    "teams": lambda: draw_funnel(teams(), "teams"),
    "survival": lambda: draw_curves(curves(), "With the same worker", "survival"),
}
