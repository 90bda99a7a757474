-- Rows by which a lead or an accountable worker held a child, of the children whom anybody has held lately. What a word
-- for a role meant is asked of the row's last day, beside this question.
select child_id, worker_id, role, from_on, to_on, team_id, change_reason, entry_id
from {involvements} i
where worker_id is not null and (to_on is null or to_on > from_on) and {key_of role} = any(%(words)s::text[])
    and child_id in (select child_id from {involvements} l where to_on is null or to_on > %(since)s)
