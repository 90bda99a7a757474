"""A marked value in however it may be spelled: capitals, spaces, marks, short forms, a street without its number.

Words are compared in one form on both sides. It finds what is written; that something is said in quite other words
it cannot find, and whoever sends is told so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

SHORT_FORMS = {
    "street": "st",
    "saint": "st",
    "road": "rd",
    "lane": "ln",
    "avenue": "ave",
    "av": "ave",
    "close": "cl",
    "drive": "dr",
    "crescent": "cres",
    "court": "ct",
    "place": "pl",
    "gardens": "gdns",
    "terrace": "ter",
    "square": "sq",
    "grove": "gr",
    "house": "hse",
    "flat": "apt",
    "apartment": "apt",
    "and": "",
    "the": "",
}
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev", "prof"})
_SCHOOL_WORDS = """
school primary junior infant nursery pre preschool academy college high secondary grammar community free church
of england ce c e rc catholic sixth form special st trust for boy girl
"""
OF_EVERY_SCHOOL = frozenset(_SCHOOL_WORDS.split())
OF_EVERY_ADDRESS = frozenset({("england",), ("uk",), ("united", "kingdom"), ("great", "britain"), ("wales",)})
PLACES, PEOPLE, SCHOOLS = frozenset({"address", "placement"}), frozenset({"carer", "name"}), frozenset({"school"})
POSTCODE = re.compile(r"^([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})$")
LOOKALIKE = str.maketrans("oil", "011")
SHORTEST = 4
"""The fewest letters that a single word needs to be looked for: shorter ones stand in everything."""
LONG = 6
"""The fewest letters of a word of a street's name that may tell the street alone."""
SHORTEST_RUN = 7
"""The fewest letters of several words that are also looked for without the spaces between them."""
SHORTEST_RUN_OF_ONE = 8
"""The same of one word, which somebody may have parted: a shorter one arises by chance where two words meet."""


@dataclass(frozen=True)
class Spelled:
    """The forms of one marked value.

    Takes   phrases, words in a row, any of which tells it; runs, the same without spaces; postcodes, without theirs;
            hints, words that may tell it and may be quite innocent: a first name, the first half of a postcode.
    """

    phrases: frozenset[tuple[str, ...]]
    runs: frozenset[str]
    postcodes: frozenset[str]
    hints: frozenset[tuple[str, ...]]

    def is_told_by(self, text: str) -> bool:
        """Whether a text tells the value."""
        said, run = words(text), "".join(_plain(text))
        if any(_holds(said, phrase) for phrase in self.phrases) or any(one in run for one in self.runs):
            return True
        looks = run.translate(LOOKALIKE)
        return any(one.translate(LOOKALIKE) in looks for one in self.postcodes)

    def is_hinted_at_by(self, text: str) -> bool:
        """Whether a text holds a word that may tell the value, also where somebody parted it."""
        said = words(text)
        parted = {"".join(two) for two in pairwise(said)}
        return any(
            _holds(said, hint) or (len(hint) == 1 and len(hint[0]) >= LONG and hint[0] in parted) for hint in self.hints
        )


def words(text: str) -> tuple[str, ...]:
    """The words of a text in the one form in which they are compared."""
    return tuple(short for one in _plain(text) if (short := SHORT_FORMS.get(one, _singular(one))))


def _singular(word: str) -> str:
    """A word without the s of more than one or of whose: the Oxleys are as telling as Oxley."""
    return word[:-1] if len(word) > SHORTEST and word.endswith("s") and not word.endswith("ss") else word


def _plain(text: str) -> list[str]:
    """The words of a text in small letters, without accents, hidden characters and apostrophes."""
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Cf"))
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", kept.casefold()))


