-- measure: conference-working-days
-- title: Working days to the first conference
-- says: How many working days after the strategy discussion the initial child protection conferences of the 12 months
--   that end with the day were held: mean, median, ninth in ten, longest.
-- numerator: Working days from the strategy discussion to the conference, of each conference
-- denominator: none
-- exclusions: Conferences that are due and not yet held, that name no enquiry, or that are dated before it
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: working days
-- counts: distribution
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C4
-- edition: year ending 31 March 2025
-- catalogue: none
-- needs: initial_cp_conference, s47_enquiry
-- small_numbers: children
-- unconfirmed: Transfer-in conferences have a different start point; their handling in the bands was not read. Here they
--   run from the referral.
select 'value' as part, c.icpc_id as subject_id, c.child_id, e.number - s.number as weight, c.happened_on as from_on,
    y.until as to_on
from {conference} c
join {past 12 months} y on y.day = c.happened_on
join {working_day_number} s on s.day = c.asked_on
join {working_day_number} e on e.day = c.happened_on
where c.happened_on >= c.asked_on
