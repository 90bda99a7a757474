-- Each working day on which one of the council's own social workers was away sick, for the 12 months from it: as much of
-- a day as the worker works of a week. Years are matched first, so that no absence is compared with every day there is.
select s.worker_id, r.team_id, r.fte, s.day as from_on, y.until as to_on
from (
    select distinct a.worker_id, w.day
    from {absence} a
    join (select distinct extract(year from day) as year from {within 1 working days} n) n
        on n.year >= extract(year from a.from_on) and (a.to_on is null or n.year <= extract(year from a.to_on))
    join {working_day} w on w.year = n.year and w.day >= a.from_on and w.day <= %(at)s
        and (a.to_on is null or w.day < a.to_on)
    where upper(a.reason_class) = 'SIC'
) s
join {employed_row} r on r.worker_id = s.worker_id and r.from_on <= s.day and (r.to_on is null or r.to_on > s.day)
join {past 12 months} y on y.day = s.day
where r.fte is not null
