"""The forms of a post and of its recruitment, and what stands of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from keyworker.actions.kept_posts import WITHDRAWN, WantedChange, WantedPost, WantedStep
from keyworker.actions.questions.kept_posts import PostTold
from keyworker.actions.writing import LONGEST
from keyworker.facts.kept_posts import KeptStep, StandingPost
from keyworker.facts.pictures import TeamRef
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, of_codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import number, sentence, spoken, spoken_instant

Said = Mapping[str, str]
YES_NO = {"yes": True, "no": False}
NO_NAMES = "Write no applicant’s name."
WHY_HINT = f"In {LONGEST} characters or fewer. Whoever sees posts sees it."


def wanted_post(said: Said, teams: Sequence[TeamRef], post_id: str | None = None) -> WantedPost:
    """The post that a form means, as far as it can be read."""
    by_handle = {one.handle: one.team_id for one in teams if one.handle}
    return WantedPost(
        said.get("post_id", "") if post_id is None else post_id,
        said.get("title", ""),
        said.get("role_class", ""),
        by_handle.get(said.get("team", "")),
        _amount(said.get("fte", "")),
        YES_NO.get(said.get("holds", "")),
        YES_NO.get(said.get("funded", "")),
        day_typed(said.get("from", "")),
    )


def wanted_change(said: Said, told: PostTold, change_id: str) -> WantedChange:
    """The change that a form means."""
    post = wanted_post(said, told.teams, told.kept.standing.post_id)
    return WantedChange(change_id, post, day_typed(said.get("last", "")), said.get("why", ""))


def wanted_step(said: Said) -> WantedStep:
    """The step that a form means."""
    return WantedStep(
        said.get("kind", ""), day_typed(said.get("on", "")), said.get("outcome", ""), said.get("at_step", "")
    )


def _amount(said: str) -> Decimal | None:
    try:
        found = Decimal(said)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def said_of(standing: StandingPost, teams: Sequence[TeamRef]) -> dict[str, str]:
    """What stands of a post, as its form would say it."""
    handles = {one.team_id: one.handle for one in teams}
    flags = {True: "yes", False: "no", None: ""}
    return {
        "title": standing.title or "",
        "role_class": standing.role_class or "",
        "team": handles.get(standing.team_id or "", ""),
        "fte": "" if standing.fte is None else f"{standing.fte.normalize():f}",
        "holds": flags[standing.holds_cases],
        "funded": flags[standing.funded],
        "from": standing.from_on.isoformat(),
    }


def post_fields(said: Said, teams: Sequence[TeamRef], errors: Said, *, is_new: bool = False) -> tuple[Field, ...]:
    """What the form of a post asks."""

    def yes_or_no(name: str) -> tuple[Choice, ...]:
        return tuple(Choice(code, code.capitalize(), said.get(name) == code) for code in YES_NO)

    places = tuple(Choice(one.handle, f"{one.name}, {one.district}", said.get("team") == one.handle) for one in teams)
    first = Field(
        "post_id", "The post’s number", "text", said.get("post_id", ""), "As the establishment lists it.",
        errors.get("post_id", ""),
    )  # fmt: skip
    return (
        *((first,) if is_new else ()),
        Field("title", "Job title", "text", said.get("title", ""), error=errors.get("title", "")),
        Field(
            "role_class",
            "Which of the workforce census’s roles is it?",
            "radio",
            error=errors.get("role_class", ""),
            choices=of_codes("role_class", said.get("role_class", ""), short=True),
        ),
        Field("team", "Team, if it is in one", "select", error=errors.get("team", ""), choices=places),
        Field("fte", "Full-time equivalent", "text", said.get("fte", ""), "1 for a whole post.", errors.get("fte", "")),
        Field("holds", "May its holder hold children?", "radio", choices=yes_or_no("holds")),
        Field("funded", "Is there money for it?", "radio", choices=yes_or_no("funded")),
        Field("from", "From which day", "date", said.get("from", ""), error=errors.get("from_on", "")),
    )


def change_fields(said: Said, told: PostTold, errors: Said) -> tuple[Field, ...]:
    """What the form of a change asks, after what the post is."""
    last = "Only where the post is closed. Then nothing above changes."
    return (
        *post_fields(said, told.teams, errors),
        Field("last", "Last day of the post", "date", said.get("last", ""), last, errors.get("last_on", "")),
        _why(said, errors),
    )


def step_fields(said: Said, errors: Said, *, corrects: bool = False) -> tuple[Field, ...]:
    """What the form of a step asks. Takes corrects, whether it corrects one, for a reason."""
    after = tuple(
        one for one in of_codes("vacancy_step", said.get("at_step", ""), short=True) if one.value != WITHDRAWN
    )
    steps = of_codes("vacancy_step", said.get("kind", ""), short=True)
    found = (
        Field("kind", "Which step was taken?", "radio", error=errors.get("kind", ""), choices=steps),
        Field("on", "On which day", "date", said.get("on", ""), error=errors.get("on", "")),
        Field("at_step", "If withdrawn: after which step", "select", error=errors.get("at_step", ""), choices=after),
        Field(
            "outcome",
            "How it ended, in a few words",
            "text",
            said.get("outcome", ""),
            f"Such as: no applicants. {NO_NAMES}",
            errors.get("outcome", ""),
        ),
    )
    if not corrects:
        return found
    never = (Choice("yes", "It was never taken: withdraw it", said.get("withdraw") == "yes"),)
    return (*found, Field("withdraw", "Or was it never taken?", "checkbox", choices=never), _why(said, errors))


def _why(said: Said, errors: Said) -> Field:
    return Field("why", "Why is it changed?", "textarea", said.get("why", ""), WHY_HINT, errors.get("why", ""))


def said_of_step(step: KeptStep) -> dict[str, str]:
    """What stands of a step, as its form would say it."""
    after, _, rest = (step.outcome or "").partition(": ")
    at_step = after.removeprefix("after ")
    is_after = step.kind == WITHDRAWN and at_step in codes("vacancy_step")
    return {
        "kind": step.kind.lower(),
        "on": step.happened_on.isoformat(),
        "outcome": rest if is_after else step.outcome or "",
        "at_step": at_step if is_after else "",
    }


def kept_answer(told: PostTold) -> str:
    """What stands of a post, in a sentence."""
    one = told.kept.standing
    size = f", {number(float(one.fte), 2)} of full time" if one.fte is not None else ""
    money = {True: ", with money for it", False: ", with no money for it", None: ""}[one.funded]
    ended = f" until {spoken(one.to_on)}" if one.to_on else ""
    return f"{one.title or 'Post'}, {one.post_id}{size}{money}, since {spoken(one.from_on)}{ended}."


def kept_tables(told: PostTold, address: Callable[[int], str]) -> list[Table]:
    """The steps of its recruitment, each with where it is corrected, and what was changed here."""
    steps = Table(
        "steps",
        "Steps in filling it",
        heads("Step", "Day", "How it ended"),
        tuple(
            (
                Cell(sentence(one.kind), address(one.entry_id)),
                Cell(spoken(one.happened_on)),
                Cell(sentence(one.outcome or "nothing said")),
            )
            for one in told.kept.steps
        ),
        "No step in filling this post is written down.",
        "Open a step to correct it.",
    )
    changes = Table(
        "changes",
        "What was changed here, and why",
        heads("What", "Why", "When", "By"),
        tuple(
            (Cell(codes("post_change").get(one.what, one.what)), Cell(one.why), Cell(spoken_instant(one.recorded_at)),
             Cell(one.author))
            for one in told.kept.changes
        ),
        "Nothing of this post was changed here.",
        stays=True,
    )  # fmt: skip
    return [steps, changes]
