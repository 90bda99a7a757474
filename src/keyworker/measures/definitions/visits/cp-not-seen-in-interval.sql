-- measure: cp-not-seen-in-interval
-- title: Children on a child protection plan not seen within their interval
-- says: How many children on a child protection plan had a visit overdue on the day: from the day after it was due
--   until one was made or none was asked for.
-- numerator: Children on a child protection plan with an overdue visit
-- denominator: none
-- exclusions: Visits at which the child was not seen, or of which nobody recorded whether, count as none
-- period: on the day
-- looks_back: the day
-- unit: children
-- counts: distinct
-- belongs_to: child
-- better: lower
-- source: Keyworker, as the time limits of visits are counted
-- edition: rule cp-visit
-- catalogue: none
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, r.child_id as subject_id, r.child_id, r.due_on + 1 as from_on,
    coalesce(r.met_on, r.stopped_on + 1) as to_on
from {readings cp-visit} r
where coalesce(r.met_in_time, 'no') <> 'yes'
