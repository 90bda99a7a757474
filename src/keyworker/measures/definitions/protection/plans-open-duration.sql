-- measure: plans-open-duration
-- title: Duration of open child protection plans
-- says: Of the child protection plans open at the end of the day, the share that had run in each band of time.
-- numerator: Those of them in the band
-- denominator: Plans open at the end of the day
-- exclusions: Plans of another council for a child who lives here for a time
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table D5
-- edition: year ending 31 March 2025
-- catalogue: cpp-duration-bands
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, p.cp_plan_id as subject_id, p.child_id, p.from_on, p.ended_on as to_on,
    cast(null as varchar(200)) as band
from {own_plan} p
union all
select 'numerator', p.cp_plan_id, p.child_id, p.from_on, least(coalesce(p.ended_on, a.until), a.until),
    'up to 3 months'
from {own_plan} p
join {within 3 months} a on a.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, a.until, least(coalesce(p.ended_on, b.until), b.until),
    'over 3 to 6 months'
from {own_plan} p
join {within 3 months} a on a.day = p.from_on
join {within 6 months} b on b.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, b.until, least(coalesce(p.ended_on, c.until), c.until),
    'over 6 months to under 1 year'
from {own_plan} p
join {within 6 months} b on b.day = p.from_on
join {past 12 months} c on c.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, c.until, least(coalesce(p.ended_on, p.two_years_on), p.two_years_on),
    '1 to under 2 years'
from {own_plan} p
join {past 12 months} c on c.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, p.two_years_on, p.ended_on, '2 years or more'
from {own_plan} p
