-- measure: episodes-of-need-duration
-- title: Duration of open episodes
-- says: Of the episodes of need open at the end of the day, the share whose referral came in each band of time before.
-- numerator: Those of them in the band
-- denominator: Episodes open at the end of the day
-- exclusions: Referrals with no further action
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 265
-- edition: 2025 release
-- catalogue: cin-duration-open
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, e.referral_id as subject_id, e.child_id, e.from_on, e.ended_on as to_on,
    cast(null as varchar(200)) as band
from {episode_of_need} e
union all
select 'numerator', e.referral_id, e.child_id, e.from_on, least(coalesce(e.ended_on, a.until), a.until),
    'under 3 months'
from {episode_of_need} e
join {past 3 months} a on a.day = e.from_on
union all
select 'numerator', e.referral_id, e.child_id, a.until, least(coalesce(e.ended_on, b.until), b.until),
    '3 to 6 months'
from {episode_of_need} e
join {past 3 months} a on a.day = e.from_on
join {past 6 months} b on b.day = e.from_on
union all
select 'numerator', e.referral_id, e.child_id, b.until, least(coalesce(e.ended_on, c.until), c.until),
    '6 to 12 months'
from {episode_of_need} e
join {past 6 months} b on b.day = e.from_on
join {past 12 months} c on c.day = e.from_on
union all
select 'numerator', e.referral_id, e.child_id, c.until, least(coalesce(e.ended_on, d.until), d.until),
    '1 to 2 years'
from {episode_of_need} e
join {past 12 months} c on c.day = e.from_on
join {past 24 months} d on d.day = e.from_on
union all
select 'numerator', e.referral_id, e.child_id, d.until, e.ended_on, '2 years or more'
from {episode_of_need} e
join {past 24 months} d on d.day = e.from_on
