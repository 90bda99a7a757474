"""The involvement roles whose meaning is in their name; every other role means what the council says it means."""

from __future__ import annotations

# Only exact words: a title that merely contains "social worker" is a guess, and guesses are a person's to make.
PUBLISHED: dict[str, str] = {
    "accountable": "accountable",
    "accountable worker": "accountable",
    "lead": "lead",
    "lead worker": "lead",
    "lead social worker": "lead",
    "allocated worker": "lead",
    "allocated social worker": "lead",
    "allocated case worker": "lead",
    "key worker": "lead",
    # The words under which the readers of these returns keep their allocated worker, who is the lead.
    "allocated worker (annex a)": "lead",
    "social worker (ssda903)": "lead",
    "co-worker": "co-worker",
    "co worker": "co-worker",
    "coworker": "co-worker",
    "secondary worker": "co-worker",
    # Whoever covers works with the child for a while; the child keeps their worker.
    "covering worker": "co-worker",
    # Whoever wrote a new child down here has them on duty, and holds them not.
    "taken in": "none",
}


def role_by_published_word(said: str | None) -> str | None:
    """accountable, lead, co-worker or none, where the source's word says so by itself; None where somebody must say."""
    return PUBLISHED.get(" ".join((said or "").split()).lower())


# Whoever chairs holds no child, whatever the case system's list of who is involved says of them.
CHAIRS: dict[str, str] = {
    "conference chair": "conferences",
    "child protection chair": "conferences",
    "child protection conference chair": "conferences",
    "cp chair": "conferences",
    "independent reviewing officer": "reviews",
    "reviewing officer": "reviews",
    "iro": "reviews",
}
"""The involvement roles that say that somebody chairs a child's conferences or reviews, in lower case."""
