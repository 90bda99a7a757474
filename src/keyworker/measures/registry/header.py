"""The comment block at the head of an SQL file: `key: value` lines that say what the file is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keyworker.vocabulary.errors import KeyworkerError

_KEY = re.compile(r"^-- ([a-z_]+): *(.*)$")
_MORE = re.compile(r"^--   +(\S.*)$")
NONE = "none"


@dataclass(frozen=True)
class Headed:
    """An SQL file: where it is, what its header says, and the query below it."""

    where: str
    said: dict[str, str]
    sql: str

    def words(self, key: str) -> tuple[str, ...]:
        """The values of a key that holds a list; empty for `none`."""
        value = self.said.get(key, NONE)
        return () if value == NONE else tuple(word.strip() for word in value.split(",") if word.strip())

    def text(self, key: str) -> str:
        """The value of a key; empty for `none`."""
        value = self.said.get(key, NONE)
        return "" if value == NONE else value


def headed(text: str, where: str, *, needed: frozenset[str], allowed: frozenset[str]) -> Headed:
    """Read an SQL file's header.

    Takes   needed, the keys that must be there, each with a value (`none` is one); allowed, those that may be.
            A line that begins with `--` and three spaces goes on with the value above it.
    Raises  KeyworkerError that names the file and the key.
    """
    said: dict[str, str] = {}
    key, body = "", 0
    lines = text.splitlines()
    for body, line in enumerate(lines):  # noqa: B007  where the header ended
        if begun := _KEY.match(line):
            key = begun.group(1)
            if key in said:
                raise _wrong(where, f"says {key} twice")
            said[key] = begun.group(2).strip()
        elif (more := _MORE.match(line)) and key:
            said[key] = f"{said[key]} {more.group(1).strip()}".strip()
        else:
            break
    if missing := sorted(name for name in needed if not said.get(name)):
        raise _wrong(where, f"lacks {', '.join(missing)}")
    if unknown := sorted(said.keys() - needed - allowed):
        raise _wrong(where, f"has {', '.join(unknown)}, which no header has")
    return Headed(where, said, "\n".join(lines[body:]).strip())


def _wrong(where: str, what: str) -> KeyworkerError:
    return KeyworkerError(
        f"The header of this SQL file {what}.",
        where=where,
        remedy="See `Measures` in DEVELOPERS.md for what a header says; write none where there is nothing to say.",
    )
