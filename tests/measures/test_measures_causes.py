"""The words for why a worker changed mean the same in a measure's SQL as everywhere else."""

import re

from keyworker.measures.registry import shipped
from keyworker.vocabulary.causes import local_causes, published_cause
from keyworker.vocabulary.codes import codes

_ROW = re.compile(r"select '((?:[^']|'')*)'(?: as said)?, '(\w+)'")


def told() -> dict[str, str]:
    return {said.replace("''", "'"): code for said, code in _ROW.findall(shipped().relations["published_cause"])}


def test_every_word_of_a_cause_is_told_and_means_what_the_vocabulary_says():
    words = {one.said.lower() for one in local_causes()}
    words |= {word.lower() for pair in codes("change_cause").items() for word in pair}
    assert told() == {word: published_cause(word) for word in words}
