-- measure: health-assessments
-- title: Annual health assessments
-- says: Of the children who had been looked after for 12 months at the end of the day, the share whose health was
--   assessed in the 12 months that end with it: once, and twice where the child is under five.
-- numerator: Those of them with one health assessment done in the 12 months, or two while under five
-- denominator: Children looked after for 12 months without a break at the end of the day
-- exclusions: Assessments refused, planned or cancelled; where no birth date is held (a snapshot) one is enough for
--   every child
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 3
-- edition: 2025 release
-- catalogue: cla-health-assessment
-- needs: cla_episodes, cla_health
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {in_care_a_year} s
union all
select 'numerator', h.child_id, h.child_id, greatest(h.happened_on, coalesce(b.five_on, h.happened_on)), y.until
from {health_check_done} h
join {past 12 months} y on y.day = h.happened_on
left join {five_on} b on b.child_id = h.child_id
where h.kind = 'health'
union all
select 'numerator', h.child_id, h.child_id, h.happened_on, y.until
from {health_check_done} h
join {past 12 months} y on y.day = h.before_on
where h.kind = 'health'
