-- measure: plan-actions-in-time
-- title: Actions of plans done in time
-- says: Of the actions of children's plans that fell due in the 12 months that end with the day, whoever was to do them,
--   the share done by their day.
-- numerator: Those of them done on or before the day by which they were to be done
-- denominator: Actions of a child in need, child protection or Family Help plan that fell due in the 12 months
-- exclusions: Actions given up by their day; one whose day was moved counts on the day to which it was moved
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: plan_action
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.action_id as subject_id, a.child_id, a.due_on as from_on, y.until as to_on
from {plan_action} a
join {past 12 months} y on y.day = a.due_on
where (a.ended_on is null or a.ended_on > a.due_on or a.done)
union all
select 'numerator', a.action_id, a.child_id, a.due_on, y.until
from {plan_action} a
join {past 12 months} y on y.day = a.due_on
where a.done and a.ended_on <= a.due_on
