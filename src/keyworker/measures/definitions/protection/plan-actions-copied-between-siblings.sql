-- measure: plan-actions-copied-between-siblings
-- title: Actions of plans that brothers and sisters have word for word
-- says: Of the actions of children's plans that were open on the day, the share that stood in the very same words in the
--   plan of another child of the family. Some fit all of a family; many are a plan that was copied and not thought out
--   for the child.
-- numerator: Those of them of whose words an open action of another child of the family is, too
-- denominator: Actions of a child in need, child protection or Family Help plan that were open at the end of the day
-- exclusions: Actions whose words are not held, as in a snapshot
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: neither
-- source: Keyworker, from what inspectors found; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: plan_action, family
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.action_id as subject_id, a.child_id, a.happened_on as from_on, a.ended_on as to_on
from {plan_action} a
where a.what is not null
union all
select 'numerator', s.action_id, s.child_id, s.from_on, s.to_on
from {plan_action_shared} s
