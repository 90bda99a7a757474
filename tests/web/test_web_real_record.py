"""The pages on a real record: a small made-up county, loaded as a council would load its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import resolve

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.sign_ins import signed_in
from keyworker.clocks.children import children_at
from keyworker.county import demo
from keyworker.county.county import generate
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.teams import teams_at
from keyworker.facts.workers import supervised_by
from keyworker.intake.load import load_paths
from keyworker.record.connect import DatabaseRole
from keyworker.returns.write import write
from keyworker.vocabulary.errors import Refused
from keyworker.web import bound, entry
from keyworker.web.record import RealRecord
from tests.servers.asking import asking
from tests.servers.started import Database, Server
from tests.web.conftest import Page
from tests.web.opened import PASSWORD

Fetch = Callable[..., Page]
CUT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(embedded_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A county of some hundred children in a record of its own."""
    made = embedded_server.fresh()
    out: Path = tmp_path_factory.mktemp("county") / "extract"
    county = generate(400, 2, 7, date(2026, 11, 22))
    write("ssd", county.extract(CUT), CUT.date(), out)
    with made.connect(DatabaseRole.LOADER) as loader:
        load_paths(
            [out],
            connection=loader,
            home=embedded_server.home,
            now=NOW,
            author="made-up county",
            purpose="test",
            cut_at=CUT,
            allow_ending=True,
        )
    yield made
    embedded_server.drop(made)


