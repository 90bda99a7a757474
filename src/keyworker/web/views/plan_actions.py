"""What a child's plan asks: the list, writing an action down, moving its day, what came of it; and one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keyworker.actions.plan_actions import AGENCY, WantedAction, problems_of_ending, problems_of_moving
from keyworker.actions.questions.own_challenges import OwnChallenges
from keyworker.actions.questions.plan_actions import OwnActions
from keyworker.actions.telling import CAME_OF_IT, MOVED, words_of_action
from keyworker.facts.plan_actions import PlanAction
from keyworker.web.drafting import said_in
from keyworker.web.form_numbers import drop_odd_number, said_otherwise
from keyworker.web.moments import day_typed
from keyworker.web.presenters import plan_actions as shown
from keyworker.web.presenters.own_challenges import table as own_challenges_table
from keyworker.web.presenters.telling import Before
from keyworker.web.source import Record
from keyworker.web.tables import Table, of_id
from keyworker.web.views.forms import show_form
from keyworker.web.views.showing import Asking, asking, file, show, with_downloads
from keyworker.web.views.telling import before, seen_in

READING = "see what a child's plan asks"
READING_MINE = "see my actions under children's plans"
WRITING = "write down what a child's plan asks"
ENDING = "say what came of an action of a child's plan"


@require_safe
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """What the plan asks, of whom and by when."""
    ask = asking(request)
    with ask.record(READING) as record:
        found, sources = record.plan_actions(handle), record.sources()

    def way(name: str, one: PlanAction) -> str:
        return reverse(name, args=[handle, one.action_id]) if found.may_write else ""

    tables = shown.plan_tables(
        found, ask.asked.today, lambda one: way("plan-action-move", one), lambda one: way("plan-action-end", one)
    )
    context = {
        "answer": shown.answer(found, ask.asked.today),
        "not_here": "" if found.is_here else shown.NOT_HERE,
        "new": reverse("plan-action-new", args=[handle]) if found.may_write else "",
        "tables": tables,
        "child": reverse("child", args=[handle]),
    }
    return show(
        ask, "plan-actions.html", "What the plan asks", "Children", context, here="", sources=sources, moves=False
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """The form; once it says enough, the action stands in the plan."""
    ask = asking(request)
    today, is_sent = ask.asked.today, request.method == "POST"
    with ask.record(WRITING) as record:
        workers, sources = record.plan_workers(handle), record.sources()
        name = record.plan_actions(handle).name
    said = said_in(ask)
    drop_odd_number(said)
    typed = shown.TypedAction.of(said, uuid4().hex, today.isoformat())
    errors = typed.errors(workers, today) if is_sent else {}
    first: Before | None = None
    if is_sent and not errors:
        with ask.record(WRITING) as record:
            errors, first = _written(record, ask, handle, typed.wanted(workers))
        if not errors and first is None:
            return redirect("child-plan", handle)
        typed = typed if first else replace(typed, number=uuid4().hex)
    context = {
        "answer": f"Write down one thing that {name}’s plan asks, who is to do it, and by when.",
        "number": typed.number,
        "fields": shown.form_fields(typed, workers, errors),
        "before": first,
        "button": "Write it down",
        "back": reverse("child-plan", args=[handle]),
    }
    return show_form(ask, "written.html", "An action of the plan", "Children", context, errors, sources)


def _written(record: Record, ask: Asking, handle: str, wanted: WantedAction) -> tuple[dict[str, str], Before | None]:
    """Write an action down. Gives why it was not, by the field to be mended, or what is to be looked at first."""
    if wrong := record.wrong_sign_in(handle, wanted):
        return {"account": wrong}, None
    account = wanted.account if wanted.owner == AGENCY else ""
    said = words_of_action(wanted.need, wanted.what, wanted.told_as)
    if first := before(record, ask, handle, account, said):
        return {}, first
    otherwise = said_otherwise(partial(record.write_plan_action, handle, wanted, seen_in(ask)))
    return ({"what": otherwise} if otherwise else {}), None


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, handle: str, action: str) -> HttpResponse:
    """Move the day by which an action is to be done, for a reason."""
    ask = asking(request)
    until, why = request.POST.get("due", "").strip(), request.POST.get("why", "").strip()
    with ask.record(WRITING) as record:
        record.may_plan(handle)
        one = _among(record.plan_actions(handle).open_actions, action)
        errors = problems_of_moving(one, day_typed(until), why) if request.method == "POST" else {}
        is_whole = request.method == "POST" and not errors
        first = before(record, ask, handle, one.account or "", {MOVED: why}) if is_whole else None
        if is_whole and first is None:
            record.move_plan_action(handle, action, day_typed(until), why, seen_in(ask))
            return redirect("child-plan", handle)
        sources = record.sources()
    context = {
        "answer": f"Move the day of this: {one.what}",
        "before": first,
        "fields": shown.moving_fields(one, until, why, errors),
        "button": "Move its day",
        "back": reverse("child-plan", args=[handle]),
    }
    return show_form(ask, "written.html", "Move the day of an action", "Children", context, errors, sources)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, handle: str, action: str) -> HttpResponse:
    """Say what came of an action: it was done, or it is given up and why."""
    ask = asking(request)
    with ask.record(ENDING) as record:
        record.may_plan(handle)
        one = _among(record.plan_actions(handle).open_actions, action)
        done, on, outcome, errors = _ending(ask, one)
        is_whole = request.method == "POST" and not errors
        first = before(record, ask, handle, one.account or "", {CAME_OF_IT: outcome}) if is_whole else None
        if is_whole and first is None:
            record.end_plan_action(handle, action, day_typed(on), shown.is_done(done), outcome, seen_in(ask))
            return redirect("child-plan", handle)
        sources = record.sources()
    fields, back = shown.ending_fields(done, on, outcome, errors), reverse("child-plan", args=[handle])
    context = {"before": first, "fields": fields, "back": back}
    return show_form(ask, "written.html", "What came of it", "Children", _asks_end(one) | context, errors, sources)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What whoever has signed in is to do under any child's plan."""
    ask = asking(request)
    with ask.record(READING_MINE) as record:
        found, sources = record.own_actions(), record.sources()
        challenged = record.own_challenges()
    tables = with_downloads(_own_tables(found, challenged, ask), "own-actions-csv", "")
    context = {"answer": shown.own_answer(found, ask.asked.today), "tables": tables}
    title = "My actions under plans"
    return show(ask, "plan-actions.html", title, "My work", context, here="own actions", sources=sources, moves=False)


