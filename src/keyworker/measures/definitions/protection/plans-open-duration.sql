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
select 'numerator', p.cp_plan_id, p.child_id, b.from_on,
    least(coalesce(p.ended_on, b.to_on), coalesce(b.to_on, p.ended_on)), b.band
from {own_plan} p
join {bands 'up to 3 months' within 3 months 'over 3 to 6 months' within 6 months
    'over 6 months to under 1 year' past 12 months '1 to under 2 years' past 729 days '2 years or more'} b
    on b.day = p.from_on
