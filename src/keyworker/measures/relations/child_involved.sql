-- Each row by which anybody is involved with a child, with what the word for their role meant on the row's last day: `rank`
-- is 2 for a lead, 1 for an accountable worker and 0 for anybody else. `team_rank` says how much the row's team
-- speaks for the child: the lead's, the accountable worker's, that of work which nobody holds, that of whoever else.
select i.child_id, i.worker_id, i.team_id, coalesce(w.rank, 0) as rank,
    case when i.worker_id is null then 3 else coalesce(w.team_rank, 1) end as team_rank, i.from_on, i.to_on,
    i.change_reason, i.entry_id
from {involvements} i
left join {role_meant} w on w.said = i.role
    and w.from_on <= coalesce(i.to_on - 1, %(at)s)
    and (w.to_on is null or w.to_on > coalesce(i.to_on - 1, %(at)s))
