-- measure: required-items-current
-- title: Required items that are current
-- says: Of the items that the record of each child must have anew from time to time by why the service is in the
--   child's life (a visit with the child seen, a review conference, a looked after review), the share whose newest
--   one is not out of date on the day. By status it says where records are kept up.
-- numerator: Those of them whose day had not passed by the end of the day
-- denominator: Items that ran on the day: visits to children in need, on plans and in care, review conferences and
--   later looked after reviews
-- exclusions: Items that are asked for once; what an agreed exception excuses. Late by the entry and not by the
--   doing is a measure by itself
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: The interval for visits to children in need, 20 working days, is a usual local one unless the
--   council has set its own.
select 'denominator' as part, duty_id as subject_id, child_id, started_on as from_on,
    least(coalesce(met_on, stopped_on), coalesce(stopped_on, met_on)) as to_on
from {readings cin-visit, cp-visit, rcpc-first-3m, rcpc-subsequent-6m, lac-visit-year1-6w, lac-review-subsequent-6m} d
union all
select 'numerator', duty_id, child_id, started_on,
    least(due_on + 1, coalesce(least(coalesce(met_on, stopped_on), coalesce(stopped_on, met_on)), due_on + 1))
from {readings cin-visit, cp-visit, rcpc-first-3m, rcpc-subsequent-6m, lac-visit-year1-6w, lac-review-subsequent-6m} n
where due_on is not null
