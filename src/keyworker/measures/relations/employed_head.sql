-- Each of the council's own social workers once on every day, by the most senior of their posts; of two alike, by the
-- later begun.
-- one at a time by worker_id, with role_class, team_id, first by seniority, from_on desc, entry_id desc
select worker_id, role_class, team_id, entry_id, from_on, to_on,
    case role_class when 'senior manager' then 1 when 'middle manager' then 2 when 'first line manager' then 3
        when 'senior practitioner' then 4 when 'case holder' then 5 when 'qualified without cases' then 6
        else 7 end as seniority
from {employed_row} r
