-- measure: referrals-not-in-need
-- title: Referrals assessed, child not in need
-- says: Of the referrals of the 12 months that end with the day, the share that was assessed and closed by then because
--   the child was found not to be in need. Ask at 31 March for the published year.
-- numerator: Those of them with an assessment, closed by the day for reason RC8 or RC9
-- denominator: Referrals received in the 12 months
-- exclusions: Requests about a child with an open case
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C1
-- edition: year ending 31 March 2025
-- catalogue: cin-not-in-need-pct
-- needs: cin_episodes, cin_assessments
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.referral_id as subject_id, r.child_id, r.from_on, y.until as to_on
from {referral} r
join {past 12 months} y on y.day = r.from_on
union all
select 'numerator', e.referral_id, e.child_id, e.ended_on, y.until
from {episode_of_need} e
join {past 12 months} y on y.day = e.from_on
where e.found_not_in_need = 1
