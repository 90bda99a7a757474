-- measure: child-protection-plans-rate
-- title: Child protection plans per 10,000 children
-- says: How many child protection plans were open at the end of the day, for each 10,000 children of 0 to 17 who live
--   in the area. Ask at 31 March for the published figure.
-- numerator: Child protection plans
-- denominator: Children aged 0 to 17 in the council's area by the mid-year estimate of the year that ends on 31 March
-- exclusions: Plans of another council for a child who lives here for a time
-- period: on the day
-- looks_back: the day
-- unit: plans per 10,000
-- counts: ratio
-- interval: events
-- belongs_to: nobody
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 215; population: Office for National
--   Statistics, mid-year estimates
-- edition: population 2012 to 2024
-- catalogue: cpp-rate
-- needs: cp_plans, setting
-- settings: council
-- small_numbers: children
-- unconfirmed: none
-- per: 10,000
select 'numerator' as part, cp_plan_id as subject_id, from_on, ended_on as to_on, 1 as weight
from {own_plan} o
union all
select 'denominator', council, from_on, to_on, children
from {population} p
