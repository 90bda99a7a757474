"""What templates may ask for beyond the framework's own: rows and cells, already markup."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from keyworker.access import INSIDE_ONLY
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
def only_here() -> SafeString:
    """That the pages serve one machine and nobody else, where they do."""
    if settings.KEYWORKER_SIGN_IN.is_shared:
        return SafeString("")
    return format_html('<p class="kw-only-here">{}</p>', "One person’s machine, not for sharing")


@register.simple_tag
def inside_only() -> SafeString:
    """That what is printed of a page stays inside; only a sheet that is made to leave does not say so."""
    return format_html('<p class="kw-inside-only">{}</p>', INSIDE_ONLY)


@register.simple_tag
def cell_body(cell: Cell, row_name: str) -> SafeString:
    """What one cell holds."""
    return mark_safe(rows.body(cell, row_name))  # noqa: S308 - every word in it was escaped where it was put
