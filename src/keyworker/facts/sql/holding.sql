-- Who held which child, as what, from when until when. Touching and overlapping rows of one worker, child and role
-- are one holding: a case system starts a new row for each plan, and that is no change of worker. The last of its rows
-- says the word for the role, the team and the cause.
select child_id, worker_id, role, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on,
    max(case when place = 1 then role_said end) as role_said,
    max(case when place = 1 then team_id end) as team_id,
    max(case when place = 1 then change_reason end) as cause,
    min(recorded_at) as recorded_at
from (
    select r.*, row_number() over (
        partition by child_id, worker_id, role, kept_apart, run
        order by case when to_on is null then 0 else 1 end, to_on desc, from_on desc, entry_id desc) as place
    from {held_run} r
) runs
group by child_id, worker_id, role, kept_apart, run
