"""A child whom nobody knows: who is like them, and writing the child down."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.new_children import BROUGHT, WantedChild
from keyworker.cli.options import ForPrograms, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.alike import Described
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import forms

WRITING = "write a new child down"
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As 2019-06-09.")]
Forename = Annotated[str, free_words("--forename", "The first name; of an unborn child it may be left out.")]
Surname = Annotated[str, free_words("--surname", "The family name; of an unborn child, the mother's.")]
Number = Annotated[str, free_words("--nhs-number", "The NHS number, if it is known.")]


@seeing("children like a new one", names=True)
def like_child(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - every command that sees has a moment
    forename: Forename = "",
    surname: Surname = "",
    birth_on: Day = None,
    expected_on: Day = None,
    nhs_number: Number = "",
) -> Answer:
    """The children like one who is to be written down, as far as you may see them."""
    found = keyworker.like(_who(forename, surname, birth_on, expected_on, nhs_number))
    rows = [{"handle": one.handle, "why": one.why.value, "name": one.name, "birth_on": one.birth_on} for one in found]
    return Answer(rows, ("handle", "why"), frozenset({"name", "birth_on"}), none="Nobody whom you may see is like it.")


def write_child(
    brought: Annotated[str, typer.Argument(help="What brought the child: contact or referral.")],
    on: Annotated[
        datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day on which it reached the council.")
    ],
    source: Annotated[str, typer.Option("--source", help="Who told the council, as the census codes it.")],
    surname: Surname,
    forename: Forename = "",
    birth_on: Day = None,
    expected_on: Day = None,
    nhs_number: Number = "",
    why: Annotated[str, free_words("--why", "Why it is none of those whom `like-child` lists.")] = "",
    as_json: ForPrograms = False,
) -> None:
    """Write down a child whom nobody here knows, with the contact or referral that brought them."""
    if brought not in BROUGHT:
        raise KeyworkerError("That brings no child here.", where=brought, remedy=f"Use {' or '.join(BROUGHT)}.")
    form, number = forms()[brought], uuid4().hex
    day, who_told = form.day, next(ask.name for ask in form.asks if ask.column.codes == "referral_source")
    entry = WantedEntry(number, form, {day: f"{on:%Y-%m-%d}", who_told: source})
    who = _who(forename, surname, birth_on, expected_on, nhs_number)
    with opened(WRITING) as keyworker:
        found = keyworker.like(who)
        if found and not why:
            raise KeyworkerError(
                f"{len(found)} like it are known already.",
                where="a new child",
                remedy="Look at them with `keyworker like-child`; if it is none of them, say --why.",
            )
        handle = keyworker.take_in(WantedChild(number, who, entry, why=why), found)
    typer.echo(json.dumps({"handle": handle}) if as_json else f"Written down as {handle}.")


def _who(
    forename: str, surname: str, birth_on: datetime | None, expected_on: datetime | None, number: str
) -> Described:
    born, expected = (day.date() if day else None for day in (birth_on, expected_on))
    return Described(forename.strip(), surname.strip(), born, expected, "".join(number.split()))


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (like_child, write_child):
        app.command()(command)
