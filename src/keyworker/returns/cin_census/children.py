"""Who a child is in the census: identifiers, characteristics, disabilities."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from lxml import etree

from keyworker.returns.elements import add
from keyworker.returns.gathering import Row
from keyworker.returns.pupil_numbers import UPN, linked_numbers, with_education
from keyworker.returns.reconciliation import Line
from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.words import is_sound_upn, sex_of
from keyworker.returns.year import Year
from keyworker.vocabulary.codes import codes

SEX_SINCE = 2025  # the census year in which Sex replaced GenderCurrent
_GENDER = {"M": "1", "F": "2", "9": "9", "U": "0"}
_NUMBERS = {"UPN": UPN, "FormerUPN": ("former upn", "former unique pupil number", "former_upn")}


@dataclass(frozen=True)
class Children:
    """Every child in the census, and what is known of each."""

    people: dict[str, Row]
    disabilities: dict[str, list[str]]
    numbers: dict[str, dict[str, str]]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, frames: Frames, year: Year, child_ids: pl.Series) -> Children:
        """Gather the children who have an episode in the census."""
        within = pl.col("child_id").is_in(child_ids.unique().implode())
        people = frame_of(frames, "person").filter(within).unique("child_id", keep="first", maintain_order=True)
        disabled = frame_of(frames, "disability").filter(within)
        listed = disabled.group_by("child_id").agg(pl.col("disability_code").unique().sort())
        found = {name: linked_numbers(frames, year, within, kinds) for name, kinds in _NUMBERS.items()}
        pupil_numbers = with_education(frames, found["UPN"], within)
        lines = (
            Line("Child", people.height, people.height, blanks={"Ethnicity": people["ethnicity"].null_count()}),
            Line("Disability", disabled.height, int(listed["disability_code"].list.len().sum())),
            *(_sound(name, numbers) for name, numbers in (found | {"UPN": pupil_numbers}).items()),
        )
        return cls(
            people={row["child_id"]: row for row in people.iter_rows(named=True)},
            disabilities=dict(listed.iter_rows()),
            numbers={
                name: {child: value for child, value in numbers.items() if is_sound_upn(value)}
                for name, numbers in (found | {"UPN": pupil_numbers}).items()
            },
            lines=lines,
        )

    def identifiers(self, year: Year, person: Row) -> etree._Element:
        """The group that says who a child is."""
        group = etree.Element("ChildIdentifiers")
        child = person["child_id"]
        unborn = year.held(person["birth_on"]) is None
        upn = self.numbers["UPN"].get(child)
        add(group, "LAchildID", child)
        add(group, "UPN", upn)
        add(group, "FormerUPN", self.numbers["FormerUPN"].get(child))
        add(group, "UPNunknown", None if upn else _why_none(person["upn_unknown"]))
        add(group, "PersonBirthDate", year.held(person["birth_on"]))
        add(group, "ExpectedPersonBirthDate", person["expected_birth_on"] if unborn else None)
        sex = "U" if unborn and person["expected_birth_on"] else sex_of(person["sex"], person["gender"])
        if year.ends >= SEX_SINCE:
            add(group, "Sex", "U" if sex == "9" else sex)
        else:
            add(group, "GenderCurrent", _GENDER[sex])
        add(group, "PersonDeathDate", year.held(person["died_on"]))
        return group

    def characteristics(self, year: Year, person: Row) -> etree._Element:
        """The group that holds ethnicity and disabilities."""
        group = etree.Element("ChildCharacteristics")
        unborn = year.held(person["birth_on"]) is None and person["expected_birth_on"]
        add(group, "Ethnicity", person["ethnicity"] or ("NOBT" if unborn else None))
        listed = self.disabilities.get(person["child_id"])
        if listed:
            disabilities = etree.SubElement(group, "Disabilities")
            for code in listed:
                add(disabilities, "Disability", code)
        return group


def _sound(name: str, numbers: dict[str, str]) -> Line:
    sound = sum(is_sound_upn(value) for value in numbers.values())
    wrong = len(numbers) - sound
    return Line(
        name, len(numbers), sound, {"not a pupil number, by its shape or its check letter": wrong} if wrong else {}
    )


def _why_none(code: str | None) -> str | None:
    return code if code in codes("upn_unknown", "CIN") else None
