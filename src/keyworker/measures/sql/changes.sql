-- Each change of a child's main worker in a period: the lead where a child has leads, else the accountable worker.
-- The cause is what was recorded when the hold before ended; the team is the one that the child left behind.
select child_id, from_on, cause, team_id
from (
    select child_id, worker_id, from_on,
        lag(worker_id) over (partition by child_id order by from_on, worker_id) as worker_before,
        lag(cause) over (partition by child_id order by from_on, worker_id) as cause,
        lag(team_id) over (partition by child_id order by from_on, worker_id) as team_id
    from (
        select h.*, max(case when role = 'lead' then 1 else 0 end) over (partition by child_id) as has_lead
        from {holding} h
        where role in ('lead', 'accountable')
    ) held
    where (has_lead = 1 and role = 'lead') or has_lead = 0
) main
where worker_before is not null and worker_before <> worker_id and from_on >= %(since)s and from_on < %(after)s
