"""A lost telephone or password is made good by two people: one asks on the machine, another agrees on a page."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from typer.testing import CliRunner, Result

from keyworker.access import Thing, who_may
from keyworker.cli import app
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import end_sessions_of, open_session, session_of
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web import bound, entry
from keyworker.web.presenters.roles import is_one_person
from keyworker.web.signing import totp
from tests.access.made import BEGAN
from tests.clocks.made import tell
from tests.servers.started import Database
from tests.web import fictional as made_up
from tests.web.signed import Browser, Clock, letters_of
from tests.web.source import MadeUp

FIRST, OWN, NEW = "the-first-made-up-word", "badgers mend seven umbrellas", "otters paint nine wooden ladders"
_numbers = itertools.count(1)
PAGE = "/roles/set-up-anew"


@pytest.fixture
def clock(source: MadeUp) -> Clock:
    made = Clock(made_up.NOW)
    bound.bind(source, made)
    return made


@pytest.fixture
def make(site: Database, clock: Clock) -> Callable[[], str]:
    """Makes a sign-in of the test's own, with a password of its owner's."""

    def one() -> str:
        name = f"lost-{next(_numbers)}"
        entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), [entry.SignIn(name, OWN)])
        return name

    return one


@pytest.fixture
def browser(clock: Clock) -> Callable[[], Browser]:
    from django.test import Client

    return lambda: Browser(Client(SERVER_NAME="127.0.0.1", raise_request_exception=False))


@pytest.fixture
def ask(site: Database, clock: Clock) -> Callable[..., None]:
    """Asks on the machine for a sign-in to be set up anew."""

    def asked(account: str, by: str, password: str = NEW) -> None:
        from keyworker.web.schema import OWNER, as_owner
        from keyworker.web.signing.keeping import Keeping

        with as_owner(site.conninfo(DatabaseRole.OWNER)), site.connect(DatabaseRole.DOOR, autocommit=True) as door:
            Keeping(OWNER, clock.at, partial(end_sessions_of, door)).ask_reset(account, password, by)

    return asked


def _signed_in(browser: Browser, account: str, password: str = OWN) -> Browser:
    assert browser.send("/sign-in", account=account, password=password).status == 302
    assert browser.is_signed_in()
    return browser


def test_a_lost_sign_in_is_shut_at_once_and_opens_only_when_a_second_person_has_agreed(
    make: Callable[[], str], ask: Callable[..., None], browser: Callable[[], Browser], site: Database, clock: Clock
) -> None:
    lost, keeper, second = make(), make(), make()
    mine = _signed_in(browser(), lost)
    with site.connect(DatabaseRole.DOOR, autocommit=True) as door:
        token = open_session(door, lost, "command")
        ask(lost, keeper)
        assert session_of(door, token) is None, "a command on a lost machine must see nothing more"
    assert not mine.is_signed_in()
    assert mine.send("/sign-in", account=lost, password=OWN).status == 400
    assert mine.send("/sign-in", account=lost, password=NEW).status == 400, "one person alone must open nothing"
    other = _signed_in(browser(), second)
    page = other.get(PAGE)
    assert f"{keeper} asked for it" in page.words() and lost in page.words()
    assert "waits to be set up anew" in other.get("/roles").words()
    unsure = other.send(PAGE, account=lost, step="agree")
    assert unsure.status == 400 and "made sure who it is" in unsure.words()
    assert other.send(PAGE, account=lost, step="agree", sure="yes").status == 302
    assert "No sign-in waits" in other.get(PAGE).words()
    assert mine.send("/sign-in", account=lost, password=NEW).headers["Location"] == "/sign-in/password"
    mine.send("/sign-in/password", new="herons carry eleven lanterns", again="herons carry eleven lanterns")
    said = mine.get("/my-sign-in").words()
    assert f"set up anew, as {keeper} had asked and {second} agreed, by {second}" in said
    assert f"shut, and asked to be set up anew, which a second person must agree, by {keeper}" in said


def test_neither_who_asked_nor_whose_sign_in_it_is_can_be_the_second(
    make: Callable[[], str], ask: Callable[..., None], browser: Callable[[], Browser]
) -> None:
    lost, keeper = make(), make()
    mine = _signed_in(browser(), lost)
    ask(lost, keeper)
    asker = _signed_in(browser(), keeper)
    answer = asker.send(PAGE, account=lost, step="agree", sure="yes")
    assert answer.status == 400 and "somebody else must answer" in answer.words()
    assert mine.send("/sign-in", account=lost, password=NEW).status == 400


def test_two_sign_ins_of_one_worker_are_one_person() -> None:
    from keyworker.facts.accounts import RoleHeldBy

    def held(account: str, worker: str | None) -> RoleHeldBy:
        return RoleHeldBy(account, "", "administrator", "all", None, BEGAN, None, worker)

    rows = [held("a", "w1"), held("a.admin", "w1"), held("b", "w2"), held("c", None), held("d", None)]
    assert is_one_person(rows, "a", "a.admin") and is_one_person(rows, "c", "c")
    assert not is_one_person(rows, "a", "b") and not is_one_person(rows, "c", "d")


def test_a_no_leaves_it_shut_and_so_does_a_week_without_an_answer(
    make: Callable[[], str], ask: Callable[..., None], browser: Callable[[], Browser], clock: Clock
) -> None:
    refused, left, keeper, second = make(), make(), make(), make()
    ask(refused, keeper)
    assert _signed_in(browser(), second).send(PAGE, account=refused, step="refuse").status == 302
    assert browser().send("/sign-in", account=refused, password=NEW).status == 400
    ask(left, keeper)
    clock.turn(days=7)
    other = _signed_in(browser(), second)
    assert left not in other.get(PAGE).words()
    assert other.send(PAGE, account=left, step="agree", sure="yes").status == 400
    assert browser().send("/sign-in", account=left, password=NEW).status == 400


def test_the_second_shows_again_who_they_are_when_their_sign_in_is_old(
    make: Callable[[], str], ask: Callable[..., None], browser: Callable[[], Browser], clock: Clock
) -> None:
    lost, keeper, second = make(), make(), make()
    ask(lost, keeper)
    other = _signed_in(browser(), second)
    clock.turn(minutes=16)
    answer = other.send(PAGE, account=lost, step="agree", sure="yes")
    assert answer.status == 302 and answer.headers["Location"].startswith("/my-sign-in/prove")
    assert browser().send("/sign-in", account=lost, password=NEW).status == 400


def test_a_lost_telephones_codes_and_recovery_codes_open_nothing_from_the_asking_on(
    make: Callable[[], str],
    ask: Callable[..., None],
    browser: Callable[[], Browser],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "KEYWORKER_SIGN_IN", replace(settings.KEYWORKER_SIGN_IN, second_factor=True))
    lost, keeper = make(), make()
    mine = browser()
    mine.send("/sign-in", account=lost, password=OWN)
    secret = letters_of(mine.get("/sign-in/authenticator-app"))
    mine.send("/sign-in/authenticator-app", code=totp.code_at(secret, totp.step_at(clock.at)))
    assert mine.is_signed_in()
    ask(lost, keeper)
    clock.turn(minutes=1)
    thief = browser()
    assert thief.send("/sign-in", account=lost, password=OWN).status == 400
    assert thief.get("/sign-in/code").headers["Location"] == "/sign-in"


# By command.


@pytest.fixture
def here(site: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on the tests' own site, which one process can open but once."""
    monkeypatch.setattr(entry, "_open_record_site", lambda home: None)
    monkeypatch.setattr(entry, "conninfo", lambda role, home=None: site.conninfo(role))
    monkeypatch.setenv("KEYWORKER_SECOND_FACTOR", "optional")