@require_safe
def download(request: HttpRequest, part: str) -> HttpResponse:
    """One of the two lists as a file."""
    ask = asking(request)
    with ask.record(f"{READING_MINE}, to download the list") as record:
        found, challenged = record.own_actions(), record.own_challenges()
    return file(ask, "my-actions-under-plans", of_id(_own_tables(found, challenged, ask), part))


@require_http_methods(["GET", "POST"])
def end_mine(request: HttpRequest, action: str) -> HttpResponse:
    """Say what came of an action of one's own, also for another agency."""
    ask = asking(request)
    with ask.record(ENDING) as record:
        one = _among([one for one in record.own_actions().actions if one.is_open], action)
        done, on, outcome, errors = _ending(ask, one)
        if request.method == "POST" and not errors:
            record.end_own_action(action, day_typed(on), shown.is_done(done), outcome)
            return redirect("own-actions")
        sources = record.sources()
    context = {"fields": shown.ending_fields(done, on, outcome, errors), "back": reverse("own-actions")}
    return show_form(ask, "written.html", "What came of it", "Children", _asks_end(one) | context, errors, sources)


def _own_tables(found: OwnActions, challenged: OwnChallenges, ask: Asking) -> tuple[Table, ...]:
    """One's own actions; for another agency also what it challenged."""
    account = ask.visitor.account

    def raise_it(one: PlanAction) -> str:
        return reverse("own-challenge-new", args=[one.action_id]) if one.account == account else ""

    tables = shown.own_tables(
        found,
        ask.asked.today,
        lambda child: reverse("child-plan", args=[child]),
        lambda one: reverse("own-action-end", args=[one.action_id]),
        raise_it,
    )
    if not challenged.challenges and not any(map(raise_it, found.actions)):
        return tables
    return (
        *tables,
        own_challenges_table(
            challenged,
            ask.asked.today,
            lambda one: reverse("own-challenge-next", args=[one.challenge_id]),
            lambda one: reverse("own-challenge-end", args=[one.challenge_id]),
        ),
    )


def _among(actions: Iterable[PlanAction], action_id: str) -> PlanAction:
    one = next((one for one in actions if one.action_id == action_id), None)
    if one is None:
        raise Http404
    return one


def _ending(ask: Asking, one: PlanAction) -> tuple[str, str, str, dict[str, str]]:
    """What was typed of what came of an action, and what is wrong with it."""
    post = ask.request.POST
    done, outcome = post.get("done", ""), post.get("outcome", "").strip()
    on = post.get("on", ask.asked.today.isoformat()).strip()
    if ask.request.method != "POST":
        return done, on, outcome, {}
    return done, on, outcome, problems_of_ending(one, day_typed(on), shown.is_done(done), outcome, ask.asked.today)


def _asks_end(one: PlanAction) -> dict[str, Any]:
    return {"answer": f"Say what came of this: {one.what}", "button": "Write it down"}
