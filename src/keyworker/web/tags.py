"""What templates may ask for beyond the framework's own: rows and cells, already markup."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from keyworker.web import rows
from keyworker.web.presenters.chronology import Happening
from keyworker.web.tables import Cell, Table

register = template.Library()


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The rows of a list."""
    return mark_safe(rows.rows(table))  # noqa: S308 - every word in it was escaped where it was put


@register.simple_tag
def happenings(told: Sequence[Happening]) -> SafeString:
    """What happened to a child, as the items of a list."""
    return mark_safe(rows.happenings(told))  # noqa: S308 - every word in it was escaped where it was put


@register.simple_tag
def cell_body(cell: Cell, row_name: str) -> SafeString:
    """What one cell holds."""
    return mark_safe(rows.body(cell, row_name))  # noqa: S308 - every word in it was escaped where it was put
