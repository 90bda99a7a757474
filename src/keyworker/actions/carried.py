"""How much one sign-in may carry away in a day: children by files, programs and commands, and files of whatever kind.

What matters is of how many children something leaves, not in how many files: a thief takes many small ones. So every
child counts once a day, whether in a list as a file, in an answer to a token that somebody made for themselves, on the
command line or from Python. Like what is opened in a day, it is counted only when more is asked for, from the access
log; it is kept nowhere, shown to nobody, and no figure about anybody's work.
"""

from __future__ import annotations

from collections.abc import Collection

import psycopg

from keyworker.actions.daily import allowed_in_a_day, start_of
from keyworker.facts.moment import Moment
from keyworker.record.log import carried_since, files_since
from keyworker.vocabulary.errors import Refused

FILE = "file"
"""In the access log, the route of whatever was given as a file, with the children who are in it."""
CHILDREN = "children carried away in a day"
USUAL_CHILDREN = 1_000
"""Where the council has set nothing: a large district's children, and a part of a county's."""
FILES = "files carried away in a day"
USUAL_FILES = 100
"""Where the council has set nothing: more than anybody reads in a day."""
_RAISE = "ask the analyst who keeps the data to raise the setting “{}”, for your sign-in or for all."


def over_the_children(
    own: psycopg.Connection, connection: psycopg.Connection, account: str, today: Moment, children: Collection[str]
) -> Refused | None:
    """Why a sign-in may not carry some children's rows away today as well; None where it may.

    Takes   own and connection, in the application's role and in the service's; children, their handles.
    """
    allowed = allowed_in_a_day(connection, today, account, CHILDREN, USUAL_CHILDREN)
    if carried_since(own, account, start_of(today), children, FILE, enough=allowed) <= allowed:
        return None
    return Refused(
        f"With this, more than {allowed:,} children would have left the record today by this sign-in, by files, "
        "programs and commands: as many as may in a day.",
        remedy="On a page you may see them still. Ask for fewer, such as one team, or go on tomorrow; if the work "
        f"needs more, {_RAISE.format(CHILDREN)}",
    )


def over_the_files(
    own: psycopg.Connection, connection: psycopg.Connection, account: str, today: Moment
) -> Refused | None:
    """Why a sign-in may not have one more file today; None where it may."""
    allowed = allowed_in_a_day(connection, today, account, FILES, USUAL_FILES)
    if files_since(own, account, start_of(today), FILE) < allowed:
        return None
    return Refused(
        f"This sign-in has taken {allowed:,} files today, as many as one may in a day.",
        remedy=f"On a page you may see it still. Go on tomorrow; if the work needs more, {_RAISE.format(FILES)}",
    )
