-- measure: episodes-awaiting-assessment
-- title: Children waiting for an assessment
-- says: How many episodes of need were open at the end of the day without an assessment of theirs authorised by then.
-- numerator: Open episodes with no assessment completed
-- denominator: none
-- exclusions: Referrals with no further action; assessments that name no referral
-- period: on the day
-- looks_back: the day
-- unit: episodes
-- counts: distinct
-- belongs_to: child
-- better: lower
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table B1
-- edition: year ending 31 March 2025
-- catalogue: cin-awaiting-assessment
-- needs: cin_episodes, cin_assessments
-- small_numbers: children
-- unconfirmed: Field name awaiting_assessment seen; definition not read.
select 'numerator' as part, referral_id as subject_id, child_id, from_on,
    least(coalesce(ended_on, assessed_on), coalesce(assessed_on, ended_on)) as to_on
from {episode_of_need} e
