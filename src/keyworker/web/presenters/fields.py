"""The fields of a form: what each asks, what was typed or chosen, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from keyworker.facts.pictures import WorkerRef
from keyworker.vocabulary.codes import codes
from keyworker.web.words import sentence


@dataclass(frozen=True)
class Choice:
    """One of several answers. Takes more, a quieter line beneath."""

    value: str
    says: str
    chosen: bool = False
    more: str = ""


@dataclass(frozen=True)
class Field:
    """One question of a form. Takes kind: text, date, time, textarea, select, radio, checkbox or file."""

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether its answers stand beside one another."""
        return self.kind in ("radio", "checkbox")

    @property
    def described_by(self) -> str:
        """The ids of what is read aloud with it."""
        said = (f"{self.name}-hint" if self.hint else "", f"{self.name}-error" if self.error else "")
        return " ".join(filter(None, said))

    @property
    def said(self) -> str:
        """What was answered, in words."""
        return next((one.says for one in self.choices if one.chosen), "") if self.choices else self.value


@dataclass(frozen=True)
class FilledIn:
    """A form as it was filled in. Takes typed, what was typed by a field's name; errors, what is wrong, by the same."""

    typed: Callable[[str], str]
    errors: Mapping[str, str]

    def field(
        self, name: str, label: str, kind: str = "text", hint: str = "", choices: tuple[Choice, ...] = ()
    ) -> Field:
        """One question, with what was typed and what is wrong with it."""
        return Field(name, label, kind, self.typed(name), hint, self.errors.get(name, ""), choices)


def of_codes(name: str, chosen: str, *, short: bool = False) -> tuple[Choice, ...]:
    """The codes of one of our own lists as choices. Takes short, whether the code itself says enough."""
    return tuple(Choice(code, sentence(code) if short else says, code == chosen) for code, says in codes(name).items())


def of_options(options: Mapping[str, str], chosen: str | None) -> tuple[Choice, ...]:
    """Any values with their words as choices."""
    return tuple(Choice(value, says, value == chosen) for value, says in options.items())


def of_workers(refs: Iterable[WorkerRef], chosen: str) -> tuple[Choice, ...]:
    """Workers as choices, by their handles. Takes chosen, the handle that was typed."""
    return tuple(Choice(ref.handle, ref.name, ref.handle == chosen) for ref in refs)


def worker_meant(refs: Iterable[WorkerRef], handle: str) -> str:
    """Who is meant by a handle among those whom a form offers; empty where nobody is, or somebody else."""
    return next((ref.worker_id for ref in refs if handle and ref.handle == handle), "")
