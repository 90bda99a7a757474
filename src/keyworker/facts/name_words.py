"""Names as words to find somebody by: written alike whatever their accents, sounding alike, a letter or two apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jellyfish import metaphone
from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_ASKED = 100
"""The characters of what is typed that are looked at."""
MOST_WORDS = 6
SAME, BEGINS, NEAR, SOUNDS = 1.0, 0.9, 0.8, 0.7
"""How well a word answers one that was typed: the same, its beginning, a letter apart, the same to the ear."""
A_LETTER_MORE = 0.15
"""By how much less a word answers for each further letter by which it is apart."""
_SHORTEST_BEGINNING, _SHORTEST_NEAR, _LONG, _SHORTEST_SOUND = 2, 4, 6, 2
_TOGETHER = str.maketrans("", "", "'’ʼ`´.")
# What no accent can be taken from, as it is written where a keyboard lacks it.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


@dataclass(frozen=True)
class Words:
    """Every word of every name that is known, each with its sound. It says of no word whose it is."""

    words: Sequence[str]
    by_sound: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, sounded: Iterable[tuple[str, str]]) -> Words:
        """Words from pairs of a word and its sound."""
        words: list[str] = []
        by_sound: dict[str, list[str]] = {}
        for word, sound in sounded:
            words.append(word)
            if sound:
                by_sound.setdefault(sound, []).append(word)
        return cls(words, by_sound)

    def answering(self, typed: str) -> dict[str, float]:
        """The words that answer one that was typed, and how well each does: 1 for the same."""
        found = dict.fromkeys(self.by_sound.get(sound_of(typed), ()), SOUNDS)
        most = letters_apart(typed)
        if most:
            for word, apart, _ in process.extract(
                typed, self.words, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
            ):
                found[word] = max(found.get(word, 0), NEAR - A_LETTER_MORE * (apart - 1))
        if len(typed) >= _SHORTEST_BEGINNING:
            found.update((word, BEGINS) for word in self.words if word.startswith(typed))
        if typed in found or typed in self.words:
            found[typed] = SAME
        return found


def letters_apart(typed: str) -> int:
    """How many letters may be wrong, missing, too many or swapped in a word: none of a short one, two of a long one."""
    return 0 if len(typed) < _SHORTEST_NEAR else 1 if len(typed) < _LONG else 2


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A text without capitals, accents and marks within a word: O’Brien is obrien."""
    lower = text.casefold().translate(_TOGETHER).translate(_PLAIN)
    return "".join(one for one in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(one))


def words_of(*names: str | None) -> list[str]:
    """The words of a name, each once: of a double name both parts and the whole."""
    found: dict[str, None] = {}
    for name in names:
        for part in plain(name or "").split():
            pieces = _pieces(part)
            found.update(dict.fromkeys(pieces))
            if len(pieces) > 1:
                found["".join(pieces)] = None
    return list(found)


def number_of(text: str | None) -> str:
    """A number as it is looked for: its letters and digits alone, so that spaces and dashes make no difference."""
    said = text or ""
    lower = said.lower() if said.isascii() else plain(said)
    return lower if lower.isalnum() else "".join(filter(str.isalnum, lower))


def typed_words(text: str) -> list[str]:
    """The words of what was typed, a few at most."""
    return list(dict.fromkeys(_pieces(plain(text[:LONGEST_ASKED]))))[:MOST_WORDS]


def typed_numbers(text: str) -> list[str]:
    """The numbers that what was typed may be: the whole of it, and each word of it that has a digit."""
    whole = text[:LONGEST_ASKED]
    found = [number_of(whole), *(number_of(part) for part in whole.split() if any(one.isdigit() for one in part))]
    return [one for one in dict.fromkeys(found) if one]


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """How a word sounds to an English ear, as the letters of Metaphone; empty where it is too short to tell."""
    sound = metaphone(word)
    return sound if len(sound) >= _SHORTEST_SOUND else ""


def _pieces(text: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in text).split()
