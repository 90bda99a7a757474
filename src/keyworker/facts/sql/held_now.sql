-- Who holds which child at the end of the day, and as what: the holdings that are in force, without when they began.
-- Several rows of one worker, child and role are one holding; the last of them says from which team.
select child_id, worker_id, role, team_id
from (
    select i.child_id, i.worker_id, coalesce(w.allocation_role, 'unmapped') as role, i.team_id,
        row_number() over (
            partition by i.child_id, i.worker_id, w.allocation_role, case when w.allocation_role is null then i.role end
            order by case when i.to_on is null then 0 else 1 end, i.to_on desc, i.from_on desc, i.entry_id desc
        ) as place
    from {involvements:in_force} i
    left join {role_word} w
        on w.said_key = {key_of i.role} and w.from_on <= %(at)s and (w.to_on is null or w.to_on > %(at)s)
    where i.worker_id is not null
) h
where place = 1 and role <> 'none'
