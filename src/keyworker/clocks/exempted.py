"""Agreed exceptions: a duty that somebody, by name of role and for a reason, has let come later or not at all."""

from __future__ import annotations

from datetime import date

import polars as pl

from keyworker.clocks.due import Exempted, Local
from keyworker.clocks.rules import Rulebook
from keyworker.vocabulary.working_days import spoken

_BY = "; granted by "


def with_exceptions(duties: pl.DataFrame, rulebook: Rulebook, local: Local) -> pl.DataFrame:
    """The same duties with `agreed`, the words of an exception, `excused`, and the later date where one was agreed.

    An exception speaks for the duties of its rule and subject that are due while it stands.
    """
    if not local.exceptions:
        return duties.with_columns(pl.lit(None, pl.String).alias("agreed"), pl.lit(False).alias("excused"))
    agreed: list[str | None] = []
    excused: list[bool] = []
    due: list[date | None] = []
    for rule, subject, due_on in duties.select("rule", "subject", "due_on").iter_rows():
        one = _standing(local, subject, rulebook.ids[rule], due_on)
        agreed.append(_words(one) if one else None)
        excused.append(one is not None and one.new_due_on is None)
        due.append(one.new_due_on if one and one.new_due_on else due_on)
    return duties.with_columns(
        pl.Series("agreed", agreed, pl.String), pl.Series("excused", excused), pl.Series("due_on", due, pl.Date)
    )


def _standing(local: Local, subject: str, rule_id: str, due_on: date | None) -> Exempted | None:
    found = [
        one
        for one in local.exceptions.get((subject, rule_id), ())
        if due_on is not None and one.from_on <= due_on and (one.to_on is None or one.to_on > due_on)
    ]
    return found[-1] if found else None


def without_who(agreed: str) -> str:
    """The same words of an exception without who granted it, which somebody wrote freely."""
    return agreed.partition(_BY)[0] + "."


def _words(one: Exempted) -> str:
    """What was agreed and by whom. Why stands with the exception alone: it is free text about a child and a family."""
    later = f"the date was moved to {spoken(one.new_due_on)}" if one.new_due_on else "not asked for this time"
    return f"Agreed exception: {later}{_BY}{one.granted_by}."
