"""Every described table, by topic."""

from keyworker.vocabulary.shape import Table
from keyworker.vocabulary.tables import (
    care,
    education,
    family_help,
    need,
    organisation,
    people_at_work,
    person,
    protection,
    quality,
    steps,
    supervision,
    visits,
    wellbeing,
    workforce,
)

TOPICS = (
    person,
    need,
    protection,
    visits,
    care,
    wellbeing,
    education,
    people_at_work,
    family_help,
    organisation,
    workforce,
    supervision,
    quality,
    steps,
)

TABLES: dict[str, Table] = {table.name: table for topic in TOPICS for table in topic.TABLES}
