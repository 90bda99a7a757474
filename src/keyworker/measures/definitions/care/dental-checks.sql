-- measure: dental-checks
-- title: Dental checks
-- says: Of the children who had been looked after for 12 months at the end of the day, the share whose teeth were
--   checked in the 12 months that end with it.
-- numerator: Those of them with a dental check done in the 12 months
-- denominator: Children looked after for 12 months without a break at the end of the day
-- exclusions: Checks refused, planned or cancelled
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 3
-- edition: 2025 release
-- catalogue: cla-dental
-- needs: cla_episodes, cla_health
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {in_care_a_year} s
union all
select 'numerator', h.child_id, h.child_id, h.happened_on, y.until
from {health_check_done} h
join {past 12 months} y on y.day = h.happened_on
where h.kind = 'dental'
