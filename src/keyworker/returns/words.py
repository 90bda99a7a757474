"""What the record's words are in the codes of a return: the record keeps each source's code as it was written."""

from __future__ import annotations

import re

import polars as pl

from keyworker.vocabulary.codes import codes

_CHECK = "ABCDEFGHJKLMNPQRTUVWXYZ"  # the letters of a pupil number; their places are what they count for
_UPN = re.compile(rf"[{_CHECK}]\d{{11}}[0-9{_CHECK}]")
_SEX = {"M": "M", "1": "M", "F": "F", "2": "F", "9": "9"}

# The dataset writes some of these as words and the census as codes; Annex A's words are near the dataset's.
ABUSE = {
    "neglect": "NEG",
    "physical abuse": "PHY",
    "sexual abuse": "SAB",
    "emotional abuse": "EMO",
    "multiple": "MUL",
    "multiple/not recommended": "MUL",
    "multiple or not recommended": "MUL",
}
ROLE_CLASS = {said.lower(): code for code, said in codes("role_class", "CSWW").items()}

# An enquiry that ended and did not ask for a conference needed none, though it led to something else.
ASKS_FOR_CONFERENCE = r'(?i)"CP_CONFERENCE_FLAG"\s*:\s*"?(?:Y|T|1)'


def conference_unneeded() -> pl.Expr:
    """Whether an enquiry says that no conference was needed."""
    said = pl.col("outcome_json").str.contains(ASKS_FOR_CONFERENCE)
    return pl.col("nfa").fill_null(value=False) | (pl.col("to_on").is_not_null() & ~said).fill_null(value=False)


def sex_of(sex: str | None, gender: str | None) -> str:
    """M, F, 9 for a gender that is neither, U where nobody knows; codes, letters and words are all read."""
    said = (sex or gender or "").strip().upper().lstrip("0")[:1]
    return _SEX.get(said, "U")


def abuse_code(said: str | None) -> str | None:
    """The census's code of a category of abuse; what is no category's word is left as it was written."""
    return ABUSE.get(said.strip().lower(), said) if said else None


def role_code(said: str | None) -> str | None:
    """The workforce census's code, 1 to 6, of a class of role."""
    return ROLE_CLASS.get(said.strip().lower(), said) if said else None


def is_sound_upn(value: str | None) -> bool:
    """Whether a pupil number has the right shape, and the letter in front that the other twelve characters ask for."""
    if value is None or not _UPN.fullmatch(value):
        return False
    counted = [int(one) if one.isdigit() else _CHECK.index(one) for one in value[1:]]
    return value[0] == _CHECK[sum(place * count for place, count in enumerate(counted, 2)) % len(_CHECK)]
