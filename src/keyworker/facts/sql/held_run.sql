-- The rows by which workers hold children, those of one unbroken holding with the same number. What the council's word
-- for a role meant on the row's last day decides. A row without a worker is work held by a team or on duty, which is
-- not allocation; nor is a role that the council maps to none.
-- runs by child_id, worker_id, role, kept_apart
select child_id, worker_id, role, role_said, kept_apart, team_id, from_on, to_on, change_reason, entry_id, recorded_at
from (
    select i.child_id, i.worker_id, coalesce(w.allocation_role, 'unmapped') as role, i.role as role_said,
        case when w.allocation_role is null then i.role end as kept_apart,
        i.team_id, i.from_on, i.to_on, i.change_reason, i.entry_id, i.recorded_at
    from {involvements} i
    left join {role_word} w
        on w.said_key = {key_of i.role}
        and w.from_on <= coalesce(i.to_on - 1, %(at)s)
        and (w.to_on is null or w.to_on > coalesce(i.to_on - 1, %(at)s))
    where i.worker_id is not null
) h
where role <> 'none'
