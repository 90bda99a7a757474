-- The years of service of one of the council's own social workers, band by band, within the whole time here. Who began
-- before 1980 is in the last band: 30 years are over for all of them.
select worker_id, began_on, band, from_on, to_on
from (
    select worker_id, began_on, band, from_on,
        least(coalesce(to_on, left_on), coalesce(left_on, to_on)) as to_on
    from (
        select s.worker_id, s.from_on as began_on, s.to_on as left_on, 'under 2 years' as band,
            s.from_on, w2.until as to_on
        from {employed_stay} s join {past 2 years} w2 on w2.day = s.from_on
        union all
        select s.worker_id, s.from_on, s.to_on, '2 to under 5 years', w2.until, w5.until
        from {employed_stay} s join {past 2 years} w2 on w2.day = s.from_on join {past 5 years} w5 on w5.day = s.from_on
        union all
        select s.worker_id, s.from_on, s.to_on, '5 to under 10 years', w5.until, w10.until
        from {employed_stay} s
        join {past 5 years} w5 on w5.day = s.from_on join {past 10 years} w10 on w10.day = s.from_on
        union all
        select s.worker_id, s.from_on, s.to_on, '10 to under 20 years', w10.until, w20.until
        from {employed_stay} s
        join {past 10 years} w10 on w10.day = s.from_on join {past 20 years} w20 on w20.day = s.from_on
        union all
        select s.worker_id, s.from_on, s.to_on, '20 to under 30 years', w20.until, w30.until
        from {employed_stay} s
        join {past 20 years} w20 on w20.day = s.from_on join {past 30 years} w30 on w30.day = s.from_on
        union all
        select s.worker_id, s.from_on, s.to_on, '30 years or more', coalesce(w30.until, s.from_on), cast(null as date)
        from {employed_stay} s left join {past 30 years} w30 on w30.day = s.from_on
    ) bands
) b
where to_on is null or to_on > from_on
