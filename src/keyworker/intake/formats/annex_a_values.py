"""What the uneven labels of Annex A say: `b) Female` and `Female`, `q) 6: Police`, `N1 - Abuse or Neglect`."""

from __future__ import annotations

import hashlib

import polars as pl

_LETTER = r"^[A-Za-z]\d?\)\s*"
_CODE = r"^([A-Z0-9]{1,8})\s*(?::\s*|\s[-–]\s*|$)"
_ABUSE = {
    "neglect": "NEG",
    "physical abuse": "PHY",
    "sexual abuse": "SAB",
    "emotional abuse": "EMO",
    "multiple or not recommended": "MUL",
    "multiple": "MUL",
}


def label(name: str) -> pl.Expr:
    """The words without the letter that the template numbers them by."""
    return pl.col(name).str.replace(_LETTER, "")


def code(name: str) -> pl.Expr:
    """The code at the front, or the whole label where there is none."""
    return pl.coalesce(label(name).str.extract(_CODE, 1), label(name))


def description(name: str) -> pl.Expr:
    """The words after the code."""
    words = label(name).str.replace(_CODE, "")
    return pl.when(words != "").then(words)


def flag(name: str) -> pl.Expr:
    """Yes or no; anything else, such as `c) Unknown`, is not known."""
    first = label(name).str.to_lowercase().str.head(1)
    return first.replace_strict({"y": "true", "n": "false"}, default=None, return_dtype=pl.String())


def unflag(name: str) -> pl.Expr:
    """The opposite of a yes or no."""
    return flag(name).replace_strict({"true": "false", "false": "true"}, default=None, return_dtype=pl.String())


def abuse(name: str) -> pl.Expr:
    """The code of a category of abuse, where the label is one of the template's."""
    return label(name).str.to_lowercase().replace_strict(_ABUSE, default=code(name), return_dtype=pl.String())


def day(name: str) -> pl.Expr:
    """A cell as a day; empty where it is none."""
    text = pl.col(name).str.strip_chars().str.head(10)
    return pl.coalesce(text.str.to_date(shape, strict=False) for shape in ("%Y-%m-%d", "%d/%m/%Y"))


def worker_ids(names: pl.Series) -> dict[str, str]:
    """An id for each worker's name. The lists give none, and a name is no identifier to show or to log."""
    return {name: f"named-{_digest(name)}" for name in names.drop_nulls().unique()}


def _digest(name: str) -> str:
    return hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()[:16]
