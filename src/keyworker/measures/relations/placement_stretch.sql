-- Placements of 24 hours or more as the census counts them. One that only changed its own status, and a child who is placed
-- for adoption with the carers they live with, is the placement before going on. A temporary move is none, and the placement
-- to which the child comes back from one is the same going on.
select child_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select r.*, sum(begins) over (partition by child_id order by from_on, placement_id) as run
    from (
        select p.*, case
            when lag(p.to_on) over (partition by p.child_id order by p.from_on, p.placement_id) >= p.from_on
                and (p.code in ('A3', 'A5')
                    or lag(p.change_reason) over (partition by p.child_id order by p.from_on, p.placement_id) = 'PLACE')
                then 0
            when lag(p.moved) over (partition by p.child_id order by p.from_on, p.placement_id)
                and lag(p.held_until) over (partition by p.child_id order by p.from_on, p.placement_id) >= p.from_on
                and lag(p.home) over (partition by p.child_id order by p.from_on, p.placement_id) = p.home
                then 0
            else 1 end as begins
        from (
            select o.child_id, o.from_on, o.to_on, o.placement_id, o.code, o.change_reason, o.home, o.temporary,
                max(o.to_on) over (partition by o.child_id, o.number) as held_until,
                max(o.temporary) over (partition by o.child_id, o.number) = 1 as moved
            from (
                select m.*, sum(1 - m.temporary) over (partition by m.child_id order by m.from_on, m.temporary, m.placement_id) as number
                from (
                    select c.child_id, c.from_on, c.to_on, c.placement_id,
                        upper(substr(trim(c.type), 1, 2)) as code, upper(trim(c.change_reason)) as change_reason,
                        upper(substr(trim(c.type), 1, 2)) || ' ' || coalesce(
                            nullif(trim(c.urn), ''), coalesce(trim(c.provider), '') || ' ' || coalesce(trim(c.postcode), '')
                        ) as home,
                        case when upper(substr(trim(c.type), 1, 2)) in ('T0', 'T1', 'T2', 'T3', 'T4') then 1 else 0 end as temporary
                    from {cla_placement} c
                ) m
                where m.temporary = 1 or m.to_on is null or m.to_on > m.from_on + 1
            ) o
        ) p
        where p.temporary = 0
    ) r
) runs
group by child_id, run
