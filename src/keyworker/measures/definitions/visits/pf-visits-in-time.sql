-- measure: pf-visits-in-time
-- title: Private fostering visits in time
-- says: Of the visits to privately fostered children that fell due in the three months that end with the day, the
--   share made by its due day.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them made on or before the due day, with the child seen
-- denominator: Visits that fell due in the three months
-- exclusions: A visit that was no longer due because the arrangement had ended by its due day
-- period: the three months that end with the day
-- looks_back: three months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Children (Private Arrangements for Fostering) Regulations 2005 (SI 2005/1533)
-- edition: in force from 1 July 2005
-- catalogue: pf-visits-in-time
-- needs: private_fostering
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.duty_id as subject_id, r.child_id, r.due_on as from_on, q.until as to_on
from {readings published pf-initial-visit-7wd, pf-visit-year1-6w, pf-visit-later-12w} r
join {past 3 months} q on q.day = r.due_on
where r.stopped_on is null or r.stopped_on > r.due_on
union all
select 'numerator', r.duty_id, r.child_id, r.due_on, q.until
from {readings published pf-initial-visit-7wd, pf-visit-year1-6w, pf-visit-later-12w} r
join {past 3 months} q on q.day = r.due_on
where r.met_in_time = 'yes'
