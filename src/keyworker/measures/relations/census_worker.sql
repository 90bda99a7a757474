-- Each of the council's own social workers in post by a workforce census, once, from its count day for 12 months or until
-- the next. `age` is in years times 10,000, the remainder being months and days. Step Up speaks before Frontline where
-- somebody has both marks; the return's fields that have no column of their own are in one text.
select w.worker_id, w.sex, w.ethnicity,
    (extract(year from w.happened_on) - extract(year from w.birth_on)) * 10000
        + (extract(month from w.happened_on) - extract(month from w.birth_on)) * 100
        + extract(day from w.happened_on) - extract(day from w.birth_on) as age,
    case when w.other_json like '%%"StepUpGrad":"1%%' then 'Step Up' when w.other_json like '%%"FrontlineGrad":"1%%'
        then 'Frontline' end as scheme,
    w.happened_on as from_on, least(y.until, coalesce(n.next_on, y.until)) as to_on
from {workforce_snapshot} w
join {past 12 months} y on y.day = w.happened_on
left join (
    select happened_on, lead(happened_on) over (order by happened_on) as next_on
    from (select distinct happened_on from {workforce_snapshot} a) days
) n on n.happened_on = w.happened_on
where w.agency_worker = false and w.role_ended_on is null
