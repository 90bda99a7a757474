"""The shapes in which the lives of workers, posts and teams reach people, beside a child's story.

Pages, commands and Python all show these same values. Names are present only where the asker may see them.
"""

from __future__ import annotations

from keyworker.facts.stories.post import Empty, PostRow, PostSpan, PostStory, StepTaken
from keyworker.facts.stories.shared import Appointed, Count, PostRef
from keyworker.facts.stories.siblings import HeldBy, Together
from keyworker.facts.stories.team import Followed, MonthOfTeam, TeamSpan, TeamStory
from keyworker.facts.stories.worker import Away, Learning, MonthOfWork, Protected, Supervised, WorkerStory

__all__ = [
    "Appointed",
    "Away",
    "Count",
    "Empty",
    "Followed",
    "HeldBy",
    "Learning",
    "MonthOfTeam",
    "MonthOfWork",
    "PostRef",
    "PostRow",
    "PostSpan",
    "PostStory",
    "Protected",
    "StepTaken",
    "Supervised",
    "TeamSpan",
    "TeamStory",
    "Together",
    "WorkerStory",
]
