-- measure: caseload
-- title: Children held by each worker
-- says: How many open children each worker held on the day, as lead worker, or as accountable worker where nobody led.
-- numerator: Open children held by a worker
-- denominator: none
-- exclusions: Workers who held no child; children whom nobody held
-- period: on the day
-- unit: children per worker who holds any
-- counts: distribution
-- belongs_to: child
-- one_per: child
-- better: lower
-- source: Keyworker, as the pages count loads; a child with two leads is in the caseload of the later come
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, involvements
-- small_numbers: workers
-- unconfirmed: none
select 'value' as part, h.worker_id as subject_id, h.child_id, h.rank, h.since_on, h.order_id, 1 as weight,
    greatest(h.from_on, o.from_on) as from_on,
    least(coalesce(h.to_on, o.to_on), coalesce(o.to_on, h.to_on)) as to_on
from {child_held} h
join {open_period} o on o.child_id = h.child_id
    and o.from_on < coalesce(h.to_on, date '9999-12-31') and coalesce(o.to_on, date '9999-12-31') > h.from_on
union all
select 'limit', worker_id, cast(null as varchar(200)), 0, from_on, entry_id, agreed_capacity, from_on, to_on
from {appointment} a
where agreed_capacity is not null
