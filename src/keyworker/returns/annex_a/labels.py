"""How each code is written in the lists: as published samples write it, with a letter only where the letter is known.

Source  letters from the published code sets of the lists, labels from the vocabulary's code lists. Where only the
        code's own letters were seen, a column is named in `UNCONFIRMED`, and the reconciliation says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from keyworker.returns.words import ABUSE
from keyworker.vocabulary.codes import codes

_ABUSE_SAID = dict(codes("category_of_abuse", "CIN"))
_PLAN = {
    "RETURN1M": "a",
    "RETURN6M": "a",
    "RETURNEV": "a",
    "ADOPTION": "b",
    "SUPPLIV": "d",
    "RESPLMT": "e",
    "LTRELFR": "f",
    "LTFOST18": "f",
    "REMAINSUP": "g",
    "OTHERPLN": "g",
}

# Columns whose letters or labels no published sample settles.
UNCONFIRMED = frozenset(
    {
        "Ethnicity",
        "Primary Need Code",
        "Child's Category of Need",
        "Reason for Closure",
        "Child's Legal Status",
        "Reason Ceased to be Looked After",
        "Placement Type",
        "Placement Provider",
    }
)


def _lettered(name: str) -> dict[str, str]:
    return {label: f"{letter}) {label}" for letter, label in codes(name, "Annex A").items()}


def _coded(name: str, collection: str, mark: str) -> dict[str, str]:
    return {code: f"{code}{mark}{label}" for code, label in codes(name, collection).items()}


def _sources() -> dict[str, str]:
    said = {}
    for letter, label in codes("referral_source", "Annex A").items():
        code, words = label.split(" ", 1)
        said[code] = f"{letter}) {code}: {words}"
    return said


def _abuse() -> dict[str, str]:
    letters = {code: letter for letter, code in zip("abcde", _ABUSE_SAID, strict=True)}
    labels = codes("category_of_abuse", "Annex A")
    written = {code: f"{letter}) {labels[letter]}" for code, letter in letters.items()}
    return written | {said: written[code] for said, code in ABUSE.items()}


def _in_touch() -> dict[str, str]:
    letters = {"YES": "a", "NO": "b", "DIED": "c", "REFU": "d", "NREQ": "e", "RHOM": "f"}
    labels = codes("in_touch", "Annex A")
    written = {code: f"{letter}) {labels[letter]}" for code, letter in letters.items()}
    return written | {labels[letter]: said for letter, said in zip("abcdef", written.values(), strict=True)}


def _eligibility() -> dict[str, str]:
    labels = _lettered("care_leaver_eligibility")
    short = {"Relevant": "Relevant child", "Former Relevant": "Former relevant child"}
    short |= {"Qualifying": "Qualifying care leaver", "Eligible": "Eligible child"}
    return labels | {code: labels[label] for code, label in short.items()}


def _suitability() -> dict[str, str]:
    labels = _lettered("accommodation_suitable")
    return labels | {"1": labels["Suitable"], "2": labels["Unsuitable"]}


def _permanence_plans() -> dict[str, str]:
    labels = codes("permanence_plan", "Annex A")
    return {code: f"{letter}) {labels[letter]}" for code, letter in _PLAN.items()}


def macros() -> str:
    """A macro `as_<list>(it)` for each list: the code as the lists write it, and what is no code as it was written."""
    return "\n".join(_macro(name, written) for name, written in _written().items())


def _written() -> dict[str, Mapping[str, str]]:
    return {
        "ethnicity": {code: f"{letter}) {code}" for letter, code in codes("ethnicity", "Annex A").items()},
        "source": _sources(),
        "need": _coded("primary_need", "CIN", " - "),
        "closure": {code: f"{letter}) {code}" for letter, code in codes("reason_for_closure", "Annex A").items()},
        "abuse": _abuse(),
        "legal_status": _coded("legal_status", "SSDA903", ": "),
        "ceased": _coded("episode_ceased_reason", "SSDA903", ": "),
        "placement": _coded("placement_type", "SSDA903", ": "),
        "provider": _coded("placement_provider", "SSDA903", " - "),
        "eligibility": _eligibility(),
        "in_touch": _in_touch(),
        "accommodation": _coded("accommodation", "Annex A", ": "),
        "suitability": _suitability(),
        "activity": _coded("activity", "SSD", ": ") | _coded("activity", "Annex A", ": "),
        "reversed": _coded("adoption_reversed_reason", "Annex A", ": "),
        "plan": _permanence_plans(),
        "interview": {"Y": "a) Yes", "N": "b) No", "NA": ""},
    }


def _macro(name: str, written: Mapping[str, str]) -> str:
    by_code = {code.upper(): said for code, said in written.items()}
    pairs = ", ".join(f"{_text(code)}: {_text(said)}" for code, said in by_code.items())
    known = f"map {{{pairs}}}[upper(trim(it))]"
    return f"create macro as_{name}(it) as nullif(coalesce({known}, it), '');"


def _text(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"
