"""Names for a reason: typed on a page, kept in the log with all that is opened, over with the day or the session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from keyworker.record.connect import DatabaseRole
from keyworker.web import bound, entry, reasons
from keyworker.web.record import RealRecord
from tests.access.made import NOW, account, told
from tests.servers.started import Database, Server
from tests.web.conftest import Page
from tests.web.opened import PASSWORD

Fetch = Callable[..., Page]
WHY = "To send the September list to the data team"
NAME = "All Madeup"
LIST = "/service/children/open"


@pytest.fixture
def record(embedded_server: Server, client: Fetch, site: Database) -> Iterator[Database]:
    made = embedded_server.fresh()
    with made.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    names = ("performance analyst", "director", "workforce")
    signed = [entry.SignIn(account(role), PASSWORD) for role in names]
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), signed)
    real = RealRecord(made.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    yield made
    real.close()
    embedded_server.drop(made)


def _log(record: Database) -> list[str]:
    with record.connect(DatabaseRole.OWNER) as connection:
        return [row[0] for row in connection.execute("select purpose from record.access_log order by log_id")]


def test_an_analyst_types_a_reason_and_sees_names_until_they_stop(client: Fetch, record: Database) -> None:
    who = account("performance analyst")
    assert NAME not in client(LIST, account=who).text
    assert client("/names", account=who, data={"reason": "curious"}).status == 400
    assert NAME not in client(LIST, account=who).text, "too short a reason opens nothing"
    assert client("/names", account=who, data={"reason": WHY}).status == 302
    shown = client(LIST, account=who)
    assert NAME in shown.text
    assert "Names are shown today: stop showing them" in shown.words()
    assert any(line.endswith(f"for a reason: {WHY}") for line in _log(record))
    assert f"see names: {WHY}" in _log(record)
    assert client("/names", account=who, data={"step": "stop"}).status == 302
    assert NAME not in client(LIST, account=who).text


def test_a_reason_ends_with_the_day() -> None:
    request = HttpRequest()
    request.session = SessionBase()  # type: ignore[assignment]
    today = NOW.date()
    assert reasons.reason_of(request, today) == ""
    reasons.keep(request, WHY, today)
    assert reasons.reason_of(request, today) == WHY
    assert reasons.reason_of(request, today + timedelta(days=1)) == ""


def test_a_reason_opens_a_childs_record_to_nobody_to_whom_the_table_does_not(client: Fetch, record: Database) -> None:
    who = account("performance analyst")
    client("/names", account=who, data={"reason": WHY})
    assert client("/child/nobodyhasthishandle1", account=who).status == 403


@pytest.mark.parametrize("role", ["director", "workforce"])
def test_whoever_needs_no_reason_or_sees_no_names_has_no_such_page(
    client: Fetch, record: RealRecord, role: str
) -> None:
    assert client("/names", account=account(role)).status in (403, 404)
    assert client("/names", account=account(role), data={"reason": WHY}).status in (403, 404)
