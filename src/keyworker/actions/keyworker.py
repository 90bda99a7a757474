"""The one door to the record: who asks, what for, in one transaction, logged before anything is given."""

from __future__ import annotations

from keyworker.actions.questions.allocations import AboutAllocations
from keyworker.actions.questions.case_supervision import AboutCaseSupervision
from keyworker.actions.questions.chairing import AboutChairing
from keyworker.actions.questions.challenges import AboutChallenges
from keyworker.actions.questions.children import AboutChildren
from keyworker.actions.questions.copies import AboutCopies
from keyworker.actions.questions.cover import AboutCover
from keyworker.actions.questions.cover_decisions import AboutCoverDecisions
from keyworker.actions.questions.data import AboutData
from keyworker.actions.questions.direct_work import AboutDirectWork
from keyworker.actions.questions.drafts import AboutDrafts
from keyworker.actions.questions.duties import AboutDuties
from keyworker.actions.questions.emergencies import AboutEmergencies
from keyworker.actions.questions.erasures import AboutErasures
from keyworker.actions.questions.figures import AboutFigures
from keyworker.actions.questions.finding import AboutFinding
from keyworker.actions.questions.kept_posts import AboutKeptPosts
from keyworker.actions.questions.learning import AboutLearning
from keyworker.actions.questions.log import AboutLog
from keyworker.actions.questions.lone_visits import AboutLoneVisits
from keyworker.actions.questions.markers import AboutMarkers
from keyworker.actions.questions.meetings import AboutMeetings
from keyworker.actions.questions.missed import AboutMissed
from keyworker.actions.questions.moved import AboutMoved
from keyworker.actions.questions.needs import AboutNeeds
from keyworker.actions.questions.new_children import AboutNewChildren
from keyworker.actions.questions.outside import AboutOutside
from keyworker.actions.questions.own_challenges import AboutOwnChallenges
from keyworker.actions.questions.own_load import AboutOwnLoad
from keyworker.actions.questions.own_words import AboutOwnWords
from keyworker.actions.questions.permissions import AboutPermissions
from keyworker.actions.questions.rebases import AboutRebases
from keyworker.actions.questions.reminders import AboutReminders
from keyworker.actions.questions.restrictions import AboutRestrictions
from keyworker.actions.questions.shared_notes import AboutSharedNotes
from keyworker.actions.questions.staff import AboutStaff
from keyworker.actions.questions.staff_corrections import AboutStaffCorrections
from keyworker.actions.questions.staff_entries import AboutStaffEntries
from keyworker.actions.questions.staff_records import AboutStaffRecords
from keyworker.actions.questions.supervision import AboutSupervision
from keyworker.actions.questions.teams import AboutTeams
from keyworker.actions.questions.time_asked import AboutTimeAsked
from keyworker.actions.questions.unit_meetings import AboutUnitMeetings
from keyworker.actions.questions.warnings import AboutWarnings


class Keyworker(
    AboutReminders,
    AboutNeeds,
    AboutChildren,
    AboutCover,
    AboutStaff,
    AboutOwnLoad,
    AboutKeptPosts,
    AboutStaffCorrections,
    AboutStaffRecords,
    AboutStaffEntries,
    AboutLearning,
    AboutSupervision,
    AboutTeams,
    AboutDuties,
    AboutMissed,
    AboutMoved,
    AboutCoverDecisions,
    AboutAllocations,
    AboutTimeAsked,
    AboutOwnWords,
    AboutSharedNotes,
    AboutErasures,
    AboutDirectWork,
    AboutUnitMeetings,
    AboutCaseSupervision,
    AboutMarkers,
    AboutRebases,
    AboutFigures,
    AboutNewChildren,
    AboutFinding,
    AboutData,
    AboutPermissions,
    AboutRestrictions,
    AboutEmergencies,
    AboutOwnChallenges,
    AboutOutside,
    AboutMeetings,
    AboutChairing,
    AboutChallenges,
    AboutLog,
    AboutCopies,
    AboutLoneVisits,
    AboutDrafts,
    AboutWarnings,
):
    """The record, opened by one asker for one purpose: everything that may be asked of it, or written.

    Takes   connection in the application's role; now, the instant of asking, which is logged;
            home, the data folder, in which exports are listed (KEYWORKER_HOME when absent).
    """