def _reset(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["sign-ins", "reset", *words], input=typed, env={"COLUMNS": "200"})


def _gives_a_role(site: Database, account: str, clock: Clock) -> None:
    row = {"account": account, "role": "administrator", "scope": "all", "from_on": BEGAN}
    with site.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"role_holding": [row]}, now=clock.at - timedelta(hours=1))


def test_who_asks_on_the_machine_shows_who_they_are_and_is_told_who_could_agree(
    here: None, make: Callable[[], str], browser: Callable[[], Browser], site: Database, clock: Clock
) -> None:
    lost, keeper, second = make(), make(), make()
    _gives_a_role(site, second, clock)
    assert who_may()[Thing.ROLES].cell("administrator").purpose is not None
    wrong = _reset(lost, typed=f"{keeper}\nnot the password\nno code\n").exception
    assert isinstance(wrong, Refused)
    assert _signed_in(browser(), lost), "nothing may be shut by somebody who did not show who they are"
    own = _reset(lost, typed=f"{lost}\n").exception
    assert isinstance(own, Refused) and "their own sign-in" in own.what
    said = _reset(lost, typed=f"{keeper}\n{OWN}\n{NEW}\n{NEW}\n")
    assert said.exit_code == 0, said.output
    assert second in said.output and OWN not in said.output and NEW not in said.output
    assert browser().send("/sign-in", account=lost, password=OWN).status == 400
    early = _reset(lost, "--alone", "--why", "it is quicker that way", typed=f"{NEW}\n{NEW}\n").exception
    assert isinstance(early, Refused) and second in early.what
    # A sign-in that is closed can agree to nothing, and the tests share one site.
    assert CliRunner().invoke(app, ["sign-ins", "close", second]).exit_code == 0
    closed = _reset(lost, typed=f"{keeper}\n{OWN}\n").exception
    assert isinstance(closed, Refused) and "Nobody else could agree" in closed.what


