"""Open a JSON payload as if somebody had made it to do harm: bounded in bytes, depth, text and number of values."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path
from typing import Any, NoReturn

from keyworker.vocabulary.errors import FileRefused

MAX_BYTES = 512 * 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
MAX_DEPTH = 32
MAX_VALUES = 10_000_000
_SNIFF = 64 * 1024
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)


def beginning(path: Path) -> str:
    """The first characters of a file as text. Never raises on what the bytes are."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(_SNIFF)
    except OSError:
        return ""
    return _text(raw, errors="replace")


def loaded(path: Path) -> Any:
    """What the payload says. Raises FileRefused when it passes a bound or is not sound JSON."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _refused(path, f"is {size / 1e9:.1f} GB; a day's payload needs no more than {MAX_BYTES // 1024**2} MB")
    raw = path.read_bytes()
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > MAX_VALUES:
        raise _refused(path, f"holds more than {MAX_VALUES:,} values")
    try:
        text = _text(raw)
        del raw
        _check_depth(path, text)
        return json.loads(
            text, parse_constant=_no_constant, parse_int=str, parse_float=str, object_pairs_hook=_said_once
        )
    except UnicodeDecodeError:
        raise _refused(path, "is not UTF-8 text") from None
    except json.JSONDecodeError as wrong:
        raise _refused(path, f"is not sound JSON at line {wrong.lineno}") from None
    except (ValueError, RecursionError):
        raise _refused(path, "is not sound JSON, or says one name twice in one part") from None


def _text(raw: bytes, errors: str = "strict") -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors)
    return raw.decode("utf-8", errors)


def _check_depth(path: Path, text: str) -> None:
    """Refuse depth before the parser follows it. Brackets inside texts do not count."""
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        byte = bracket.group()
        if byte in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused(path, f"holds parts inside parts more than {MAX_DEPTH} deep")
        elif byte in ("]", "}"):
            depth -= 1


def whole_text(text: str) -> str:
    """The text without halves of characters, which JSON can hold and nothing else can."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = {whole_text(name): value for name, value in pairs}
    if len(said) != len(pairs):
        raise ValueError("a name is given twice")
    return said


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _refused(path: Path, what: str) -> FileRefused:
    return FileRefused(
        f"The file {what}.", where=path.name, remedy="Check that it is the payload that was sent, whole and unedited."
    )
