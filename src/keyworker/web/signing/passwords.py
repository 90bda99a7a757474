"""Which passwords are good enough: length, and a list of common ones that is looked through on this machine alone."""

from __future__ import annotations

import re
from functools import lru_cache

from django.contrib.auth.password_validation import CommonPasswordValidator

SHORTEST, LONGEST = 12, 128
LIKE_LETTERS = str.maketrans("013457@$!", "oieastasi")


def fault_of(password: str, account: str, council: str = "") -> str:
    """What is wrong with a new password, in words for a form; nothing where it will do.

    Any character is allowed and none is asked for: length is what counts, and that nobody would guess it first.
    """
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters: three or four words that do not belong together will do"
    if len(password) > LONGEST:
        return f"Use no more than {LONGEST} characters"
    plain = password.casefold()
    if len(set(plain)) < 5:
        return "Use more different characters: this password repeats a few"
    if is_common(plain, account, council):
        return "Choose another password: this one is among those that are guessed first"
    return ""


def is_common(plain: str, account: str, council: str) -> bool:
    """Whether a password is a common one, or a name that is known here, with digits and marks around it."""
    words = {account.casefold(), "keyworker", *re.findall(r"[a-z]{4,}", council.casefold())}
    cores = {plain, *(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", one) for one in (plain, plain.translate(LIKE_LETTERS)))}
    bare = {re.sub(r"[\W\d_]+", "", one) for one in cores}
    return any(len(one) < 4 or one in _common() or _is_made_of(one, words) for one in cores | bare)


def _is_made_of(said: str, words: set[str]) -> bool:
    left = said
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "") if word else left
    return len(left) < 4


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
