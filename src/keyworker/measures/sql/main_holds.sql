-- Who held each child as lead or accountable worker, of the children whom anybody so held in the period.
select child_id, worker_id, role, from_on, to_on, team_id, cause
from {holding} h
where role in ('lead', 'accountable')
    and child_id in (select child_id from {involvements} i where coalesce(to_on, %(after)s) > %(since)s)
order by child_id
