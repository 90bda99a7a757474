"""A child who was adopted, under both identities, with everything by which somebody could join the two.

`old` is Olwen Beforehand, closed because adopted; `new` is Nell Afterwards, with the same birth date, NHS number,
unique pupil number and family number, and the old identifier as an earlier system's. `bro` is a brother of the family
that the child left.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.clocks.made import CP_SETTING, involvement
from tests.leaving.made import BEGAN

LEFT = date(2026, 2, 2)
OLD, NEW, BROTHER = ("old", "Beforehand"), ("new", "Afterwards"), ("bro", "Brotherly")
"""The identifier of each, and a word of the name that nobody else has."""
BORN = date(2019, 4, 17)


def rows() -> dict[str, list[dict[str, Any]]]:
    """All three with Ann of Fen 1."""
    people = (
        ("old", "Olwen", "Beforehand", BORN),
        ("new", "Nell", "Afterwards", BORN),
        ("bro", "Bram", "Brotherly", None),
    )
    return {
        "person": [
            {
                "child_id": one,
                "forename": forename,
                "surname": surname,
                "birth_on": born,
                "common_child_id": "9990000018" if born else None,
                "legacy_id": "old" if one == "new" else None,
            }
            for one, forename, surname, born in people
        ],
        "linked_identifiers": [
            {
                "linked_identifier_id": f"l-{one}",
                "child_id": one,
                "identifier_type": "Unique Pupil Number",
                "identifier_value": "A999000000001",
                "from_on": BEGAN,
            }
            for one in ("old", "new")
        ],
        "family": [{"family_id": "f9", "child_id": one} for one in ("old", "new", "bro")],
        "cin_episodes": [
            {
                "referral_id": "r-old", "child_id": "old", "from_on": BEGAN, "to_on": LEFT, "close_reason": "RC1",
                "team_id": "t1",
            },
            {"referral_id": "r-new", "child_id": "new", "from_on": LEFT, "team_id": "t1"},
            {"referral_id": "r-bro", "child_id": "bro", "from_on": BEGAN, "team_id": "t1"},
        ],
        "permanence": [{"permanence_id": "x-old", "child_id": "old", "permanence_order_type": "Adoption order"}],
        "involvements": [
            involvement(1, "ann", "Lead", BEGAN, LEFT, child_id="old"),
            involvement(2, "ann", "Lead", LEFT, None, child_id="new"),
            involvement(3, "ann", "Lead", BEGAN, None, child_id="bro"),
        ],
        "professionals": [{"worker_id": "ann", "name": "Ann Madeup"}],
        "team": [{"team_id": "t1", "name": "Fen 1", "district": "Fenland", "team_type": "other", "from_on": BEGAN}],
        "setting": [CP_SETTING],
    }  # fmt: skip
