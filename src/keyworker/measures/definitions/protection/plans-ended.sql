-- measure: plans-ended
-- title: Child protection plans ending
-- says: How many child protection plans ended in the 12 months that end with the day. Ask at 31 March for the published
--   year.
-- numerator: Plans that ended in the 12 months
-- denominator: none
-- exclusions: Plans of another council for a child who lives here for a time
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: plans
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table D7; LAIT item 16 is the rate
-- edition: year ending 31 March 2025
-- catalogue: cpp-ends
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, p.cp_plan_id as subject_id, p.child_id, p.ended_on as from_on, y.until as to_on
from {own_plan} p
join {past 12 months} y on y.day = p.ended_on
