-- measure: plan-actions-in-time-by-agency
-- title: Actions of plans done in time, by agency
-- says: The actions of children's plans that fell due in the 12 months that end with the day and were done by their day, by
--   the agency whose they were. Read it beside those that fell due.
-- numerator: Actions done on or before the day by which they were to be done, by agency
-- denominator: none
-- exclusions: Actions given up by their day; one whose day was moved counts on the day to which it was moved
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: actions
-- counts: distinct
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: plan_action
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, a.action_id as subject_id, a.child_id, a.due_on as from_on, y.until as to_on,
    coalesce(a.agency, 'family') as band
from {plan_action} a
join {past 12 months} y on y.day = a.due_on
where a.done and a.ended_on <= a.due_on
