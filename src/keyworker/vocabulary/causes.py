"""Why a child's worker changed: ten published causes, and the finer causes that staff give.

A cause that nobody recorded is not guessed here: it is `None`, which pages call "not recorded".

Source  the cause codes of the looked after children return, used here for every child.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.shipped import rows


class Cause(StrEnum):
    """The ten published causes of a change of worker."""

    MANAGING_CASELOADS = "MANAGE"
    FIRST_CONTACT = "FCONTA"
    LEFT_ROLE = "LEFTRL"
    REORGANISED = "ORGRST"
    STANDARD_TRANSFER = "TSPROC"
    ABSENCE = "ABSENC"
    CHILD_ASKED = "CHCHAN"
    PARENT_ASKED = "PCCHAN"
    WORKER_DIED = "SWDIED"
    OTHER = "OTHERS"

    @property
    def label(self) -> str:
        """The cause in plain words."""
        return codes("change_cause")[self]

    @property
    def family(self) -> str:
        """What kind of thing lay behind it: structure, workforce, caseload, voice, start or other."""
        return next(one.family for one in local_causes() if one.cause is self)


@dataclass(frozen=True)
class LocalCause:
    """A finer cause, in the words that staff use, and the published cause that it counts as."""

    said: str
    cause: Cause
    family: str
    says: str


@cache
def local_causes() -> tuple[LocalCause, ...]:
    """Every finer cause, in the order of the published causes."""
    return tuple(
        LocalCause(row["said"], Cause(row["cause"]), row["family"], row["says"]) for row in rows("local_causes.csv")
    )


def published_cause(text: str | None) -> str | None:
    """The published cause that a source's words mean: a code, its words, or a finer local cause.

    Gives   None where the words are empty or nobody has said what they mean.
    """
    return _known().get(_plain(text)) if text else None


@cache
def _known() -> dict[str, str]:
    known = {_plain(one.said): str(one.cause) for one in local_causes()}
    for code, label in codes("change_cause").items():
        known |= {_plain(code): code, _plain(label): code, _plain(f"{code} {label}"): code}
    return known


def _plain(text: str) -> str:
    kept = "".join(sign if sign.isalnum() else " " for sign in text.replace("'", "").replace("’", "").lower())
    return " ".join(kept.split())
