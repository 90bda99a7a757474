-- measure: nfa-then-assessed
-- title: Referrals that came to nothing, followed by an assessment
-- says: Of the referrals that came to nothing and whose first anniversary lies in the 12 months that end with the day,
--   the share that was followed by an assessment of the child begun six to 12 months after the referral.
-- numerator: Those of them followed by an assessment begun when six months had passed and 12 had not
-- denominator: Referrals with no further action, of which 12 months have passed and 24 have not
-- exclusions: Referrals of which 12 months have not yet passed: nobody can tell yet
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: neither
-- source: Children's social care dashboard and National Framework indicators (DfE), annex A of the supporting information
-- edition: proposed, not published
-- catalogue: nfa-to-assessment
-- needs: cin_episodes, cin_assessments
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, r.referral_id as subject_id, r.child_id, y.until as from_on, z.until as to_on
from {referral} r
join {past 12 months} y on y.day = r.from_on
join {past 24 months} z on z.day = r.from_on
where r.referral_nfa = true
union all
select 'numerator', r.referral_id, r.child_id, y.until, z.until
from {referral} r
join {past 6 months} x on x.day = r.from_on
join {past 12 months} y on y.day = r.from_on
join {past 24 months} z on z.day = r.from_on
join {cin_assessments} a on a.child_id = r.child_id and a.from_on >= x.until and a.from_on < y.until
where r.referral_nfa = true
