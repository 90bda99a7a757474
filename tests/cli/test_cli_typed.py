"""Words and names need not stand on a command line: every option that takes them reads - from standard input."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import unwrap
from io import StringIO
from typing import Annotated, Any

import pytest
import typer
from click.testing import CliRunner

from keyworker.cli.late_commands import loaded
from keyworker.cli.typed import answers_typed, free_words, read_typed, typed
from keyworker.vocabulary.errors import KeyworkerError

CODE, DAY, NUMBER, SIGN_IN = (
    "one of a list of codes",
    "a day or an instant",
    "a number or a handle that means nothing outside the record",
    "a sign-in, which tells of no child",
)
HARMLESS = {
    **dict.fromkeys(("--at", "--known-at", "--on", "--from", "--to", "--until", "--due", "--later"), DAY),
    **dict.fromkeys(("--agreed", "--cut-at", "--last-day", "--next", "--report-on", "--since", "--told"), DAY),
    **dict.fromkeys(("--introduced", "--goodbye"), DAY),
    **dict.fromkeys(("child", "child_id", "--child", "--also", "one", "other", "--supervisor", "--worker"), NUMBER),
    **dict.fromkeys(("worker_id", "post_id", "team_id", "--team", "--chair", "visit", "work"), NUMBER),
    **dict.fromkeys(("action_id", "asked_id", "challenge_id", "copy_id", "erasure", "exception_id"), NUMBER),
    **dict.fromkeys(("glass_id", "handover_id", "marker_id", "meeting_id", "note_id", "planned_id"), NUMBER),
    **dict.fromkeys(("rebase_id", "number", "supervision_id", "words_id", "--row", "--done"), NUMBER),
    **dict.fromkeys(("--agency", "--agreement", "--band", "brought", "--cancelled-by", "--cause", "form"), CODE),
    **dict.fromkeys(("--child-part", "--parents-part", "--form", "--format", "kind", "--kind", "--step"), CODE),
    **dict.fromkeys(("--lawful-reason", "--part", "--place", "--plan", "--relation", "--role", "--stage"), CODE),
    **dict.fromkeys(("--invited", "--source", "--for", "--by", "--after", "table", "--rule", "rule"), CODE),
    **dict.fromkeys(("measure", "name", "--of", "--route", "--fte", "--simulate"), CODE),
    **dict.fromkeys(("account", "--account"), SIGN_IN),
    **dict.fromkeys(("--author", "--owner"), SIGN_IN),
    "--title": "the title of a post, which is published when it is advertised",
    "--decided-by": "the role or meeting that decided it",
    "--granted-by": "the role or meeting that agreed it",
    "--host": "an address of the machine",
    "--district": "a district of the council",
    "--authority": "the council's number, which is published",
    "--council": "a council, as figures about it are published",
    "--with": "councils, as figures about them are published",
}
"""What is taken plainly and why that tells nobody of a child, a family or somebody at work, by option or argument."""
PLAINLY = {
    ("mark", "--why"): CODE,
    ("rebase", "--why"): "why a chart begins anew: about a measure",
    ("withdraw-rebase", "--why"): "about a measure",
    ("ask-copy", "--words"): CODE,
    ("for-child", "--words"): CODE,
    ("end-challenge", "--outcome"): CODE,
    ("review", "--outcome"): CODE,
    ("answer-challenge", "--answer"): CODE,
    ("answer-load", "--answer"): CODE,
    ("answer-time", "--answer"): CODE,
    ("restrict", "--name"): SIGN_IN,
    ("tokens add", "--name"): "which system a token is for",
    ("tokens end", "token"): NUMBER,
    ("load", "--purpose"): "what files are loaded for",
    ("write-own-words", "--said-by"): CODE,
}
"""The same of one command, where the same option takes words of another."""
ANSWERS = {("record", "said"), ("correct-entry", "said"), ("record-staff", "said"), ("correct-staff", "said")}
"""Answers to a form, each of which reads - (`answers_typed`)."""
ASKED = {("find", "who"): "it is asked for where none is typed"}


def test_every_option_that_takes_words_or_a_name_reads_them_from_standard_input() -> None:
    plainly = [(command, name) for command, name, reads in _texts() if not reads and not _is_harmless(command, name)]
    assert plainly == []


def test_what_is_said_to_be_harmless_is_still_taken_plainly_somewhere() -> None:
    taken = [(command, name) for command, name, reads in _texts() if not reads]
    assert not set(PLAINLY) - set(taken)
    assert not set(HARMLESS) - {name for _, name in taken}


def test_lines_are_read_in_the_order_in_which_their_options_stand_and_not_shown_again() -> None:
    answer = _told(["--why", "-", "--person", "plain", "--each", "-", "--each", "so", "--note", "-"], "b\n c \na - b\n")
    assert answer.output == "a - b|plain|b|['c', 'so']\n"


def test_a_line_that_is_missing_is_said_and_nothing_is_taken_for_it() -> None:
    answer = _told(["--why", "-", "--note", "-"], "one\n")
    assert isinstance(answer.exception, KeyworkerError)
    assert answer.exception.where == "--note"


def test_of_the_answers_to_a_form_those_that_say_so_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("first\n"))
    assert answers_typed(["note=-", "on=2026-03-02"], ["note", "on"]) == {"note": "first", "on": "2026-03-02"}
    assert typed("note", "as it is") == "as it is"


def _told(said: list[str], lines: str) -> Any:
    app = typer.Typer()

    @app.command()
    def command(
        why: Annotated[str, free_words("--why", "Why.")],
        note: Annotated[str, free_words("--note", "What.")],
        person: Annotated[str, free_words("--person", "Who.")] = "",
        each: Annotated[list[str] | None, free_words("--each", "Each.")] = None,
    ) -> None:
        typer.echo(f"{note}|{person}|{why}|{each}")

    return CliRunner().invoke(typer.main.get_command(app), said, input=lines)


def _is_harmless(command: str, name: str) -> bool:
    return name in HARMLESS or (command, name) in {*PLAINLY, *ANSWERS, *ASKED}


def _texts() -> Iterator[tuple[str, str, bool]]:
    """What takes text, of every command: the command, the option or argument, whether it reads standard input."""
    for command, one in _every(loaded()):
        for parameter in one.params:
            taken = parameter.type_descriptor.annotation
            if taken not in (str, list[str]) or getattr(parameter, "is_flag", False):
                continue
            callback = parameter.callback
            yield command, parameter.opts[0], callback is not None and unwrap(callback) is read_typed


def _every(commands: dict[str, Any], group: str = "") -> Iterator[tuple[str, Any]]:
    for name, one in commands.items():
        yield f"{group}{name}", one
        yield from _every(getattr(one, "commands", {}), f"{group}{name} ")
