-- Each of the council's own social workers once on every day, by the most senior of their posts; of two alike, by the
-- later begun.
select worker_id, role_class, team_id, from_on, to_on
from (
    select e.worker_id, r.role_class, r.team_id, e.from_on, e.to_on,
        row_number() over (
            partition by e.worker_id, e.from_on
            order by case r.role_class when 'senior manager' then 1 when 'middle manager' then 2
                when 'first line manager' then 3 when 'senior practitioner' then 4 when 'case holder' then 5
                when 'qualified without cases' then 6 else 7 end, r.from_on desc, r.entry_id desc
        ) as place
    from (
        select worker_id, day as from_on, lead(day) over (partition by worker_id order by day) as to_on
        from (
            select worker_id, from_on as day from {employed_row} b
            union
            select worker_id, to_on from {employed_row} c where to_on is not null
        ) days
    ) e
    join {employed_row} r on r.worker_id = e.worker_id and r.from_on <= e.from_on
        and (r.to_on is null or r.to_on > e.from_on)
) w
where place = 1
