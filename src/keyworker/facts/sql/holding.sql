-- Who held which child, as what, from when until when. Touching and overlapping rows of one worker, child and role
-- are one holding: a case system starts a new row for each plan, and that is no change of worker. A row without a
-- worker is work held by a team or on duty, which is not allocation; nor is a role that the council maps to none.
select child_id, worker_id, role, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on,
    max(case when place = 1 then role_said end) as role_said,
    max(case when place = 1 then team_id end) as team_id,
    max(case when place = 1 then change_reason end) as cause,
    min(recorded_at) as recorded_at
from (
    select n.*, row_number() over (
        partition by child_id, worker_id, role, kept_apart, run
        order by case when to_on is null then 0 else 1 end, to_on desc, from_on desc, entry_id desc) as place
    from (
        select r.*,
            sum(starts) over (partition by child_id, worker_id, role, kept_apart order by from_on, entry_id) as run
        from (
            select h.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
                partition by child_id, worker_id, role, kept_apart order by from_on, entry_id
                rows between unbounded preceding and 1 preceding) then 0 else 1 end as starts
            from (
                select i.child_id, i.worker_id, coalesce(w.allocation_role, 'unmapped') as role, i.role as role_said,
                    case when w.allocation_role is null then i.role end as kept_apart,
                    i.team_id, i.from_on, i.to_on, i.change_reason, i.entry_id, i.recorded_at
                from {involvements} i
                left join {role_word} w
                    on w.said_key = {key_of i.role}
                    and w.from_on <= coalesce(i.to_on - 1, %(at)s)
                    and (w.to_on is null or w.to_on > coalesce(i.to_on - 1, %(at)s))
                where i.worker_id is not null and (i.to_on is null or i.to_on > i.from_on)
            ) h
            where role <> 'none'
        ) r
    ) n
) runs
group by child_id, worker_id, role, kept_apart, run
