-- measure: audit-actions-in-time
-- title: Audit actions closed in time
-- says: Of the actions that followed audits and fell due in the three months that end with the day, the share that
--   was done by the agreed day.
-- numerator: Those of them done on or before the agreed day
-- denominator: Actions that followed an audit whose agreed day lies in the three months
-- exclusions: Actions without an agreed day; those of supervision and concerns
-- period: the three months that end with the day; at a quarter's end, that quarter
-- looks_back: three months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework)
-- edition: from 2018
-- catalogue: audit-actions-closed
-- needs: action
-- small_numbers: children
-- unconfirmed: Local definition.
select 'denominator' as part, a.action_id as subject_id, a.child_id, greatest(a.due_on, a.happened_on) as from_on,
    q.until as to_on
from {action} a
join {past_quarter} q on q.day = a.due_on
where a.audit_id is not null
union all
select 'numerator', a.action_id, a.child_id, greatest(a.due_on, a.happened_on), q.until
from {action} a
join {past_quarter} q on q.day = a.due_on
where a.audit_id is not null and a.done_on <= a.due_on
