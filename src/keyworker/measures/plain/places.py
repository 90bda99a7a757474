"""Which group somebody is in on a day, told plainly: their team, its district, and what is said of themselves."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.facts.lens import FAR
from keyworker.facts.reference import Reference, Row
from keyworker.measures.plain.day import covers
from keyworker.measures.plain.people import OF_CHILD, OF_WORKER
from keyworker.measures.registry.definition import Belongs

DAY = timedelta(days=1)


class Places:
    """Which team, district and team type a child, a worker or a team has on a day, as known by a reference.

    Takes   ever, the same knowledge of all days: what has become of a team is looked at from the last of them.
    """

    def __init__(self, known: Reference, ever: Reference) -> None:
        self._known = known
        self._ever = ever
        self._involvements = [row for row in known.rows("involvements") if row["to_on"] != row["from_on"]]
        self._appointments = [row for row in known.rows("appointment") if row["team_id"] is not None]
        self._teams = known.rows("team")
        self._meanings = known.rows("meaning")

    def group(self, belongs: Belongs, name: str, key: str, day: date) -> str | None:
        """A group by its name. Raises KeyError for one that is not told plainly."""
        if name in OF_CHILD:
            return OF_CHILD[name](self._known, key, day)
        if name in OF_WORKER:
            worker = self.worker_of_child(key, day) if belongs is Belongs.CHILD else key
            return OF_WORKER[name](self._known, worker, day) if worker else None
        team = {Belongs.CHILD: self.team_of_child, Belongs.WORKER: self.team_of_worker}.get(belongs, _itself)(key, day)
        if team is None:
            return None
        of_team = {
            "team": self._name,
            "district": self._district,
            "team type": self._type,
            "team today": self._name_today,
            "district today": self._district_today,
        }
        return of_team[name](team, day)

    def worker_of_child(self, child: str, day: date) -> str | None:
        """The lead come last, else the accountable worker come last."""
        rows = [r for r in self._involvements if r["child_id"] == child and covers(r, day) and r["worker_id"]]
        held = [(rank, row) for row in rows if (rank := self._rank(row)) in (4, 5)]
        return max(held, key=lambda one: (one[0], _come(one[1])))[1]["worker_id"] if held else None

    def team_of_worker(self, worker: str, day: date) -> str | None:
        """By the appointment begun last of those in force."""
        held = [row for row in self._appointments if row["worker_id"] == worker and covers(row, day)]
        return max(held, key=_come)["team_id"] if held else None

    def team_of_child(self, child: str, day: date) -> str | None:
        """The lead's, the accountable worker's, whoever holds the work without a worker, the referral's, anybody's."""
        rows = sorted((r for r in self._involvements if r["child_id"] == child and covers(r, day)), key=_come)
        ranked: dict[int, list[str]] = {5: [], 4: [], 3: [], 2: [], 1: []}
        for row in rows:
            rank = self._rank(row)
            team = row["team_id"] or (self.team_of_worker(row["worker_id"], day) if rank in (4, 5) else None)
            if team:
                ranked[rank].append(team)
        referrals = [r for r in self._known.rows("cin_episodes") if r["child_id"] == child and covers(r, day)]
        ranked[2] = [row["team_id"] for row in sorted(referrals, key=_come) if row["team_id"]]
        return next((teams[-1] for _, teams in sorted(ranked.items(), reverse=True) if teams), None)

    def _rank(self, row: Row) -> int:
        role = "none" if row["worker_id"] is None else _role(self._known, row)
        return {"lead": 5, "accountable": 4, "none": 3}.get(role, 1)

    def _team(self, team: str, day: date) -> Row | None:
        held = [row for row in self._teams if row["team_id"] == team and covers(row, day)]
        return max(held, key=_come) if held else None

    def _name(self, team: str, day: date) -> str:
        row = self._team(team, day)
        return (row["name"] if row else _named(self._known, team)) or team

    def _district(self, team: str, day: date) -> str:
        row = self._team(team, day)
        return (row["district"] or "county-wide") if row else self._meant(team, "district", day)

    def _type(self, team: str, day: date) -> str:
        typed = [r for r in self._teams if r["team_id"] == team and covers(r, day) and r["team_type"]]
        return max(typed, key=_come)["team_type"] if typed else self._meant(team, "team_type", day)

    def _heirs(self, team: str, day: date) -> set[str]:
        """What a team of a day has become, as far ahead as is known; a team that goes round comes back to itself."""
        ahead = [row for row in self._ever.rows("team_succession") if row["happened_on"] and row["happened_on"] > day]
        moved: set[str] = set()
        now = {team}
        while moving := {one for one in now - moved if any(row["from_team_id"] == one for row in ahead)}:
            moved |= moving
            now = (now - moving) | {row["to_team_id"] for row in ahead if row["from_team_id"] in moving}
        return {one for one in now if self._today(one) or self._listed(one)}

    def _today(self, team: str) -> Row | None:
        rows = [row for row in self._ever.in_force(self._ever.rows("team")) if row["team_id"] == team]
        return max(rows, key=_come) if rows else None

    def _listed(self, team: str) -> bool:
        return any(row["team_id"] == team for row in self._ever.rows("department"))

    def _name_today(self, team: str, day: date) -> str:
        heirs = self._heirs(team, day)
        if len(heirs) != 1:
            return self._name(team, day)
        heir = heirs.pop()
        row = self._today(heir)
        return (row["name"] if row else _named(self._ever, heir)) or heir

    def _district_today(self, team: str, day: date) -> str:
        heirs = self._heirs(team, day)
        if not heirs:
            return self._district(team, day)
        found = {self._district_now(heir) for heir in heirs}
        return found.pop() if len(found) == 1 else "unmapped"

    def _district_now(self, team: str) -> str:
        row = self._today(team)
        if row:
            return row["district"] or "county-wide"
        for said in filter(None, (team, _named(self._ever, team))):
            meant = self._ever.meaning("team", said, FAR)
            if meant is not None and meant["district"]:
                return str(meant["district"])
        return "unmapped"

    def _meant(self, team: str, column: str, day: date) -> str:
        for said in filter(None, (team, _named(self._known, team))):
            meant = self._known.meaning("team", said, day)
            if meant is not None and meant[column]:
                return str(meant[column])
        return "unmapped"


def _named(known: Reference, team: str) -> str | None:
    rows = [row for row in known.rows("department") if row["team_id"] == team]
    return max(rows, key=lambda row: row["entry_id"])["name"] if rows else None


def _role(known: Reference, row: Row) -> str:
    last = known.moment.at if row["to_on"] is None else row["to_on"] - DAY
    return known.role(row["role"], last)


def _come(row: Row) -> tuple[date, int]:
    return (row["from_on"], row["entry_id"])


def _itself(key: str, day: date) -> str:  # noqa: ARG001  a team is its own on every day
    return key
