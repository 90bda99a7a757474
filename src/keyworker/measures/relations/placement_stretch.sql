-- Placements of 24 hours or more as the census counts them. One that only changed its own status, and a child who is placed
-- for adoption with the carers they live with, is the placement before going on; a temporary move is none.
select child_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select r.*, sum(begins) over (partition by child_id order by from_on, entry_id) as run
    from (
        select p.*, case when lag(p.to_on) over (partition by p.child_id order by p.from_on, p.entry_id) >= p.from_on
                and (p.code in ('A3', 'A5')
                    or lag(p.change_reason) over (partition by p.child_id order by p.from_on, p.entry_id) = 'PLACE')
            then 0 else 1 end as begins
        from (
            select m.child_id, m.from_on, m.to_on, m.entry_id, upper(substr(trim(m.type), 1, 2)) as code,
                upper(trim(m.change_reason)) as change_reason
            from {cla_placement} m
            where m.to_on is null or m.to_on > m.from_on + 1
        ) p
        where p.code not in ('T0', 'T1', 'T2', 'T3', 'T4')
    ) r
) runs
group by child_id, run