@pytest.fixture
def record(loaded: Database, client: Fetch, site: Database) -> Iterator[Database]:
    """The pages bound to that record, with the demonstration's sign-ins."""
    accounts = [entry.SignIn(account, PASSWORD) for account, _ in demo.ACCOUNTS]
    entry.make_sign_ins(site.conninfo(DatabaseRole.OWNER), accounts)
    real = RealRecord(loaded.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    yield loaded
    real.close()


def test_a_social_worker_sees_the_children_whom_the_record_says_they_hold(client: Fetch, record: Database) -> None:
    page = client("/my-children", account="social.worker")
    assert page.status == 200
    shown = {at.split("/")[2].split("?")[0] for at in page.tree.xpath("//a/@href") if at.startswith("/child/")}
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        asker, _ = signed_in(connection, "social.worker", NOW.date(), purpose="test", door=Door.COMMAND)
        mine = asking(asker, connection, NOW).my_children(Moment(NOW.date()))
    assert shown == {child.handle for child in mine.every()}


def test_a_child_opens_from_the_list_now_and_as_known_then(client: Fetch, record: Database) -> None:
    page = client("/my-children", account="social.worker")
    child = next(at for at in page.tree.xpath("//a/@href") if at.startswith("/child/"))
    for address in (child, f"{child}?at=2026-11-21&known=2026-11-22", f"{child}?at=2026-11-21"):
        found = client(address, account="social.worker")
        assert found.status == (404 if "known" in address else 200)
        if found.status == 200:
            own = "//section[@aria-labelledby='throughline-title']//svg[contains(@class, 'kw-line--lying')]"
            assert found.tree.xpath(f"count({own})") == 1


@pytest.mark.parametrize("account", [account for account, _ in demo.ACCOUNTS])
def test_whatever_a_role_is_led_to_opens(account: str, client: Fetch, record: Database) -> None:
    """One link of each kind that any page shows this role, from the first page on."""
    kinds: set[tuple[str, ...]] = set()
    waiting, refused = ["/"], []
    while waiting:
        address = waiting.pop(0)
        page = client(address, account=account)
        if page.status not in (200, 302):
            refused.append((_kind(address), page.status))
        links = page.tree.xpath("//a/@href") if page.tree is not None else [page.headers.get("Location", "")]
        for link in filter(lambda one: one.startswith("/") and not one.startswith("/static/"), links):
            if _kind(link) not in kinds:
                kinds.add(_kind(link))
                waiting.append(link.split("#")[0])
    assert refused == []


def _kind(address: str) -> tuple[str, ...]:
    """What kind of page an address is of, and what else it says: whose it is and of which day left out."""
    path, _, query = address.split("#")[0].partition("?")
    return resolve(path).view_name, *sorted(part.split("=")[0] for part in query.split("&"))


@pytest.mark.parametrize(
    ("account", "path"),
    [
        ("head.of.service", "/service"),
        ("head.of.service", "/service?by=team&then=91"),
        ("social.worker", "/figures?council=873"),
        ("social.worker", "/figures/cin-rate-31-march?council=873"),
        ("head.of.service", "/figures/cin-rate-31-march?council=873&own=1"),
        ("head.of.service", "/figures/sw-average-caseload?council=873&own=1"),
        ("performance.analyst", "/loads"),
        ("performance.analyst", "/meaning"),
        ("performance.analyst", "/quality"),
    ],
)
def test_every_page_of_the_service_runs_on_the_real_record(
    client: Fetch, record: Database, account: str, path: str
) -> None:
    assert client(path, account=account).status == 200


def test_support_by_area_is_of_a_last_day_of_a_month_for_whoever_answers_for_a_part(
    client: Fetch, record: Database
) -> None:
    told = "All of this is of 31 October 2026, as best known."
    assert told in client("/service/areas", account="head.of.service").words()
    assert told not in client("/service/areas", account="director").words()


def test_a_published_figure_is_logged_as_any_page_and_its_own_count_only_to_whoever_may_see_measures(
    client: Fetch, record: Database
) -> None:
    address = "/figures/cin-rate-31-march?council=873"
    assert "Count this record’s own figure" not in client(address, account="social.worker").words()
    assert client(f"{address}&own=1", account="social.worker").status == 403
    # The county is known from November 2024 on, and the last published day is before it.
    assert "for this the record is whole from" in client(f"{address}&own=1", account="head.of.service").words()
    with record.connect(DatabaseRole.OWNER, autocommit=True) as connection:
        logged = connection.execute(
            "select distinct account, route, purpose from record.access_log where route in ('figures', 'measures')"
        ).fetchall()
    assert {
        ("social.worker", "figures", "see a published figure"),
        ("head.of.service", "figures", "see a published figure"),
        ("head.of.service", "measures", "see a published figure"),
    } <= set(logged)
    assert not any(account == "social.worker" and route == "measures" for account, route, _ in logged)


def test_a_team_opens_from_the_service_by_team(client: Fetch, record: Database) -> None:
    service = client("/service?by=team", account="director")
    teams = {at for at in service.tree.xpath("//a/@href") if at.startswith("/team/")}
    page = client(min(teams), account="director")
    assert page.status == 200
    assert "Workers" in page.words()


def test_a_head_of_service_opens_the_teams_of_their_district_and_is_refused_the_others(
    client: Fetch, record: Database
) -> None:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        asker, _ = signed_in(connection, "head.of.service", NOW.date(), purpose="test")
        teams = teams_at(connection, lens_at(connection, Moment(NOW.date())), ended=True)
    (held,) = asker.roles
    statuses = {
        (team.district == held.scope, client(f"/team/{team.handle}", "head.of.service").status) for team in teams
    }
    assert statuses == {(True, 200), (False, 403)}


def test_a_page_that_is_not_part_of_somebodys_work_is_refused(client: Fetch, record: Database) -> None:
    page = client("/loads", account="social.worker")
    assert page.status == 403
    assert "It is open to: performance analyst" in page.words()
    assert "Loads" not in client("/my-children", account="social.worker").tree.xpath("string(//nav)")


def test_a_sign_in_that_holds_no_role_sees_nothing(client: Fetch, record: Database) -> None:
    page = client("/my-children", account="sorrel")
    assert page.status == 403
    assert "holds no role today" in page.words()


def test_a_role_is_held_only_between_its_days(record: Database) -> None:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection, pytest.raises(Refused):
        signed_in(connection, "social.worker", date(1990, 1, 1), purpose="test")


def test_every_page_that_was_opened_is_in_the_access_log_with_its_purpose(client: Fetch, record: Database) -> None:
    client("/my-children", account="social.worker")
    with record.connect(DatabaseRole.OWNER) as owner:
        # The page reads twice: the children, and which visits to them are planned.
        last = owner.execute(
            "select account, door, route, purpose, count > 0 from record.access_log order by log_id desc limit 2"
        ).fetchall()
    assert {one[:4] for one in last} == {last[0][:4]}
    assert last[-1] == ("social.worker", "page", "my children", "see whom I must see, and when", True)


def test_each_number_of_the_service_counts_the_children_behind_it(client: Fetch, record: Database) -> None:
    service = client("/service", account="head.of.service")
    doors = [one for one in service.tree.xpath("//table//a") if one.get("href").startswith("/service/children/")]
    assert doors
    for door in doors:
        said = door.text_content().split(" of ")[0].replace(",", "")
        if said.isdigit():
            behind = client(door.get("href"), account="head.of.service")
            (count,) = behind.tree.xpath("//section[@id='children']//caption/span/text()")
            assert int(count) == min(int(said), 200), door.get("href")


def test_another_agencys_work_begins_with_its_own_actions(client: Fetch, record: Database) -> None:
    assert client("/", account="partner").headers["Location"] == "/plan-actions"
    page = client("/plan-actions", account="partner")
    assert page.status == 200
    assert page.tree.xpath("//button[text()='Sign out']")
    leads_to = page.tree.xpath("//nav//a/@href")
    assert {"/figures", "/who-may-see-what"} <= set(leads_to)
    assert all(client(one, account="partner").status == 200 for one in leads_to)


def test_the_day_a_page_was_last_opened_comes_from_the_access_log(client: Fetch, record: Database) -> None:
    client("/team", account="team.manager")
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        asker, _ = signed_in(connection, "team.manager", NOW.date(), purpose="test", door=Door.PAGE)
        keyworker = asking(asker, connection, NOW)
        assert keyworker.last_looked("team", NOW + timedelta(seconds=1)) == NOW
        assert keyworker.last_looked("team", NOW) is None


def test_a_worker_opens_their_own_page_and_nobody_elses(client: Fetch, record: Database) -> None:
    mine, other = _worker_of(record, "social.worker"), _worker_of(record, "senior.practitioner")
    assert client(f"/worker/{mine}", account="social.worker").status == 200
    assert client(f"/worker/{mine}", account="head.of.service").status == 200
    assert client(f"/worker/{other}", account="director").status == 200
    beyond = client(f"/worker/{other}", account="social.worker")
    unknown = client("/worker/nobodyknowsthishandle1", account="social.worker")
    assert (beyond.status, beyond.words()) == (404, unknown.words()), "the two look alike"
    assert unknown.status == 404
    # Whoever plans the workforce has figures of their own, and sees nobody else's.
    assert client(f"/worker/{mine}", account="workforce").status == 404


def test_a_supervisor_opens_the_pages_of_those_whom_they_supervise(client: Fetch, record: Database) -> None:
    mine = _worker_id(record, "senior.practitioner")
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        lens = lens_at(connection, Moment(NOW.date()))
        theirs, *_ = connection.execute(
            "select worker_id from record.supervision_line where superseded_at is null and to_on is null limit 1"
        ).fetchone() or (None,)
        supervisor = connection.execute(
            "select supervisor_id from record.supervision_line where superseded_at is null and to_on is null"
            " and worker_id = %s",
            (theirs,),
        ).fetchone()
        assert supervisor is not None and theirs in supervised_by(connection, lens, supervisor[0])
        for asks, may in ((supervisor[0], True), (mine, mine == theirs or mine == supervisor[0])):
            asker = Asker("somebody", "test", Door.PAGE, (RoleHeld("senior practitioner", "all"),), asks)
            handle = handles_of(connection, HandleKind.WORKER, [theirs])[theirs]
            keyworker = asking(asker, connection, NOW)
            if may:
                assert keyworker.worker(handle, Moment(NOW.date())).worker.worker_id == theirs
            else:
                with pytest.raises(NotKnown):
                    keyworker.worker(handle, Moment(NOW.date()))


def test_a_worker_a_post_and_a_team_that_were_opened_are_in_the_access_log_by_kind(
    client: Fetch, record: Database
) -> None:
    mine = _worker_of(record, "social.worker")
    client("/my-work", account="social.worker")
    client("/posts", account="workforce")
    with record.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute(
            "select account, route, kind, purpose, %s = any(handles) from record.access_log order by log_id", (mine,)
        ).fetchall()
    assert ("social.worker", "worker", "worker", "see what is shown of my own work", True) in rows
    assert ("workforce", "posts", "post", "see which posts are empty", False) in rows


def test_a_list_taken_as_a_file_stands_in_the_log_with_every_child_in_it(client: Fetch, record: Database) -> None:
    page = client("/my-children", account="social.worker")
    shown = {at.split("/")[2].split("?")[0] for at in page.tree.xpath("//a/@href") if at.startswith("/child/")}
    files = [at for at in page.tree.xpath("//a/@href") if at.startswith("/my-children/") and ".csv" in at]
    client(files[0], account="social.worker")
    with record.connect(DatabaseRole.OWNER) as owner:
        said = "select handles, count from record.access_log where route = 'file' and account = 'social.worker'"
        said += " order by log_id desc limit 1"
        ((handles, count),) = owner.execute(said).fetchall()
    assert len(handles) == count > 0 and set(handles) <= shown


def test_brothers_and_sisters_who_are_shown_are_in_the_access_log(client: Fetch, record: Database) -> None:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        child = next(row for row in children_at(connection, Moment(NOW.date())) if row.siblings_open)
    page = client(f"/child/{child.handle}", account="head.of.service")
    shown = {at.split("/")[2] for at in page.tree.xpath("//section[@id='together']//a/@href") if "/child/" in at}
    assert len(shown - {child.handle}) >= child.siblings_open
    with record.connect(DatabaseRole.OWNER) as owner:
        (handles,) = owner.execute(
            "select handles from record.access_log where route = 'child' and %s = any(handles)"
            " and cardinality(handles) > 1 order by log_id desc limit 1",
            (child.handle,),
        ).fetchone()
    assert {one for one in shown if ".csv" not in one} <= set(handles)


def test_what_is_due_to_a_child_reads_the_name_and_no_story_and_knows_nobody_before_they_were_known(
    client: Fetch, record: Database
) -> None:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        child = children_at(connection, Moment(NOW.date()))[0]
    address = f"/child/{child.handle}/due"
    assert child.name in client(address, account="head.of.service").tree.findtext(".//h1")
    assert client(f"{address}?at=2026-11-21&known=2025-11-22", account="head.of.service").status == 404
    with record.connect(DatabaseRole.OWNER) as owner:
        routes = owner.execute(
            "select distinct route from record.access_log where %s = any(handles) and purpose = %s",
            (child.handle, "see why something is due to a child"),
        ).fetchall()
    assert sorted(routes) == [("child",), ("clocks",)], "of the child, only which visits are planned"


def test_a_team_manager_agrees_an_exception_for_a_child_of_the_team_and_withdraws_it(
    client: Fetch, record: Database
) -> None:
    team = client("/team", account="team.manager")
    children = dict.fromkeys(at.split("?")[0] for at in team.tree.xpath("//a/@href") if at.startswith("/child/"))
    doors = (
        client(f"{child}/due", account="team.manager").tree.xpath("//a[text()='Agree one']/@href") for child in children
    )
    door = next(found[0] for found in doors if found)
    child = door.split("/exceptions")[0]
    form = client(door, account="team.manager")
    (number,) = form.tree.xpath("//input[@name='exception_id']/@value")
    said = {
        "exception_id": number,
        "agreed": "not-asked",
        "granted_by": "team manager",
        "reason": "Made up for a test.",
    }
    assert client(door, account="team.manager", data=said | {"step": "agree"}).status == 302
    assert "Made up for a test." in client(f"{child}/due", account="team.manager").words()
    assert client(door, account="team.manager", data=said | {"step": "agree"}).status == 409, "sent twice"
    undo = f"{child}/exceptions/{number}/withdraw"
    assert client(undo, account="social.worker").status == 403
    assert client(undo, account="team.manager", data={"why": "The test is over."}).status == 302
    assert "The test is over." in client(f"{child}/due", account="team.manager").words()
    with record.connect(DatabaseRole.OWNER, autocommit=True) as connection:
        acts = connection.execute(
            "select kind, author, source from record.act where 'timescale_exception' = any(tables) and kind <> 'load'"
            " order by act_id"
        ).fetchall()
    assert acts == [("entry", "team.manager", "keyworker"), ("correction", "team.manager", "keyworker")]


@pytest.mark.parametrize(
    ("account", "home"),
    [
        *((one, "/needs-me") for one in ("consultant.social.worker", "learning", "business.support", "workforce")),
        ("councillor", "/measures"),
        ("inspector", "/service"),
    ],
)
def test_a_role_begins_where_its_work_does(account: str, home: str, client: Fetch, record: Database) -> None:
    assert client("/", account=account).headers["Location"] == home
    assert client(home, account=account).status == 200


def test_a_measure_by_bands_offers_a_councillor_the_groups_alone_by_which_it_is_told(
    client: Fetch, record: Database
) -> None:
    offered = client("/measures/placements-by-kind", account="councillor").tree.xpath(
        "//select[@name='by']/option/@value"
    )
    assert "district" in offered and "sex" not in offered
    assert client("/measures/placements-by-kind?by=district", account="councillor").status == 200
    told = client("/measures/placements-by-kind", account="director").tree.xpath("//select[@name='by']/option/@value")
    assert "sex" in told


def test_the_workforce_role_sees_the_posts_and_no_child(client: Fetch, record: Database) -> None:
    page = client("/posts", account="workforce")
    assert "full-time posts whose holders may hold children" in page.words()
    assert client("/my-children", account="workforce").status == 403


def _worker_id(record: Database, account: str) -> str:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        asker, _ = signed_in(connection, account, NOW.date(), purpose="test", door=Door.PAGE)
    assert asker.worker_id is not None
    return asker.worker_id


def _worker_of(record: Database, account: str) -> str:
    worker_id = _worker_id(record, account)
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        return handles_of(connection, HandleKind.WORKER, [worker_id])[worker_id]


def test_before_anything_is_loaded_whoever_signs_in_sees_published_figures_and_nothing_else(
    client: Fetch, embedded_server: Server, site: Database
) -> None:
    empty = embedded_server.fresh()
    real = RealRecord(empty.conninfo, size=2)
    bound.bind(real, lambda: NOW)
    try:
        assert client("/").headers["Location"] == "/figures"
        page = client("/figures/cin-rate-31-march?council=873")
        assert page.status == 200
        assert "Cambridgeshire 232.5 per 10,000" in page.words()
        assert "Nothing has been loaded yet. Load an extract" in page.words()
        rows = client("/figures/cin-rate-31-march/every-figure.csv?council=873")
        assert rows.status == 200
        for closed in ("/my-children", "/service", "/loads", "/figures/cin-rate-31-march?council=873&own=1"):
            refused = client(closed)
            assert refused.status == 403
            assert "Nothing has been loaded yet, so nobody holds a role" in refused.words()
    finally:
        real.close()
        embedded_server.drop(empty)
