-- measure: conference-duration-bands
-- title: Conferences by working days from the start of the enquiry
-- says: Of the initial child protection conferences held in the 12 months that end with the day, the share held each
--   number of working days after the recorded start of the enquiry, as the published bands do.
-- numerator: Those of them in the band
-- denominator: Conferences held in the 12 months
-- exclusions: Conferences that are due and not yet held; one dated before its enquiry is in no band but in the total
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C4
-- edition: year ending 31 March 2025
-- catalogue: cin-icpc-15wd
-- needs: initial_cp_conference, s47_enquiry
-- small_numbers: children
-- unconfirmed: Transfer-in conferences have a different start point; their handling in the bands was not read. Here they
--   run from the referral.
select 'denominator' as part, c.icpc_id as subject_id, c.child_id, c.happened_on as from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {conference} c
join {past 12 months} y on y.day = c.happened_on
union all
select 'numerator', c.icpc_id, c.child_id, c.happened_on, y.until,
    case when e.number - s.number <= 10 then '0 to 10'
        when e.number - s.number <= 15 then '11 to 15'
        when e.number - s.number <= 20 then '16 to 20'
        else '21 or more' end
from {conference} c
join {past 12 months} y on y.day = c.happened_on
join {working_day_number} s on s.day = c.asked_on
join {working_day_number} e on e.day = c.happened_on
where c.happened_on >= c.asked_on
