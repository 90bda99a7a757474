"""Closed sets of words that code decides by. Each is one of our own code lists, word for word."""

from __future__ import annotations

from enum import StrEnum


class AllocationRole(StrEnum):
    """What an involvement role means; a role that nobody has given a meaning is unmapped, which is no role."""

    ACCOUNTABLE = "accountable"
    LEAD = "lead"
    CO_WORKER = "co-worker"
    NONE = "none"


class VisitKind(StrEnum):
    """What a visit counts as."""

    CIN = "cin"
    CP = "cp"
    CLA = "cla"
    ASSESSMENT = "assessment"
    CARE_LEAVER = "care leaver"
    PRIVATE_FOSTERING = "private fostering"
    ADOPTION = "adoption"
    SHORT_BREAK = "short break"
    DETAINED = "detained"
    OTHER = "other"


class VisitOutcome(StrEnum):
    """What came of a visit, where somebody recorded it."""

    SEEN_ALONE = "seen alone"
    SEEN = "seen"
    NOT_SEEN = "not seen"
    CANCELLED = "cancelled"
    NO_ACCESS = "no access"


class SupervisionOutcome(StrEnum):
    """What came of a supervision."""

    HELD = "held"
    CANCELLED = "cancelled"


class TeamType(StrEnum):
    """The work that a team does."""

    FRONT_DOOR = "front door"
    ASSESSMENT = "assessment"
    CHILD_IN_NEED_AND_CHILD_PROTECTION = "child in need and child protection"
    CHILDREN_IN_CARE = "children in care"
    LEAVING_CARE = "leaving care"
    DISABLED_CHILDREN = "disabled children"
    ADOLESCENT = "adolescent"
    EARLY_HELP = "early help"
    FAMILY_HELP = "family help"
    MULTI_AGENCY_CHILD_PROTECTION = "multi-agency child protection"
    FOSTERING = "fostering"
    ADOPTION = "adoption"
    CONFERENCE_AND_REVIEW = "conference and review"
    SERVICE = "service"
    OTHER = "other"


class Succession(StrEnum):
    """How one team followed another."""

    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"


class Employment(StrEnum):
    """How a worker is employed."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed term"
    AGENCY = "agency"


class MeaningSubject(StrEnum):
    """The kinds of word that a council gives a meaning to."""

    TEAM = "team"
    JOB_TITLE = "job title"
    INVOLVEMENT_ROLE = "involvement role"
    VISIT_KIND = "visit kind"


class LinkBasis(StrEnum):
    """Why two identifiers name one child."""

    SAME_UPN = "same UPN"
    SAME_NHS_NUMBER = "same NHS number"
    DECISION = "person's decision"


class RoleClass(StrEnum):
    """The workforce census's six roles in the organisation, in words. The census numbers them 1 to 6 in this order."""

    SENIOR_MANAGER = "senior manager"
    MIDDLE_MANAGER = "middle manager"
    FIRST_LINE_MANAGER = "first line manager"
    SENIOR_PRACTITIONER = "senior practitioner"
    CASE_HOLDER = "case holder"
    QUALIFIED_WITHOUT_CASES = "qualified without cases"

    @property
    def census_code(self) -> str:
        """The code that the workforce census uses, 1 to 6."""
        return str(list(RoleClass).index(self) + 1)


def role_class(said: str | None) -> RoleClass | None:
    """The role class that a census code or its words name; None for anything else."""
    word = " ".join((said or "").split()).lower()
    return next((one for one in RoleClass if word in {one.value, one.census_code}), None)
