"""The factors of an assessment, however a source lists them."""

from __future__ import annotations

import json
import re

_CODE = re.compile(r"\b(?:1[0-9]|2[0-9]|[1-9])[A-Z]?\b")


def factor_codes(said: str | None) -> list[str]:
    """The factor codes in a source's list: a JSON list, a JSON object of flags, or codes between commas."""
    if not said:
        return []
    try:
        value = json.loads(said)
    except ValueError:
        value = said
    if isinstance(value, dict):
        value = [name for name, flag in value.items() if str(flag).strip().lower() in {"y", "yes", "true", "1"}]
    return _CODE.findall(" ".join(map(str, value)) if isinstance(value, list) else str(value))
