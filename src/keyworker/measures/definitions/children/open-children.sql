-- measure: open-children
-- title: Children open to the service
-- says: How many children had a referral accepted as a child in need, a child protection plan or an episode of being
--   looked after in force on the day.
-- numerator: Children with at least one of these in force on the day
-- denominator: none
-- exclusions: Early help; referrals that came to nothing
-- period: on the day
-- unit: children
-- counts: distinct
-- belongs_to: child
-- better: neither
-- source: Keyworker, as the pages count open children
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, child_id as subject_id, child_id, from_on, to_on
from {open_row} o
