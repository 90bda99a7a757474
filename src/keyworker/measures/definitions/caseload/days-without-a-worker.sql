-- measure: days-without-a-worker
-- title: Days without a worker
-- says: How many days each child without a lead or an accountable worker on the day had been without one.
-- numerator: Days since the child, while open, last had a worker or was opened
-- denominator: none
-- exclusions: Children with a worker; days before an earlier worker
-- period: on the day
-- looks_back: the day
-- unit: days
-- counts: days
-- belongs_to: child
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'value' as part, child_id as subject_id, child_id, from_on as since_on, from_on, to_on
from {gap} g
