"""Every address of the pages stands at a thing of the table of who may see what, and every thing that opens at one."""

from __future__ import annotations

from django.urls import URLPattern, get_resolver

from keyworker.access import Thing, who_may
from keyworker.web import doors
from tests.servers.started import Database


def _names() -> set[str | None]:
    """The names of all addresses, as the web framework's own resolver knows them."""
    patterns = get_resolver().url_patterns
    assert all(isinstance(one, URLPattern) for one in patterns), "an address inside another is not looked at here"
    return {one.name for one in patterns}


def test_every_address_is_open_to_all_or_stands_at_a_thing_of_the_table(site: Database) -> None:
    names = _names()
    assert len(names) > 50
    assert {one for one in names if not doors.things(one)} == doors.OPEN | doors.OWN | doors.SIGNED_IN


def test_no_thing_leads_to_an_address_that_does_not_exist(site: Database) -> None:
    assert {name for names in doors.DOORS.values() for name in names} <= _names()


def test_a_form_is_taken_by_addresses_that_exist(site: Database) -> None:
    assert _names() >= doors.FORMS


def test_every_thing_that_a_page_can_be_asked_for_has_an_address(site: Database) -> None:
    asked = {row.thing for row in who_may().values() if row.routes}
    # Whole tables and returns leave by a command alone.
    assert {thing.value for thing in asked - set(doors.DOORS)} == {"exports"}


def test_an_address_that_the_table_does_not_know_is_closed() -> None:
    every = frozenset(route for row in who_may().values() for route in row.routes)
    assert not doors.is_open("a-new-page", every)
    assert doors.is_open("child", frozenset({"child"}))
    assert not doors.is_open("child", every - set(who_may()[Thing.CHILD].routes))
