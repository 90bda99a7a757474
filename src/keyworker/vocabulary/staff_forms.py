"""Forms about a worker, as `vocabulary.forms` describes one: posts, absence, registration and learning.

In: `data/forms/staff.yaml` and `learning.yaml`. Out: `staff_forms`, `staff_form`. They are apart from the forms about a
child: other people fill them in, and they stand on the worker's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from keyworker.vocabulary.forms import Form, read_group

GROUPS = {"staff": "Posts, absence and registration", "learning": "Learning"}
"""The files of forms, and what each is called on a page."""


@cache
def staff_forms() -> Mapping[str, Form]:
    """Every form about a worker by its name, in the order in which they are offered."""
    read: dict[str, Form] = {}
    for name, group in GROUPS.items():
        read |= read_group(name, group, "worker_id")
    return MappingProxyType(read)


def staff_form(slug: str) -> Form | None:
    """The form of a name, as it stands in an address or in words."""
    return staff_forms().get(slug.replace("-", " "))


@cache
def staff_things_by_table() -> Mapping[str, tuple[str, ...]]:
    """For each table into which some form about a worker writes, the things that let one write it."""
    found: dict[str, dict[str, None]] = {}
    for one in staff_forms().values():
        found.setdefault(one.table.name, {})[one.thing] = None
    return MappingProxyType({name: tuple(things) for name, things in found.items()})


def form_of_row(table: str, values: Mapping[str, object]) -> Form | None:
    """The form with which a row of a table is written."""
    return next((one for one in staff_forms().values() if one.table.name == table and one.is_of(values)), None)
