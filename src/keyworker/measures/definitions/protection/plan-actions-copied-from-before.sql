-- measure: plan-actions-copied-from-before
-- title: Actions of plans agreed again word for word
-- says: Of the actions of children's plans agreed in the 12 months that end with the day, the share whose very words an
--   action of the same child agreed on an earlier day has: what was carried on from one review to the next as it stood.
-- numerator: Those of them whose words an action of the child agreed on an earlier day has
-- denominator: Actions of a child in need, child protection or Family Help plan agreed in the 12 months
-- exclusions: Actions whose words are not held, as in a snapshot
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Keyworker, from what inspectors found; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: plan_action
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.action_id as subject_id, a.child_id, a.happened_on as from_on, y.until as to_on
from {plan_action} a
join {past 12 months} y on y.day = a.happened_on
where a.what is not null
union all
select 'numerator', a.action_id, a.child_id, a.happened_on, y.until
from {plan_action} a
join {past 12 months} y on y.day = a.happened_on
join (
    select child_id, trim(what) as words, min(happened_on) as first_on from {plan_action} p group by child_id, trim(what)
) f on f.child_id = a.child_id and f.words = trim(a.what) and f.first_on < a.happened_on
