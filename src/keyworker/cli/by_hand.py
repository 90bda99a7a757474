"""What is recorded of a child with a form: recording it, how an entry came to be, correcting and withdrawing it."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry, choosable
from keyworker.actions.correcting import Correction, asks_of, form_of
from keyworker.actions.hand_answers import DAY, answer_of
from keyworker.actions.questions.by_hand import EntryTold
from keyworker.cli.options import ForPrograms, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import answers_typed, free_words
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import Form, form, forms

WRITING = "record an entry of a child"
Child = Annotated[str, typer.Option("--child", help="The child's identifier or handle.")]
Said = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME=ANSWER]...",
        help="The answers, such as source_code=6. One that says -, as note=-, is read from standard input, a line.",
    ),
]
Table = Annotated[str, typer.Argument(help="The table of the entry, as `keyworker recorded` lists it.")]
Entry = Annotated[int, typer.Argument(help="The entry's number, as `keyworker recorded` lists it.")]
Why = Annotated[str, free_words("--why", "Why, in words; it stands with the entry.")]
_ROWS = ("table", "entry", "what", "on", "last_on", "source", "written_at")
_TOLD = ("at", "by", "act", "stands", "said")
_NOTES = ("entry", "happened_on", "kind", "written_at", "written_by", "note")
_WORDS = frozenset({"said", "why"})


def record(
    kind: Annotated[str, typer.Argument(help="What is recorded, such as contact or assessment-end.")] = "",
    said: Said = None,
    child: Child = "",
    of: Annotated[int | None, typer.Option("--of", help="The entry to which it belongs, or which it ends.")] = None,
    as_json: ForPrograms = False,
) -> None:
    """Record an entry of a child with a form; without a kind, list the forms and what each asks."""
    if not kind:
        _listed(as_json=as_json)
        return
    wanted = WantedEntry(
        uuid4().hex, _form(kind), answers_typed(said or (), [ask.name for ask in _form(kind).asks]), of
    )
    with opened(WRITING) as keyworker:
        if (wanted.form.of or wanted.form.ends) and of is None:
            _require_of(keyworker, child, wanted.form)
        table, entry = keyworker.record_entry(child, wanted)
        told = keyworker.entry(child, table, entry)
    _say({"table": table, "entry": entry, **_turned(told)}, f"Recorded as entry {entry} of {table}.", as_json=as_json)


@seeing("what is recorded by hand")
def recorded(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """What stands of a child from a contact to a closure, each with the number by which it is corrected."""
    rows = [_row(one) for one in keyworker.on_record(child).entries]
    return Answer(rows, _ROWS, none="Nothing from a contact to a closure is recorded of this child.")


@seeing("how an entry came to be", names=True)
def entry_history(keyworker: Keyworker, moment: Moment, table: Table, entry: Entry, child: Child) -> Answer:  # noqa: ARG001
    """What an entry said and says now, who wrote it and when; with --names and a --reason also the answers and why."""
    rows = [
        {
            "at": one.entry.written_at,
            "by": one.entry.written_by,
            "act": one.kind,
            "stands": one.stands,
            "said": "; ".join(f"{name}={text}" for name, text in _said(one.entry).items() if text),
            "why": one.why,
        }
        for one in keyworker.entry(child, table, entry).versions
    ]
    return Answer(rows, _TOLD, _WORDS)


@seeing("case notes", names=True)
def case_notes(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001
    child: Child,
    words: Annotated[str, free_words("--words", "Only the notes that hold every one of these words.")] = "",
) -> Answer:
    """The case notes of a child, the latest first; what they say with --names and a --reason."""
    rows = [
        {"entry": one.entry_id, "written_at": one.written_at, "written_by": one.written_by}
        | {name: one.values[name] for name in ("happened_on", "kind", "present", "note")}
        for one in keyworker.case_notes(child, words)
    ]
    return Answer(rows, _NOTES, frozenset({"present", "note"}), none="No case note holds that.")


def correct_entry(
    table: Table, entry: Entry, said: Said = None, child: Child = "", why: Why = "", as_json: ForPrograms = False
) -> None:
    """Correct an entry: the answers that are given take the place of those that stand, for a reason."""
    with opened(WRITING) as keyworker:
        stands = keyworker.may_change(child, table, entry)
        answers = _said(stands) | answers_typed(said or (), [ask.name for ask in asks_of(stands)])
        now = keyworker.correct_entry(child, table, entry, Correction(answers, why), uuid4().hex)
        told = keyworker.entry(child, table, now)
    _say({"table": table, "entry": now, **_turned(told)}, f"Corrected as entry {now} of {table}.", as_json=as_json)


def withdraw_entry(table: Table, entry: Entry, child: Child = "", why: Why = "", as_json: ForPrograms = False) -> None:
    """Withdraw an entry that was recorded here: it was never so. What was known while it stood can still be asked."""
    with opened(WRITING) as keyworker:
        keyworker.withdraw_entry(child, table, entry, why, uuid4().hex)
    _say({"table": table, "entry": entry}, "Withdrawn.", as_json=as_json)


def _form(kind: str) -> Form:
    found = form(kind)
    if found is None:
        raise KeyworkerError("There is no such form.", where=kind, remedy="List the forms with `keyworker record`.")
    return found


def _require_of(keyworker: Keyworker, child: str, one: Form) -> None:
    """Stop where an entry belongs to another and none is named, with those that can be."""
    may = choosable(one, keyworker.on_record(child).entries)
    if may and (one.ends or (one.of and one.of.needed)):
        listed = ", ".join(f"{row.entry_id} ({row.described.title.lower()}, {row.on})" for row in may)
        raise KeyworkerError("It belongs to another entry.", where="--of", remedy=f"Name one of these: {listed}.")


def _said(entry: HandEntry) -> dict[str, str]:
    return {ask.name: answer_of(ask, entry.values[ask.column.name]) for ask in asks_of(entry)}


def _row(one: HandEntry) -> dict[str, Any]:
    made = form_of(one)
    return {
        "table": one.table,
        "entry": one.entry_id,
        "what": made.title if made and made.fixed else one.described.title,
        "on": one.on,
        "last_on": one.until - DAY if one.until else None,
        "source": one.source,
        "written_at": one.written_at,
    }


def _turned(told: EntryTold) -> dict[str, list[dict[str, Any]]]:
    turned = told.turned
    return {
        "due": [{"rule": one.rule, "title": one.title, "due_on": one.due_on} for one in turned.began],
        "met": [{"rule": one.rule, "title": one.title, "due_on": one.due_on} for one in turned.met],
    }


def _say(told: dict[str, Any], line: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told, default=str))
        return
    due = [f"{one['title']}: due {one['due_on']:%-d %B %Y}." for one in told.get("due", ()) if one["due_on"]]
    for said in (line, *due, *(f"{one['title']}: done." for one in told.get("met", ()))):
        say(said)


def _listed(*, as_json: bool) -> None:
    found = [
        {
            "kind": one.slug,
            "title": one.title,
            "asks": [
                {"name": ask.name, "words": ask.words, "needed": ask.needed, "choices": list(ask.choices)}
                for ask in one.asks
            ],
            "of": one.table.name if one.ends else one.of.table.name if one.of else None,
        }
        for one in forms().values()
    ]
    if as_json:
        typer.echo(json.dumps(found))
        return
    for one in forms().values():
        asked = ", ".join(ask.name if ask.needed else f"[{ask.name}]" for ask in one.asks)
        say(f"{one.slug}: {asked}")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (record, recorded, case_notes, entry_history, correct_entry, withdraw_entry):
        app.command()(command)
