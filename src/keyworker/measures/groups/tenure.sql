-- group: tenure
-- title: Time here
-- says: How long the worker has been here without a break, by appointments that touch or overlap, agency ones too.
-- of: worker
-- claims: no
select worker_id as key, value, from_on, to_on
from (
    select worker_id, value, from_on, least(coalesce(to_on, left_on), coalesce(left_on, to_on)) as to_on
    from (
        select s.worker_id, 'under 6 months' as value, s.from_on, a.until as to_on, s.to_on as left_on
        from {worker_stay} s join {past 6 months} a on a.day = s.from_on
        union all
        select s.worker_id, '6 months to under 2 years', a.until, b.until, s.to_on
        from {worker_stay} s join {past 6 months} a on a.day = s.from_on join {past 2 years} b on b.day = s.from_on
        union all
        select s.worker_id, '2 to under 5 years', a.until, b.until, s.to_on
        from {worker_stay} s join {past 2 years} a on a.day = s.from_on join {past 5 years} b on b.day = s.from_on
        union all
        select s.worker_id, '5 years or more', coalesce(a.until, s.from_on), cast(null as date), s.to_on
        from {worker_stay} s left join {past 5 years} a on a.day = s.from_on
    ) bands
) b
where to_on is null or to_on > from_on
