-- Each row by which a lead or an accountable worker holds a child. Where several cover a day, the lead comes before the
-- accountable worker, and of two the later come: a child is in one caseload. A word means what it meant on the row's
-- last day.
select i.child_id, i.worker_id, i.team_id, case when lower(w.allocation_role) = 'lead' then 2 else 1 end as rank,
    i.from_on as since_on, i.entry_id as order_id, i.from_on, i.to_on, i.change_reason as cause
from {involvements} i
join {role_word} w
    on w.said_key = {key_of i.role}
    and w.from_on <= coalesce(i.to_on - 1, %(at)s)
    and (w.to_on is null or w.to_on > coalesce(i.to_on - 1, %(at)s))
where i.worker_id is not null and (i.to_on is null or i.to_on > i.from_on)
    and lower(w.allocation_role) in ('lead', 'accountable')
