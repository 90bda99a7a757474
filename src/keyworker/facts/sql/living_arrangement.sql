-- Where a looked after child lives and under what: one row for each stretch of a placement in which that stays the
-- same. A stretch is cut where a legal status begins or ends, or where it was decided about the carers; stretches of
-- a placement that follow one another under one arrangement are then one. `lasting_from` is the day from which the
-- placement is known to be meant to last until the child is 18, `agreed_from` the day from which it is long-term
-- foster care with fewer visits agreed. A temporary move ends no placement, so it is told apart.
select child_id, placement_entry as entry_id, placed_on, arrangement, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on,
    min(case when is_lasting = 1 then from_on end) as lasting_from,
    min(case when is_agreed = 1 then from_on end) as agreed_from
from (
    select r.*, sum(changed) over (partition by placement_entry order by from_on) as run
    from (
        select a.*, case when arrangement = lag(arrangement) over (partition by placement_entry order by from_on)
            then 0 else 1 end as changed
        from (
            select child_id, placement_entry, placed_on, from_on, to_on, is_lasting, is_agreed,
                case when has_other_status = 0 and is_short_break = 1 then 'short break'
                    when type in ('A3', 'A4', 'A5', 'A6') then 'placed for adoption'
                    when type in ('T0', 'T1', 'T2', 'T3', 'T4') then 'temporary move'
                    when type in ('R2', 'R5') then 'run by another body'
                    when type = 'P1' and is_interim = 1 and is_full = 0 then 'temporary'
                    when approved_on is not null and (decided_on is null or decided_on < approved_on) then 'temporary'
                    when type = 'P1' and before_on is not null and (assessed_on is null or assessed_on < before_on)
                        then 'with parents before assessment'
                    when type = 'P1' and is_full = 1 then 'with parents under a care order'
                    else 'general' end as arrangement
            from (
                select p.child_id, p.placement_entry, p.placed_on, p.type, p.from_on, p.to_on,
                    max(case when lower(l.legal_status) in ('v3', 'v4') then 1 else 0 end) as is_short_break,
                    max(case when lower(l.legal_status) not in ('v3', 'v4') then 1 else 0 end) as has_other_status,
                    max(case when lower(l.legal_status) = 'c1' then 1 else 0 end) as is_interim,
                    max(case when lower(l.legal_status) = 'c2' then 1 else 0 end) as is_full,
                    max(case when s.kind = 'temporary approval' then s.happened_on end) as approved_on,
                    max(case when s.kind = 'carer decision' then s.happened_on end) as decided_on,
                    max(case when s.kind = 'placed before assessment' then s.happened_on end) as before_on,
                    max(case when s.kind = 'parent assessment' then s.happened_on end) as assessed_on,
                    max(case when p.type in ('U1', 'U4') or s.kind = 'placement to last' then 1 else 0 end)
                        as is_lasting,
                    max(case when s.kind = 'long-term foster care agreed' then 1 else 0 end) as is_agreed
                from (
                    select d.child_id, d.placement_entry, d.placement_id, d.placed_on, d.type, d.day as from_on,
                        coalesce(lead(d.day) over (partition by d.placement_entry order by d.day), d.left_on) as to_on
                    from (
                        select m.child_id, m.entry_id as placement_entry, m.placement_id, m.from_on as placed_on,
                            m.to_on as left_on, upper(substr(trim(m.type), 1, 2)) as type, m.from_on as day
                        from {cla_placement} m
                        where m.to_on is null or m.to_on > m.from_on
                        union
                        select m.child_id, m.entry_id, m.placement_id, m.from_on, m.to_on,
                            upper(substr(trim(m.type), 1, 2)), c.day
                        from {cla_placement} m
                        join (
                            select child_id, from_on as day from {legal_status} b
                            union all
                            select child_id, to_on from {legal_status} b
                            union all
                            select child_id, happened_on from {step} b
                            where kind in ('temporary approval', 'carer decision', 'placed before assessment',
                                'parent assessment', 'placement to last', 'long-term foster care agreed')
                        ) c on c.child_id = m.child_id and c.day > m.from_on and (m.to_on is null or c.day < m.to_on)
                    ) d
                ) p
                left join {legal_status} l
                    on l.child_id = p.child_id and l.from_on <= p.from_on and (l.to_on is null or l.to_on > p.from_on)
                left join {step} s
                    on s.child_id = p.child_id and s.happened_on <= p.from_on
                    and s.kind in ('temporary approval', 'carer decision', 'placed before assessment',
                        'parent assessment', 'placement to last', 'long-term foster care agreed')
                    and (s.belongs_to_id = p.placement_id or (s.belongs_to_id is null and s.happened_on >= p.placed_on))
                group by p.child_id, p.placement_entry, p.placed_on, p.type, p.from_on, p.to_on
            ) f
        ) a
    ) r
) runs
group by child_id, placement_entry, placed_on, arrangement, run