@cache
def spelled(kind: str, values: tuple[str, ...], known: frozenset[str] = frozenset()) -> Spelled:
    """The forms of what one marker marks.

    Takes   kind, a code of `marked_kind`; values, as recorded or typed; known, words that everybody knows who may see
            anything of the child, such as the child's own family name, which alone tell nothing.
    """
    phrases: set[tuple[str, ...]] = set()
    hints: set[tuple[str, ...]] = set()
    postcodes: set[str] = set()
    for part in (part for value in values for part in parts(kind, value)):
        said = words(part)
        found = _postcode(said)
        if found:
            postcodes.add("".join(found))
            hints.add((found[0],))
            continue
        phrases.update(_phrases(kind, said))
        hints.update(_hints(kind, said))
    own = {word for one in known for word in words(one)}
    phrases = {one for one in phrases if one and not (len(one) == 1 and one[0] in own)}
    hints = {one for one in hints if not set(one) <= own} - phrases
    runs = {
        run
        for one in phrases
        for run in _runs(one)
        if len(run) >= (SHORTEST_RUN if len(one) > 1 else SHORTEST_RUN_OF_ONE)
    }
    return Spelled(frozenset(phrases), frozenset(runs), frozenset(postcodes), frozenset(hints))


def parts(kind: str, value: str) -> Iterator[str]:
    """The parts of a value: of a place or a school what stands between commas, or in an address's JSON; else itself."""
    if kind not in PLACES | SCHOOLS:
        yield value
        return
    try:
        said = json.loads(value)
    except ValueError:
        said = None
    for text in _texts(said) if isinstance(said, dict | list) else (value,):
        yield from _pieces(text)


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, dict):
        said = list(said.values())
    if isinstance(said, list):
        for one in said:
            yield from _texts(one)
    elif said is not None and not isinstance(said, bool):
        yield str(said)


def _pieces(value: str) -> Iterator[str]:
    for piece in re.split(r"[,;\n\r]+", value):
        # A postcode at the end of a line is one part, and the line before it another.
        ends = re.search(r"^(.*?)\b([A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})\s*$", piece.strip())
        yield from (part for part in (ends.groups() if ends else (piece.strip(),)) if part)


def _postcode(said: tuple[str, ...]) -> tuple[str, str] | None:
    found = POSTCODE.match("".join(said))
    return (found.group(1), found.group(2)) if found and len(said) <= 2 else None


def _phrases(kind: str, said: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if kind in PLACES:
        street = tuple(word for word in said if not re.fullmatch(r"\d+[a-z]?", word))
        return [one for one in (said, street) if _is_telling(one) and one not in OF_EVERY_ADDRESS]
    if kind in PEOPLE:
        name = tuple(word for word in said if word not in TITLES)
        return [one for one in (name, name[::-1], name[-1:]) if len(one) > 1 or _is_telling(one, 3)]
    if kind in SCHOOLS:
        own = tuple(word for word in said if word not in OF_EVERY_SCHOOL)
        return [one for one in (said, own) if _is_telling(one)]
    return [said]


def _runs(phrase: tuple[str, ...]) -> Iterator[str]:
    """Words without the spaces between them, the last of them also in each of its long forms."""
    begun = "".join(phrase[:-1])
    for last in (phrase[-1], *(long for long, short in SHORT_FORMS.items() if short == phrase[-1])):
        yield begun + last


def _hints(kind: str, said: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if kind in PLACES:
        return [(word,) for word in said if len(word) >= LONG and not any(one.isdigit() for one in word)]
    if kind in SCHOOLS:
        return [(word,) for word in said if len(word) >= SHORTEST and word not in OF_EVERY_SCHOOL]
    if kind not in PEOPLE:
        return []
    return [(word,) for word in said if word not in TITLES and len(word) >= 3]


def _is_telling(said: tuple[str, ...], shortest: int = SHORTEST) -> bool:
    """Whether words are worth looking for: several, one of them no number, or one that is long enough."""
    letters = [word for word in said if not word.isdigit()]
    return bool(letters) and (len(said) > 1 or len(said[0]) >= shortest)


def _holds(said: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(said[at : at + size] == phrase for at in range(len(said) - size + 1))
