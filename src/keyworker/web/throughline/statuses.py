"""Why the service is in a child's life, as people say it."""

from __future__ import annotations

from keyworker.facts.pictures import Status
from keyworker.web.coded import status_detail
from keyworker.web.words import inside, sentence

STATUS_WORDS = {
    "referral": "Referral",
    "assessment": "Assessment",
    "section 47": "Section 47 enquiry",
    "cin": "Child in need",
    "cp": "Child protection plan",
    "looked after": "Looked after",
    "short break": "Short break",
    "cla": "Looked after",
}
GRAVEST_FIRST = ("looked after", "cla", "cp", "section 47", "cin", "short break", "assessment", "referral")


def status_words(status: Status) -> str:
    """A status as people say it, with its detail."""
    says = STATUS_WORDS.get(status.kind.lower(), sentence(status.kind))
    detail = status_detail(status.kind.lower(), status.detail or "")
    return f"{says}: {inside(detail)}" if detail else says
