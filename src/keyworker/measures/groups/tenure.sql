-- group: tenure
-- title: Time here
-- says: How long the worker has been here without a break, by appointments that touch or overlap, agency ones too.
-- of: worker
-- claims: no
select worker_id as key, value, from_on, to_on
from (
    select s.worker_id, coalesce(b.band, '5 years or more') as value, coalesce(b.from_on, s.from_on) as from_on,
        least(coalesce(s.to_on, b.to_on), coalesce(b.to_on, s.to_on)) as to_on
    from {worker_stay} s
    left join {bands 'under 6 months' past 6 months '6 months to under 2 years' past 2 years
        '2 to under 5 years' past 5 years '5 years or more'} b on b.day = s.from_on
) b
where to_on is null or to_on > from_on
