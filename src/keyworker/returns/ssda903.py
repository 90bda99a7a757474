"""The looked after children return (SSDA903): one CSV for each of its tables, for one collection year.

Source  the return's published field names; dates are day/month/year, as the return asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from keyworker.returns.questions import ask, at_day, count, described
from keyworker.returns.reconciliation import Line, Reconciliation, blanks
from keyworker.returns.year import census_year

Frames = Mapping[str, pl.DataFrame]

# $first and $last are the first and last days of the year. Codes are written as the record holds them.
TABLES_OF_RETURN: dict[str, tuple[str, str]] = {
    "header": (
        "person",
        """
        select p.child_id as CHILD, sex_code(p.sex, p.gender) as SEX, p.birth_on as DOB, p.ethnicity as ETHNIC,
               coalesce(u.upn, p.upn_unknown) as UPN, case when m.mother_id is not null then 1 end as MOTHER,
               m.birth_on as MC_DOB
        from person p join looked_after using (child_id)
          left join (select child_id, any_value(upn) as upn from send group by child_id) u using (child_id)
          left join (select mother_id, min(birth_on) as birth_on from mother group by mother_id) m
            on m.mother_id = p.child_id
        order by p.child_id
        """,
    ),
    "episodes": (
        "cla_episodes",
        """
        select e.child_id as CHILD, e.from_on as DECOM, e.episode_start_reason as RNE, l.legal_status as LS,
               e.primary_need_code as CIN, p.type as PLACE, p.provider as PLACE_PROVIDER,
               case when e.to_on - 1 <= $last then e.to_on - 1 end as DEC,
               case when e.to_on - 1 <= $last then e.episode_ceased_reason end as REC,
               p.change_reason as REASON_PLACE_CHANGE, null as HOME_POST, p.postcode as PL_POST, p.urn as URN
        from cla_episodes e
          left join lateral (select legal_status from legal_status s
            where s.child_id = e.child_id and s.from_on <= e.from_on
            and (s.to_on is null or s.to_on > e.from_on) order by s.from_on desc, s.legal_status_id limit 1) l on true
          left join lateral (select * from cla_placement s where s.child_id = e.child_id and s.from_on <= e.from_on
            and (s.to_on is null or s.to_on > e.from_on) order by s.from_on desc, s.placement_id limit 1) p on true
        where e.from_on <= $last and (e.to_on is null or e.to_on - 1 >= $first)
        order by e.child_id, e.from_on
        """,
    ),
    "reviews": (
        "cla_reviews",
        """
        select c.child_id as CHILD, p.birth_on as DOB, r.happened_on as REVIEW, r.participation as REVIEW_CODE
        from cla_reviews r
          join (select distinct child_id, coalesce(care_period_id, episode_id) as care_period_id from cla_episodes) c
            using (care_period_id) join person p using (child_id)
        where r.happened_on between $first and $last and not coalesce(r.cancelled, false)
        order by c.child_id, r.happened_on
        """,
    ),
    "missing": (
        "missing",
        """
        select m.child_id as CHILD, p.birth_on as DOB, m.episode_type as MISSING, m.from_on as MIS_START,
               case when m.to_on - 1 <= $last then m.to_on - 1 end as MIS_END
        from missing m join person p using (child_id) join looked_after using (child_id)
        where m.from_on <= $last and (m.to_on is null or m.to_on - 1 >= $first)
        order by m.child_id, m.from_on
        """,
    ),
    "previous_permanence": (
        "cla_previous_permanence",
        """
        select v.child_id as CHILD, p.birth_on as DOB, v.previous_permanence_option as PREV_PERM,
               v.previous_permanence_la as LA_PERM, v.order_on_text as DATE_PERM
        from cla_previous_permanence v join person p using (child_id) join looked_after using (child_id)
        order by v.child_id
        """,
    ),
    "placed_for_adoption": (
        "permanence",
        """
        select a.child_id as CHILD, p.birth_on as DOB, a.placed_for_adoption_on as DATE_PLACED,
               a.decision_reversed_on as DATE_PLACED_CEASED, a.decision_reversed_reason as REASON_PLACED_CEASED
        from permanence a join person p using (child_id)
        where a.placed_for_adoption_on between $first and $last order by a.child_id
        """,
    ),
    "sw_episodes": (
        "involvements",
        """
        select h.child_id as CHILD, p.birth_on as DOB, h.worker_id as SW_ID, h.from_on as SW_DECOM,
               case when h.to_on - 1 <= $last then h.to_on - 1 end as SW_DEC,
               case when h.to_on - 1 <= $last then h.change_reason end as SW_REASON
        from involvements h join person p using (child_id) join looked_after using (child_id)
        where h.from_on <= $last and (h.to_on is null or h.to_on - 1 >= $first)
        order by h.child_id, h.from_on, h.worker_id
        """,
    ),
}

_VIEWS = """
create macro sex_code(sex, gender) as case upper(left(coalesce(sex, gender), 1))
  when 'M' then '1' when '1' then '1' when 'F' then '2' when '2' then '2' end;
create view looked_after as select distinct child_id from cla_episodes
  where from_on <= $last and (to_on is null or to_on - 1 >= $first);
"""


def write(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:  # noqa: ARG001
    """Write the return of the newest year that has ended by `at`."""
    year = census_year(at)
    days = {"$first": f"date '{year.first}'", "$last": f"date '{year.last}'"}
    sheet = Reconciliation()
    with described(frames) as connection:
        connection.execute(_placed(_VIEWS, days))
        for name, (source, question) in TABLES_OF_RETURN.items():
            rows = ask(connection, at_day(_placed(question, days), at))
            rows.with_columns(pl.col(pl.Date).dt.strftime("%d/%m/%Y")).write_csv(out / f"{name}.csv")
            sheet.lines.append(_line(connection, name, source, rows))
    return sheet


def _placed(sql: str, days: dict[str, str]) -> str:
    for name, day in days.items():
        sql = sql.replace(name, day)
    return sql


def _line(connection: duckdb.DuckDBPyConnection, name: str, source: str, rows: pl.DataFrame) -> Line:
    rows_in = count(connection, f'select count(*) from "{source}"')
    rest = {"not of a child looked after in the year, or not of the year": rows_in - rows.height}
    return Line(name, rows_in, rows.height, {why: number for why, number in rest.items() if number}, blanks(rows))
