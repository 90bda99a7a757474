"""Posts, the people in them, absence, recruitment and learning."""

from keyworker.vocabulary.tables.learning import PRACTICE_OBSERVATION, TRAINING_NEED, TRAINING_SESSION
from keyworker.vocabulary.tables.people_in_post import ABSENCE, APPOINTMENT, LOAD_CHALLENGE, STAFF_CHANGE
from keyworker.vocabulary.tables.posts import POST, POST_CHANGE, VACANCY_STEP
from keyworker.vocabulary.tables.registered import DISCLOSURE_CHECK, REGISTRATION
from keyworker.vocabulary.tables.workforce_census import WORKFORCE_SNAPSHOT, WORKFORCE_TOTALS

TABLES = (
    POST,
    APPOINTMENT,
    VACANCY_STEP,
    ABSENCE,
    WORKFORCE_SNAPSHOT,
    WORKFORCE_TOTALS,
    TRAINING_NEED,
    TRAINING_SESSION,
    LOAD_CHALLENGE,
    POST_CHANGE,
    PRACTICE_OBSERVATION,
    REGISTRATION,
    DISCLOSURE_CHECK,
    STAFF_CHANGE,
)
