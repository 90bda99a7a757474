"""What a reminder says: counts, days and where to sign in. Nothing in it tells of a child or of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.actions.questions.reminders import ToRemind
from keyworker.web.words import plural, spoken

WHY = "You asked for this under Your sign-in in Keyworker. You can change the hour or stop it there."


@dataclass(frozen=True)
class Reminder:
    """One reminder. Takes to, the address; says, how much waits and when; link, where to sign in, empty where none."""

    to: str
    says: str
    link: str

    @property
    def subject(self) -> str:
        """What stands above it in a list of mail: no more than whoever looks over a shoulder may know."""
        return "A reminder from Keyworker"

    @property
    def text(self) -> str:
        """The whole of it."""
        way = f"Sign in to see what it is: {self.link}" if self.link else "Sign in to Keyworker to see what it is."
        return f"{self.says}\n\n{way}\n\n{WHY}\n"


def says_of(found: ToRemind, today: date) -> str:
    """How much waits and when, in a few sentences."""
    said = [f"{plural(found.things, 'thing needs', 'things need')} you in Keyworker."]
    if found.late:
        said.append(f"{plural(found.late, 'is past its day', 'are past their day')}.")
    if found.first_on == today:
        said.append("The next is today.")
    elif found.first_on:
        said.append(f"The next is due on {found.first_on:%A} {spoken(found.first_on)}.")
    return " ".join(said)
