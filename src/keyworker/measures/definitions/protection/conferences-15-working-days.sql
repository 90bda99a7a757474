-- measure: conferences-15-working-days
-- title: Conferences within 15 working days
-- says: Of the initial child protection conferences held in the 12 months that end with the day, the share held within 15
--   working days of the recorded start of the enquiry, as the published figure counts. (The timescale itself counts from
--   the strategy discussion that began the enquiry, which may be earlier.) Ask at 31 March for the published year.
-- numerator: Those of them held on or before the 15th working day after the start, and not before it
-- denominator: Conferences held in the 12 months
-- exclusions: Conferences that are due and not yet held
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 218
-- edition: 2025 release
-- catalogue: cin-icpc-15wd
-- needs: initial_cp_conference, s47_enquiry
-- small_numbers: children
-- unconfirmed: Transfer-in conferences have a different start point; their handling in the bands was not read. Here they
--   run from the referral.
select 'denominator' as part, c.icpc_id as subject_id, c.child_id, c.happened_on as from_on, y.until as to_on
from {conference} c
join {past 12 months} y on y.day = c.happened_on
union all
select 'numerator', c.icpc_id, c.child_id, c.happened_on, y.until
from {conference} c
join {past 12 months} y on y.day = c.happened_on
join {within 15 working days} w on w.day = c.asked_on
where c.happened_on >= c.asked_on and c.happened_on < w.until
