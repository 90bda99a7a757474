-- measure: child-in-need-plans-drift
-- title: Children long on a child in need plan
-- says: Of the children with a child in need plan on the day, the share whose plan has run for nine, 12 and 24 months
--   or more. A child of 24 months is in all three.
-- numerator: Those of them whose plan has run for so long
-- denominator: Children with a child in need plan in force on the day
-- exclusions: none; a plan left open beside a child protection plan counts
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: lower
-- source: Keyworker; no national measure
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, p.child_id as subject_id, p.child_id, p.from_on, p.to_on, cast(null as varchar(200)) as band
from {cin_plans} p
union all
select 'numerator', p.child_id, p.child_id, a.until, p.to_on, '09 months or more'
from {cin_plans} p
join {past 9 months} a on a.day = p.from_on
union all
select 'numerator', p.child_id, p.child_id, b.until, p.to_on, '12 months or more'
from {cin_plans} p
join {past 12 months} b on b.day = p.from_on
union all
select 'numerator', p.child_id, p.child_id, c.until, p.to_on, '24 months or more'
from {cin_plans} p
join {past 24 months} c on c.day = p.from_on
