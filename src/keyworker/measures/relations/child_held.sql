-- Each row by which a lead or an accountable worker holds a child. Where several cover a day, the lead comes before the
-- accountable worker, and of two the later come: a child is in one caseload.
select child_id, worker_id, team_id, rank, from_on as since_on, entry_id as order_id, from_on, to_on,
    change_reason as cause
from {child_involved} i
where worker_id is not null and (to_on is null or to_on > from_on) and rank > 0
