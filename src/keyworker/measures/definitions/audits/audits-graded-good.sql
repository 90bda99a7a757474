-- measure: audits-graded-good
-- title: Audits graded good or better
-- says: Of the audits of children's files graded in the three months that end with the day, the share graded good
--   or outstanding.
-- numerator: Those of them graded outstanding or good
-- denominator: Audits graded outstanding, good, requires improvement or inadequate
-- exclusions: Audits without a grade, or graded in other words
-- period: the three months that end with the day; at a quarter's end, that quarter
-- looks_back: three months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Inspecting local authority children's services (Ofsted, ILACS framework)
-- edition: from 2018
-- catalogue: audit-graded-good
-- needs: audit
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, a.audit_id as subject_id, a.child_id, a.happened_on as from_on, q.until as to_on
from {audit} a
join {past_quarter} q on q.day = a.happened_on
where {key_of a.judgement} in ('outstanding', 'good', 'requires improvement', 'requires improvement to be good',
    'inadequate')
union all
select 'numerator', a.audit_id, a.child_id, a.happened_on, q.until
from {audit} a
join {past_quarter} q on q.day = a.happened_on
where {key_of a.judgement} in ('outstanding', 'good')
