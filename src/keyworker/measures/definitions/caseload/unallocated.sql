-- measure: unallocated
-- title: Unallocated children
-- says: Of the children open on the day, the share with neither a lead nor an accountable worker at its end.
-- numerator: Those of them with no allocated worker; a team or a duty list is no worker
-- denominator: Children open on the day
-- exclusions: A child who was referred and given a worker on the same day
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Standard Safeguarding Dataset specification (Data to Insight), involvements
-- edition: 1, in force from the first release
-- catalogue: sw-unallocated
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: Local definition.
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on
from {open_row} o
union all
select 'numerator', child_id, child_id, from_on, to_on
from {gap} g
