"""The codes of statutory lists as words; what is no code is shown as it was written."""

from __future__ import annotations

from functools import cache

from keyworker.vocabulary.codes import codes
from keyworker.web.words import inside

# Why a worker changed, in the word or two that stands where one ribbon ends.
CAUSES = {
    "MANAGE": "caseloads managed",
    "FCONTA": "first contact ended",
    "LEFTRL": "worker left",
    "ORGRST": "reorganised",
    "TSPROC": "planned transfer",
    "ABSENC": "worker away",
    "CHCHAN": "child asked",
    "PCCHAN": "parent or carer asked",
    "SWDIED": "worker died",
    "OTHERS": "other cause",
}
STATUS_LISTS = {
    "referral": "primary_need",
    "cp": "category_of_abuse",
    "looked after": "legal_status",
    "cla": "legal_status",
}
MARK_LISTS = {
    "contact": "referral_source",
    "referral": "referral_source",
    "missing": "missing_type",
    "placement": "placement_type",
    "legal status": "legal_status",
    "case supervision": "supervision_outcome",
}


@cache
def in_words(list_name: str | None, said: str) -> str:
    """A code of a list as its words, or what was said when it is no code."""
    return codes(list_name).get(said, said) if list_name else said


def cause_in_a_word(cause: str) -> str:
    """A cause of change, short enough for a picture."""
    return CAUSES.get(cause, cause)


def status_detail(kind: str, detail: str) -> str:
    """What a status rests on: a need, a category of abuse, a legal status."""
    return in_words(STATUS_LISTS.get(kind), detail)


def mark_words(kind: str, says: str) -> str:
    """A dated thing in words: what it is, and what the source says of it where that adds anything."""
    what = f"{kind[:1].upper()}{kind[1:]}"
    detail = in_words(MARK_LISTS.get(kind.lower()), says)
    if not detail or detail.lower() in ("held", what.lower(), kind.lower()):
        return what
    return detail if kind.lower() in detail.lower() else f"{what}: {inside(detail)}"
