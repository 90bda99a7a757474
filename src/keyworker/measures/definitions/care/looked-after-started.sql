-- measure: looked-after-started
-- title: Children starting to be looked after
-- says: How many children began to be looked after in the 12 months that end with the day, a child who came twice
--   counted once. Ask at 31 March for the published year.
-- numerator: Children who came into care in the 12 months
-- denominator: none
-- exclusions: Series of short breaks; a new placement or legal status in care
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: children
-- counts: distinct
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children looked after in England including adoptions, official statistics (DfE)
-- edition: year ending 31 March 2025
-- catalogue: cla-starts
-- needs: cla_episodes
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, s.child_id as subject_id, s.child_id, s.from_on, y.until as to_on
from {in_care} s
join {past 12 months} y on y.day = s.from_on
