-- Who held which child, as what, from when until when. Touching and overlapping rows of one worker, child and role
-- are one holding: a case system starts a new row for each plan, and that is no change of worker. A row without a
-- worker is work held by a team or on duty, which is not allocation; nor is a role that the council maps to none.
select child_id, worker_id, role, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on,
    (array_agg(role_said order by to_on desc nulls first, from_on desc, entry_id desc))[1] as role_said,
    (array_agg(team_id order by to_on desc nulls first, from_on desc, entry_id desc))[1] as team_id,
    (array_agg(change_reason order by to_on desc nulls first, from_on desc, entry_id desc))[1] as cause,
    min(recorded_at) as recorded_at
from (
    select r.*, sum(starts) over (partition by child_id, worker_id, role, kept_apart order by from_on, entry_id) as run
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
) runs
group by child_id, worker_id, role, kept_apart, run
