"""The readers, one file format each. A reader is recognised by what a file holds, never by its name."""

from __future__ import annotations

import importlib

from keyworker.intake.contract import Reader

# Modules of this package; each holds its readers in a tuple READERS.
READERS = ("meaning", "ssd", "cin_census", "ssda903", "workforce_census", "dfe_api", "annex_a")


def readers() -> list[Reader]:
    """Every reader, in the order in which they are asked."""
    return [reader for name in READERS for reader in importlib.import_module(f"{__name__}.{name}").READERS]
