-- Each review of a child that followed another of its kind, from its day until the next one of that kind, for 12 months.
select r.child_id, r.kind, r.earlier_on, r.day as from_on, least(y.until, coalesce(r.later_on, y.until)) as to_on
from (
    select child_id, kind, day, lag(day) over (partition by child_id, kind order by day) as earlier_on,
        lead(day) over (partition by child_id, kind order by day) as later_on
    from (
        select distinct child_id, 'conference' as kind, happened_on as day from {cp_reviews} p
        where happened_on is not null
        union
        select distinct child_id, 'looked after review', happened_on from {care_review} c
    ) days
) r
join {past 12 months} y on y.day = r.day
where r.earlier_on is not null
