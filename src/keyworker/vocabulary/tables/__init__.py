"""Every described table, by topic."""

from keyworker.vocabulary.shape import Table
from keyworker.vocabulary.tables import (
    away_and_after,
    before_the_door,
    care,
    care_planning,
    education,
    enquiry,
    family_help,
    front_door,
    home,
    need,
    organisation,
    people_at_work,
    permanence,
    person,
    pre_proceedings,
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
    home,
    before_the_door,
    front_door,
    need,
    enquiry,
    protection,
    pre_proceedings,
    visits,
    care,
    care_planning,
    permanence,
    away_and_after,
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