def test_one_person_alone_sets_a_sign_in_up_anew_only_where_nobody_else_could_agree_and_says_why(
    here: None, make: Callable[[], str], browser: Callable[[], Browser], site: Database, clock: Clock
) -> None:
    lost, keeper = make(), make()
    _gives_a_role(site, lost, clock)  # the only one, and it is theirs that is lost
    refused = _reset(lost, typed=f"{keeper}\n{OWN}\n").exception
    assert isinstance(refused, Refused) and "Nobody else could agree" in refused.what
    assert _signed_in(browser(), lost)
    silent = _reset(lost, "--alone", "--why", "hm").exception
    assert isinstance(silent, KeyworkerError) and silent.where == "--why"
    said = _reset(lost, "--alone", "--why", "the only administrator lost a telephone", typed=f"{NEW}\n{NEW}\n")
    assert said.exit_code == 0 and "by one person alone" in said.output
    assert browser().send("/sign-in", account=lost, password=NEW).headers["Location"] == "/sign-in/password"
    assert CliRunner().invoke(app, ["sign-ins", "close", lost]).exit_code == 0


def _add(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["sign-ins", "add", *words], input=typed, env={"COLUMNS": "200"})


def test_a_first_password_is_given_by_two_people_wherever_a_second_could_agree(
    here: None, make: Callable[[], str], browser: Callable[[], Browser], site: Database, clock: Clock
) -> None:
    keeper, second, new = make(), make(), f"new-{next(_numbers)}"
    _gives_a_role(site, second, clock)
    stranger = _add(new, typed=f"{keeper}\nnot the password\nno code\n").exception
    assert isinstance(stranger, Refused)
    assert browser().send("/sign-in", account=new, password=NEW).status == 400
    said = _add(new, typed=f"{keeper}\n{OWN}\n{NEW}\n{NEW}\n")
    assert said.exit_code == 0 and second in said.output, said.output
    assert browser().send("/sign-in", account=new, password=NEW).status == 400
    assert "nothing was changed" in _add(new).output
    other = _signed_in(browser(), second)
    assert other.send(PAGE, account=new, step="agree", sure="yes").status == 302
    assert browser().send("/sign-in", account=new, password=NEW).headers["Location"] == "/sign-in/password"
    # The only one who could agree gives one alone, as themselves.
    alone = _add(f"{new}-b", typed=f"{second}\n{OWN}\n{NEW}\n{NEW}\n")
    assert alone.exit_code == 0 and "One person alone gave it" in alone.output
    assert CliRunner().invoke(app, ["sign-ins", "close", second]).exit_code == 0


def test_closing_a_sign_in_ends_what_it_opened_on_the_command_line(
    here: None, make: Callable[[], str], site: Database
) -> None:
    gone = make()
    with site.connect(DatabaseRole.DOOR, autocommit=True) as door:
        token = open_session(door, gone, "command")
        assert session_of(door, token) is not None
        assert CliRunner().invoke(app, ["sign-ins", "close", gone]).exit_code == 0
        assert session_of(door, token) is None
