-- measure: childrens-actions-in-time
-- title: Actions for children done in time
-- says: Of the actions about a child that fell due in the 12 months that end with the day, whoever owned them, the
--   share done by the due day.
-- numerator: Those of them done on or before the due day
-- denominator: Actions about a child that fell due in the 12 months
-- exclusions: Actions without a due day; the steps of a child's plan that no source supplies as actions
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
-- needs: action
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.action_id as subject_id, a.child_id, a.due_on as from_on, y.until as to_on
from {action} a
join {past 12 months} y on y.day = a.due_on
where a.child_id is not null
union all
select 'numerator', a.action_id, a.child_id, a.due_on, y.until
from {action} a
join {past 12 months} y on y.day = a.due_on
where a.child_id is not null and a.done_on <= a.due_on
