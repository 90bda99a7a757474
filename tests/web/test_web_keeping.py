"""The keeper of the machine makes sign-ins by command, lists them, and helps whoever has lost a telephone."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from keyworker.cli import app
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web import entry
from tests.servers.started import Database
from tests.web.source import MadeUp

FIRST = "badgers mend seven umbrellas"
TWICE = f"{FIRST}\n{FIRST}\n"


@pytest.fixture(autouse=True)
def here(site: Database, source: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on the tests' own site, which one process can open but once."""
    monkeypatch.setattr(entry, "_open_record_site", lambda home: None)
    monkeypatch.setattr(entry, "conninfo", lambda role, home=None: site.conninfo(role))


def _types(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["sign-ins", *words], input=typed, env={"COLUMNS": "200"})


def _row(account: str) -> list[str]:
    (line,) = (line for line in _types("list").output.splitlines() if f" {account} " in line)
    return [cell.strip() for cell in line.strip("│┃ ").split("│")]


def test_the_keeper_makes_a_sign_in_resets_it_for_the_councils_service_and_closes_it() -> None:
    said = _types("add", "kept-one", typed=TWICE).output
    assert "kept-one can sign in" in said and "must be changed" in said
    assert "One person alone gave it, since nobody else could agree" in said
    assert FIRST not in said
    assert _row("kept-one") == ["kept-one", "yes", "yes", "no", "0", "never"]
    assert "nothing was changed" in _types("add", "kept-one", typed=TWICE).output
    alone = _types("reset", "kept-one", "--council", "--alone", "--why", "the only keeper is here").output
    assert "Every session of it has ended" in alone
    assert "Unlocked" in _types("unlock", "kept-one").output
    _types("close", "kept-one")
    assert _row("kept-one")[:3] == ["kept-one", "no", "no"], "closed, and without a password here"


def test_a_first_password_that_would_be_guessed_and_a_name_that_nobody_has_are_refused_in_words() -> None:
    weak = _types("add", "kept-two", typed="Password2026!\nPassword2026!\n").exception
    assert isinstance(weak, KeyworkerError) and "guessed first" in weak.what
    nobody = _types("unlock", "nobody-at-all").exception
    assert isinstance(nobody, KeyworkerError) and "no sign-in of that name" in nobody.what
