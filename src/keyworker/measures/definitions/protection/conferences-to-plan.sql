-- measure: conferences-to-plan
-- title: Conferences leading to a plan
-- says: Of the initial child protection conferences held in the 12 months that end with the day, the share that began a
--   child protection plan.
-- numerator: Those of them that decided on a plan
-- denominator: Conferences held in the 12 months
-- exclusions: Conferences that are due and not yet held
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Inspecting local authority children's services (Ofsted, ILACS framework), Annex A list 5 records the outcome
-- edition: framework from 2018
-- catalogue: icpc-to-plan
-- needs: initial_cp_conference
-- small_numbers: children
-- unconfirmed: No official definition.
select 'denominator' as part, c.icpc_id as subject_id, c.child_id, c.happened_on as from_on, y.until as to_on
from {conference} c
join {past 12 months} y on y.day = c.happened_on
union all
select 'numerator', c.icpc_id, c.child_id, c.happened_on, y.until
from {conference} c
join {past 12 months} y on y.day = c.happened_on
where c.outcome_cp_flag = true
