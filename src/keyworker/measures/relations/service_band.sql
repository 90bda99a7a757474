-- The years of service of one of the council's own social workers, band by band, within the whole time here. Who began
-- before 1980 is in the last band: 30 years are over for all of them.
select worker_id, began_on, band, from_on, to_on
from (
    select s.worker_id, s.from_on as began_on, coalesce(b.band, '30 years or more') as band,
        coalesce(b.from_on, s.from_on) as from_on,
        least(coalesce(s.to_on, b.to_on), coalesce(b.to_on, s.to_on)) as to_on
    from {employed_stay} s
    left join {bands 'under 2 years' past 2 years '2 to under 5 years' past 5 years '5 to under 10 years' past 10 years
        '10 to under 20 years' past 20 years '20 to under 30 years' past 30 years '30 years or more'} b
        on b.day = s.from_on
) b
where to_on is null or to_on > from_on
