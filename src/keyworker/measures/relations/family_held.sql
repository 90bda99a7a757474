-- Each stretch in which a worker held at least one open child of a family. A child of whom no family is recorded is a
-- family alone.
select worker_id, family, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(begins) over (partition by worker_id, family order by from_on, child_id) as run
    from (
        select h.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by worker_id, family order by from_on, child_id
            rows between unbounded preceding and 1 preceding) then 0 else 1 end as begins
        from (
            select c.worker_id, c.child_id, coalesce('family ' || f.family_id, 'child ' || c.child_id) as family,
                c.from_on, c.to_on
            from {case_held} c
            left join (select child_id, min(family_id) as family_id from {family} m group by child_id) f
                on f.child_id = c.child_id
        ) h
    ) s
) runs
group by worker_id, family, run
