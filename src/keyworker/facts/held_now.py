"""Who holds each of many children at a moment, and in which team, by the column.

It says of each child what `facts.involved` says of one, a column at a time because a child at a time took too long for
a figure of the whole service; the two are held to each other on random histories.
"""

from __future__ import annotations

import polars as pl

from keyworker.facts.columns.everybody import Source
from keyworker.facts.frames import frame_of
from keyworker.facts.involved import NOW, REFERRED, WORKER_TEAMS
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Role
from keyworker.facts.role_words import NONE, RoleWords

_INVOLVED = {"child_id": pl.String, "worker_id": pl.String, "role": pl.String, "team_id": pl.String}
_OF_WORKER = {"worker_id": pl.String, "team_id": pl.String}
_OF_CHILD = {"child_id": pl.String, "team_id": pl.String}


def held_now(source: Source, lens: Lens, words: RoleWords, children: pl.DataFrame) -> pl.DataFrame:
    """The main workers and the team of each child.

    Takes   children, a frame whose `child_id` names each child once.
    Gives   the same rows with `lead`, `accountable` and `team_id`, each empty where there is none.
    """
    rows = _meant(frame_of(source, lens.on_running(), NOW, _INVOLVED), words, lens)
    by_somebody = pl.col("worker_id").is_not_null() & (pl.col("means") != NONE)
    held, others = rows.filter(by_somebody), _first_team(rows.filter(~by_somebody), "child_id")
    team_of = _first_team(held, "child_id", "worker_id")
    posts = _posts(source, lens, held)
    found = children
    for role in (Role.LEAD, Role.ACCOUNTABLE):
        found = _with_worker(found, held, team_of, posts, role)
    referred = frame_of(source, lens.on_running(), REFERRED, _OF_CHILD).unique("child_id", keep="last")
    places = {"of_others": others, "referred_to": referred, "of_any": team_of.unique("child_id", keep="first")}
    for name, teams in places.items():
        found = found.join(teams.select("child_id", pl.col("team_id").alias(name)), on="child_id", how="left")
    order = [f"{role}_{of}" for role in (Role.LEAD, Role.ACCOUNTABLE) for of in ("involved", "post")]
    team = pl.coalesce(_said(name) for name in (*order, *places)).alias("team_id")
    return found.select(*children.columns, Role.LEAD.value, Role.ACCOUNTABLE.value, team)


def _meant(rows: pl.DataFrame, words: RoleWords, lens: Lens) -> pl.DataFrame:
    said = rows["role"].fill_null("").unique().to_list()
    means = [words.means(word, lens.moment.at) for word in said]
    role = pl.col("role").fill_null("").replace_strict(said, means, return_dtype=pl.String)
    return rows.with_columns(role.alias("means"))


def _first_team(rows: pl.DataFrame, *of: str) -> pl.DataFrame:
    """The team of the latest row that names one, in the order of the rows."""
    named = rows.filter(_said("team_id").is_not_null())
    return named.unique([*of], keep="first", maintain_order=True).select(*of, "team_id")


def _posts(source: Source, lens: Lens, held: pl.DataFrame) -> pl.DataFrame:
    workers = held["worker_id"].unique().to_list()
    return frame_of(source, lens, WORKER_TEAMS, _OF_WORKER, workers=workers).unique("worker_id", keep="last")


def _with_worker(
    found: pl.DataFrame, held: pl.DataFrame, team_of: pl.DataFrame, posts: pl.DataFrame, role: Role
) -> pl.DataFrame:
    """The worker who came last into a role, the team they are involved from, and the team of their post."""
    last = held.filter(pl.col("means") == role.value).unique("child_id", keep="first", maintain_order=True)
    return (
        found.join(last.select("child_id", worker_id="worker_id"), on="child_id", how="left")
        .join(team_of.rename({"team_id": f"{role}_involved"}), on=["child_id", "worker_id"], how="left")
        .join(posts.rename({"team_id": f"{role}_post"}), on="worker_id", how="left")
        .rename({"worker_id": role.value})
    )


def _said(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))
