"""Every address of the pages. Addresses carry random handles and moments, never a name or a number of anybody's."""

from __future__ import annotations

from django.urls import path, register_converter

from keyworker.web.views import (
    areas,
    child,
    counted,
    due,
    duties,
    emergencies,
    exceptions,
    figures,
    home,
    looking,
    markers,
    measures,
    missed,
    my_children,
    nothing_recent,
    over_time,
    own_sign_in,
    passkeys,
    posts,
    problems,
    rebases,
    records,
    restrictions,
    rules,
    service,
    sign_in,
    signing_steps,
    supervision,
    team,
    visits,
    who_may,
)


class Handle:
    """A random handle, as addresses carry it."""

    regex = r"[A-Za-z0-9_-]{8,64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Handle, "handle")

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("sign-in/code", signing_steps.second_step, name="second-step"),
    path("sign-in/password", signing_steps.first_password, name="first-password"),
    path("sign-in/authenticator-app", signing_steps.first_factor, name="first-factor"),
    path("sign-in/passkey", passkeys.sign_in, name="passkey-sign-in"),
    path("sign-in/new-passkey", passkeys.first, name="first-passkey"),
    path("my-sign-in/new-passkey", passkeys.add, name="my-passkey"),
    path("my-sign-in/remove-passkey", passkeys.remove, name="my-passkey-remove"),
    path("my-sign-in", own_sign_in.page, name="my-sign-in"),
    path("my-sign-in/password", own_sign_in.password, name="my-password"),
    path("my-sign-in/authenticator-app", own_sign_in.app, name="my-app"),
    path("my-sign-in/recovery-codes", own_sign_in.codes, name="my-codes"),
    path("my-sign-in/sign-out-elsewhere", own_sign_in.end_sessions, name="my-sessions-end"),
    path("my-sign-in/prove", own_sign_in.prove, name="prove"),
    path("theme.css", home.theme, name="theme"),
    path("my-children", my_children.page, name="my-children"),
    path("my-children/<slug:part>.csv", my_children.download, name="my-children-csv"),
    path("child/<handle:handle>", child.page, name="child"),
    path("child/<handle:handle>/due", duties.page, name="child-due"),
    path("child/<handle:handle>/due/<slug:part>.csv", duties.download, name="child-due-csv"),
    path("child/<handle:handle>/visits/new", visits.new, name="visit-new"),
    path("child/<handle:handle>/visits/<slug:visit>", visits.one, name="visit"),
    path("child/<handle:handle>/visits/<slug:visit>/withdraw", visits.withdraw, name="visit-withdraw"),
    path("child/<handle:handle>/not-to-be-told", markers.page, name="child-not-to-be-told"),
    path("child/<handle:handle>/not-to-be-told/new", markers.new, name="child-not-to-be-told-new"),
    path(
        "child/<handle:handle>/not-to-be-told/<slug:marker>/withdraw",
        markers.withdraw,
        name="child-not-to-be-told-withdraw",
    ),
    path("child/<handle:handle>/exceptions/new", exceptions.new, name="exception-new"),
    path("child/<handle:handle>/exceptions/<slug:exception>/withdraw", exceptions.withdraw, name="exception-withdraw"),
    path("child/<handle:handle>/looked", looking.child, name="looked"),
    path("child/<handle:handle>/looked/<slug:part>.csv", looking.child_download, name="looked-csv"),
    path("child/<handle:handle>/restriction", restrictions.one, name="restriction"),
    path("child/<handle:handle>/restriction/lift", restrictions.lift, name="restriction-lift"),
    path("child/<handle:handle>/restriction/<slug:naming>/end", restrictions.end_naming, name="naming-end"),
    path("child/<handle:handle>/<slug:part>.csv", child.download, name="child-csv"),
    path("restricted-children", restrictions.every, name="restricted-children"),
    path("emergency", emergencies.page, name="emergency"),
    path("emergency/<slug:glass>/close", emergencies.close, name="emergency-close"),
    path("emergency/reviews", emergencies.reviews, name="emergency-reviews"),
    path("emergency/reviews/<slug:glass>", emergencies.review, name="emergency-review"),
    path("access-log", looking.log, name="access-log"),
    path("access-log/<slug:part>.csv", looking.log_download, name="access-log-csv"),
    path("team", team.page, name="my-team"),
    path("team/<slug:part>.csv", team.download, name="my-team-csv"),
    path("team/<handle:handle>", team.page, name="team"),
    path("team/<handle:handle>/<slug:part>.csv", team.download, name="team-csv"),
    path("team/<handle:handle>/over-time", over_time.team, name="team-over-time"),
    path("team/<handle:handle>/over-time/<slug:part>.csv", over_time.team_download, name="team-over-time-csv"),
    path("my-work", over_time.my_work, name="my-work"),
    path("my-work/looked", looking.mine, name="my-work-looked"),
    path("my-work/<slug:part>.csv", over_time.my_work_download, name="my-work-csv"),
    path("worker/<handle:handle>", over_time.worker, name="worker"),
    path("worker/<handle:handle>/<slug:part>.csv", over_time.worker_download, name="worker-csv"),
    path("post/<handle:handle>", over_time.post, name="post"),
    path("post/<handle:handle>/<slug:part>.csv", over_time.post_download, name="post-csv"),
    path("supervision", supervision.page, name="supervision"),
    path("supervision/new", supervision.new, name="supervision-new"),
    path("supervision/open", supervision.open_to, name="supervision-open"),
    path("supervision/<slug:note>/answer", supervision.answer, name="supervision-answer"),
    path("supervision/<slug:note>/withdraw", supervision.withdraw, name="supervision-withdraw"),
    path("supervision/<slug:opening>/close", supervision.close, name="supervision-close"),
    path("posts", posts.page, name="posts"),
    path("posts/<slug:part>.csv", posts.download, name="posts-csv"),
    path("service", service.page, name="service"),
    path("service/<slug:part>.csv", service.download, name="service-csv"),
    path("service/areas", areas.page, name="areas"),
    path("service/areas/<slug:part>.csv", areas.download, name="areas-csv"),
    path("service/missed", missed.page, name="missed"),
    path("service/missed/visits", missed.visits, name="missed-visits"),
    path("service/missed/visits.csv", missed.visits_download, name="missed-visits-csv"),
    path("service/missed/<slug:part>.csv", missed.download, name="missed-csv"),
    path("service/children/<slug:what>", counted.page, name="counted"),
    path("service/children/<slug:what>.csv", counted.download, name="counted-csv"),
    path("measures", measures.page, name="measures"),
    path("measures/<slug:part>.csv", measures.download, name="measures-csv"),
    path("measures/<slug:name>", measures.one, name="measure"),
    path("measures/<slug:name>/rebase", rebases.new, name="rebase"),
    path("measures/<slug:name>/rebase/<slug:rebase>/withdraw", rebases.withdraw, name="rebase-withdraw"),
    path("measures/<slug:name>/<slug:part>.csv", measures.one_download, name="measure-csv"),
    path("due", due.page, name="due"),
    path("due/ahead", due.ahead, name="ahead"),
    path("due/ahead.csv", due.ahead_download, name="ahead-csv"),
    path("due/<slug:part>.csv", due.download, name="due-csv"),
    path("due.ics", due.feed, name="due-calendar"),
    path("nothing-recent", nothing_recent.page, name="nothing-recent"),
    path("nothing-recent.csv", nothing_recent.download, name="nothing-recent-csv"),
    path("timescales", rules.page, name="rules"),
    path("timescales/try-it-yourself", rules.self_check, name="self-check"),
    path("timescales/<slug:part>.csv", rules.download, name="rules-csv"),
    path("timescales/<slug:rule>", rules.one, name="rule"),
    path("timescales/<slug:rule>/pace", rules.pace, name="rule-pace"),
    path("timescales/<slug:rule>/pace.csv", rules.pace_download, name="rule-pace-csv"),
    path("figures", figures.page, name="figures"),
    path("figures/<slug:part>.csv", figures.download, name="figures-csv"),
    path("figures/<slug:measure>", figures.one, name="figure"),
    path("figures/<slug:measure>/<slug:part>.csv", figures.one_download, name="figure-csv"),
    path("who-may-see-what", who_may.page, name="who-may"),
    path("who-may-see-what/<slug:part>.csv", who_may.download, name="who-may-csv"),
    path("loads", records.loads, name="loads"),
    path("meaning", records.meanings, name="meaning"),
    path("quality", records.quality, name="quality"),
    path("meaning/workbook.xlsx", records.workbook, name="workbook"),
    path("loads/<int:load>/set-aside.zip", records.set_aside, name="set-aside"),
    path("<slug:part>/download.csv", records.download, name="records-csv"),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.fault
