"""The words of children's names and their numbers, kept beside the record so that a child is found by them at once.

They are brought up to the record's last entry before anybody looks for somebody: of the children alone of whom anything
was written since, or of everybody where nothing is kept. An erasure empties them in its own transaction.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock

import psycopg

from keyworker.facts.name_words import Words, number_of, sound_of, words_of

NAME, FORMER, NUMBER = "name", "former", "number"
"""What a kept word is of a child: of a name as it is written now, of one written before, or a number."""
_LOCK = int.from_bytes(b"find")
_HELD = 4
_AT_ONCE = 5_000
_words: OrderedDict[tuple[str, int, str, int], Words] = OrderedDict()
_lock = Lock()

_LAST = """select greatest(
    (select max(entry_id) from record.person),
    (select max(entry_id) from record.linked_identifiers),
    (select max(entry_id) from record.send),
    0
)"""
_KEPT = "select entry_id from kept.child_word_ground"
_TOUCHED = """select distinct child_id from (
    select child_id from record.person where entry_id > %(after)s
    union all select child_id from record.linked_identifiers where entry_id > %(after)s
    union all select child_id from record.send where entry_id > %(after)s
) e where child_id is not null"""
_NAMES = """select child_id, forename, surname, superseded_at is null and standing = 'reported'
from record.person where child_id is not null"""
_NUMBERS = """select child_id, unnest(array[child_id, common_child_id, legacy_id]) from record.person
where child_id is not null
union select child_id, identifier_value from record.linked_identifiers where child_id is not null
union select child_id, upn from record.send where child_id is not null"""
_OF = " and child_id = any(%(children)s::text[])"


def keep_up(connection: psycopg.Connection) -> int:
    """Bring what is kept up to the last entry of the record. Gives the number of that entry.

    Takes   connection in the service's role, outside any transaction.
    """
    last, kept = _last(connection), _kept(connection)
    if kept == last:
        return last
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        last, kept = _last(connection), _kept(connection)
        if kept != last:
            _renew(connection, kept)
            connection.execute("delete from kept.child_word_ground")
            connection.execute("insert into kept.child_word_ground values (%s)", (last,))
    return last


def words_kept(connection: psycopg.Connection) -> Words:
    """Every word of every name, read once for each state of what is kept."""
    info = connection.info
    key = (info.host, info.port, info.dbname, _kept(connection) or 0)
    with _lock:
        if key in _words:
            _words.move_to_end(key)
            return _words[key]
    found = Words.of(connection.execute("select word, sound from kept.name_word").fetchall())
    with _lock:
        _words[key] = found
        while len(_words) > _HELD:
            _words.popitem(last=False)
    return found


def _last(connection: psycopg.Connection) -> int:
    row = connection.execute(_LAST).fetchone()
    return int(row[0]) if row else 0


def _kept(connection: psycopg.Connection) -> int | None:
    row = connection.execute(_KEPT).fetchone()
    return int(row[0]) if row else None


def _renew(connection: psycopg.Connection, after: int | None) -> None:
    """Work the words out anew of whoever was touched since an entry, or of everybody."""
    narrowed, of = "", {}
    if after is None:
        connection.execute("delete from kept.child_word")
    else:
        touched = [row[0] for row in connection.execute(_TOUCHED, {"after": after})]
        narrowed, of = _OF, {"children": touched}
        connection.execute("delete from kept.child_word where child_id = any(%(children)s::text[])", of)
    names = connection.execute(f"{_NAMES}{narrowed}".encode(), of).fetchall()
    numbers = connection.execute(f"select * from ({_NUMBERS}) n where true{narrowed}".encode(), of).fetchall()
    rows = {*_words_of(names), *_numbers_of(numbers)}
    known = {row[0] for row in connection.execute("select word from kept.name_word")}
    new = {word for _, word, what in rows if what != NUMBER} - known
    _write(connection, "copy kept.child_word (child_id, word, what) from stdin", rows)
    _write(connection, "copy kept.name_word (word, sound) from stdin", ((word, sound_of(word)) for word in new))


def _write(connection: psycopg.Connection, into: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Copy rows of text in, some thousand at a time: a row at a time took longer than all the rest."""
    left = iter(rows)
    with connection.cursor() as cursor, cursor.copy(into.encode()) as copy:
        while lines := ["\t".join(row) for row in islice(left, _AT_ONCE)]:
            copy.write("\n".join(lines) + "\n")


def _words_of(names: Iterable[tuple[str, str | None, str | None, bool]]) -> Iterator[tuple[str, str, str]]:
    """Each child's words of names, those of now in the place of the same written before."""
    found: dict[tuple[str, str], str] = {}
    for child_id, forename, surname, stands in names:
        for word in words_of(forename, surname):
            if stands or (child_id, word) not in found:
                found[child_id, word] = NAME if stands else FORMER
    return ((_escaped(child_id), word, what) for (child_id, word), what in found.items())


def _numbers_of(numbers: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str, str]]:
    """Each child's numbers, by their letters and digits."""
    return ((_escaped(child_id), word, NUMBER) for child_id, number in numbers if (word := number_of(number)))


def _escaped(text: str) -> str:
    """A text as it is copied in. The words are letters and digits alone and need none of it."""
    return text if text.isalnum() else text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
