-- measure: plans-ended-rate
-- title: Child protection plans ending per 10,000 children
-- says: How many child protection plans ended in the 12 months that end with the day, for each 10,000 children of 0
--   to 17 who live in the area. Ask at 31 March for the published figure.
-- numerator: Child protection plans ending
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Plans of another council for a child who lives here for a time
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: plans per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 16; population: Office for National
--   Statistics, mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: cpp-ends
-- needs: cp_plans, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
-- per: 10,000
select 'numerator' as part, o.cp_plan_id as subject_id, o.ended_on as from_on, y.until as to_on, 1 as weight
from {own_plan} o
join {past 12 months} y on y.day = o.ended_on
union all
select 'denominator', council, from_on, to_on, children
from {population} p
