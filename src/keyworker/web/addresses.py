"""Addresses of pages, each made once: a long list names thousands, many of them again and again."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(name: str, *named: str) -> str:
    """Where a page of `urls` stands, and of whom or what it is where it needs a handle or a name."""
    return _made(name, named, get_script_prefix())


@lru_cache(maxsize=30_000)
def _made(name: str, named: tuple[str, ...], _prefix: str) -> str:
    return reverse(name, args=named)
