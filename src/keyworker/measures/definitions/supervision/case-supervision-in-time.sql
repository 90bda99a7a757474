-- measure: case-supervision-in-time
-- title: Children with case supervision in time
-- says: Of the children for whose status there is an interval for case supervision, those on a child protection
--   plan, the share whose case was spoken of in supervision inside it.
-- numerator: Those of them for whom the interval since the plan began, or since the last case supervision that was
--   held, had not passed by the end of the day
-- denominator: Children on a child protection plan on the day
-- exclusions: Other open children: no published interval holds for them
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Published procedures: Liverpool children's services, every two months for a plan; a council's own
--   setting goes before it
-- edition: 1, in force from the first release
-- catalogue: sup-child-case
-- needs: cp_plans, case_supervision
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, started_on as from_on,
    least(coalesce(met_on, stopped_on), coalesce(stopped_on, met_on)) as to_on
from {readings cp-supervision-2m} d
union all
select 'numerator', child_id, child_id, started_on,
    least(due_on + 1, coalesce(least(coalesce(met_on, stopped_on), coalesce(stopped_on, met_on)), due_on + 1))
from {readings cp-supervision-2m} n
where due_on is not null
