"""How far a role may look, for which purpose, and at what: the closed words of the table."""

from __future__ import annotations

from enum import StrEnum


class Thing(StrEnum):
    """What may be seen. The table says of each who may, how far, and what for."""

    CHILD = "a child's record"
    CHILDREN = "a list of children"
    NAMES = "names"
    FINDING = "finding somebody"
    NEW_CHILDREN = "a new child"
    NEEDS = "what needs me"
    DRAFTS = "what one has begun to write"
    DUE = "what is due"
    CASE_SUPERVISION = "case supervision"
    SUPERVISING = "supervising a case"
    PERSONAL_SUPERVISION = "personal supervision"
    WORKER = "a worker's figures"
    CHALLENGING_LOAD = "challenging one's load"
    ANSWERING_LOAD = "answering about a load"
    TEAM = "a team"
    SERVICE = "the service's figures"
    MEASURES = "measures"
    SUPPRESSED = "measures, small numbers left out"
    POSTS = "posts and workforce"
    KEEPING_POSTS = "keeping posts"
    KEEPING_STAFF = "keeping staff"
    RECORDING_LEARNING = "recording learning"
    VISITS = "visits"
    ALONE = "going alone"
    ALLOCATION = "allocation"
    HANDOVERS = "handovers"
    RESTRICTIONS = "restricted children"
    EMERGENCIES = "opening a record in an emergency"
    REVIEWS = "reviews of emergencies"
    EXCEPTIONS = "exceptions"
    TIME_ASKED = "asking for time"
    ANSWERING_TIME = "answering who asks for time"
    LIMITS = "a chart's limits"
    NOT_TO_BE_TOLD = "what must not be told"
    DIRECT_WORK = "direct work with a child"
    FRONT_DOOR = "recording at the front door"
    NEED = "recording need and protection"
    DECIDING = "deciding on need and protection"
    PEOPLE = "recording people and households"
    NOTES = "case notes"
    WARNINGS = "warnings before a visit"
    REVIEWING_WARNINGS = "looking at warnings again"
    ERASING = "asking for an erasure"
    AGREEING_ERASURES = "agreeing to an erasure"
    OWN_WORDS = "what children and parents say"
    PLAN_ACTIONS = "what a plan asks"
    MEETINGS = "meetings about a child"
    CHALLENGE = "challenge"
    CHAIRING = "chairing"
    COPIES = "copies for people outside"
    AGREEING_COPIES = "agreeing a copy"
    LEARNING = "learning"
    ACTIONS = "actions"
    LOADS = "loads and mappings"
    SET_ASIDE = "rows set aside"
    QUALITY = "data quality"
    EXPORTS = "exports"
    ROLES = "roles"
    ACCESS_LOG = "the access log"
    PUBLISHED = "published figures"
    RULEBOOK = "the rulebook"
    WHO_MAY = "who may see what"


class Scope(StrEnum):
    """How far: each takes in those before it, but for the last, which is a part of `own`."""

    NONE = "none"
    OWN_ACTIONS = "own actions only"
    OWN = "own"
    SUPERVISED = "supervised"
    TEAM = "team"
    DISTRICT = "district"
    ALL = "all"

    @property
    def width(self) -> int:
        """The place of a scope among those that take one another in."""
        return list(Scope).index(self)

    def takes_in(self, other: Scope) -> bool:
        """Whether whoever may look this far may look as far as the other."""
        return self.width >= other.width


class Purpose(StrEnum):
    """What a role looks for: the work that warrants it."""

    DIRECT_WORK = "direct work"
    OWN_WORK = "own work"
    SUPERVISION = "supervision"
    MANAGEMENT = "management"
    REVIEW = "review"
    QUALITY_ASSURANCE = "quality assurance"
    REPORTING = "reporting"
    KEEPING_THE_DATA = "keeping the data"
    WORKFORCE_PLANNING = "workforce planning"
    LEARNING = "learning"
    BUSINESS_SUPPORT = "business support"
    SCRUTINY = "scrutiny"
    INSPECTION = "inspection"
    ADMINISTRATION = "administration"
    EMERGENCY = "an emergency"
    PUBLISHED = "published already"


class Subject(StrEnum):
    """Whom a thing is about: how far a role may look is asked of them."""

    CHILD = "child"
    WORKER = "worker"
    TEAM = "team"
    NOBODY = "nobody"


class Beyond(StrEnum):
    """How far most staff may see beyond their own children: the council's setting."""

    OWN = "own"
    TEAM = "team"
    DISTRICT = "district"
    SERVICE = "service"

    @property
    def scope(self) -> Scope:
        """The scope that the setting widens others to."""
        return Scope.ALL if self is Beyond.SERVICE else Scope(self.value)


BEYOND = "beyond own children"
"""The setting's name."""
