-- measure: cin-not-seen-in-interval
-- title: Children in need not seen within their interval
-- says: How many children in need had a visit overdue on the day: from the day after it was due until one was made or
--   none was asked for.
-- numerator: Children in need with an overdue visit
-- denominator: none
-- exclusions: Visits at which the child was not seen, or of which nobody recorded whether, count as none
-- period: on the day
-- looks_back: the day
-- unit: children
-- counts: distinct
-- belongs_to: child
-- better: lower
-- source: Keyworker, as the time limits of visits are counted
-- edition: rule cin-visit
-- catalogue: none
-- needs: cin_visits
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, r.child_id as subject_id, r.child_id, r.due_on + 1 as from_on,
    coalesce(r.met_on, r.stopped_on + 1) as to_on
from {readings cin-visit} r
where coalesce(r.met_in_time, 'no') <> 'yes'
