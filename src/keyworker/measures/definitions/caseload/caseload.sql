-- measure: caseload
-- title: Children held by each worker
-- says: How many open children each worker held on the day, as lead worker, or as accountable worker where nobody led.
-- numerator: Open children held by a worker
-- denominator: none
-- exclusions: Workers who held no child; children whom nobody held
-- period: on the day
-- looks_back: the day
-- unit: children per worker who holds any
-- counts: distribution
-- belongs_to: child
-- one_per: child
-- within: child
-- weighs: one
-- better: lower
-- source: Keyworker, as the pages count loads; a child with two leads is in the caseload of the later come
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, involvements
-- small_numbers: workers
-- unconfirmed: none
select 'value' as part, worker_id as subject_id, child_id, rank, since_on, order_id, 1 as weight, from_on, to_on
from {child_held} h
union all
select 'within', child_id, child_id, 0, from_on, 0, 1, from_on, to_on from {open_row} o
union all
select 'limit', worker_id, null, 0, from_on, entry_id, agreed_capacity, from_on, to_on
from {appointment} a
where agreed_capacity is not null
