-- measure: pathway-plans-current
-- title: Pathway plans up to date
-- says: Of the young people with a pathway plan on the day, the share whose plan was begun or reviewed in the last
--   six months.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them whose next review was not yet overdue on the day
-- denominator: Young people with a pathway plan
-- exclusions: none
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Care Leavers (England) Regulations 2010 (SI 2010/2571), as rule cl-pathway-review-6m counts them
-- edition: in force from 1 April 2011
-- catalogue: pathway-plan-current
-- needs: care_leavers
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.child_id as subject_id, r.child_id, r.started_on as from_on, coalesce(r.met_on, r.stopped_on + 1) as to_on
from {readings published cl-pathway-review-6m} r
union all
select 'numerator', r.child_id, r.child_id, r.started_on, r.due_on + 1
from {readings published cl-pathway-review-6m} r
where r.due_on is not null
