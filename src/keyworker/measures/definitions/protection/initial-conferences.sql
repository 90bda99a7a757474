-- measure: initial-conferences
-- title: Initial child protection conferences
-- says: How many initial child protection conferences were held in the 12 months that end with the day, each child
--   counted, and a child of whom there were two counted twice. Ask at 31 March for the published year.
-- numerator: Conferences held in the 12 months, those of children who moved here on a plan among them
-- denominator: none
-- exclusions: Conferences that are due and not yet held
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: conferences
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C4; LAIT item 269 is the rate
-- edition: year ending 31 March 2025
-- catalogue: cin-icpc-rate
-- needs: initial_cp_conference
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, c.icpc_id as subject_id, c.child_id, c.happened_on as from_on, y.until as to_on
from {conference} c
join {past 12 months} y on y.day = c.happened_on
