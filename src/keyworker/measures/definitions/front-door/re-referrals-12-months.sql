-- measure: re-referrals-12-months
-- title: Re-referrals within 12 months
-- says: Of the referrals of the 12 months that end with the day, the share about a child of whom there had been another
--   referral on an earlier day, no more than 12 months before. Ask at 31 March for the published year.
-- numerator: Those of them received by the day 12 months after the referral before, that day included as the time limit
--   re-referral-window-12m includes it, whatever became of the earlier one
-- denominator: Referrals received in the 12 months
-- exclusions: Requests about a child with an open case; earlier referrals to another council
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- grouped: on the day it happened
-- better: lower
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table C1; from referral to referral
-- edition: year ending 31 March 2025
-- catalogue: cin-re-referral-pct
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.referral_id as subject_id, r.child_id, r.from_on, y.until as to_on
from {referral} r
join {past 12 months} y on y.day = r.from_on
union all
select 'numerator', r.referral_id, r.child_id, r.from_on, y.until
from {referral} r
join {past 12 months} y on y.day = r.from_on
join {past 12 months} b on b.day = r.before_on
where r.from_on <= b.until
