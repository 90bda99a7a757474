-- measure: time-with-current-worker
-- title: Time with the current worker
-- says: How many days each open child had been with the worker of the day, without a pause; the main worker is the
--   lead, or the accountable worker where nobody leads.
-- numerator: Days since the worker became the main worker
-- denominator: none
-- exclusions: Children whom nobody held on the day
-- period: on the day
-- looks_back: the day
-- unit: days
-- counts: days
-- belongs_to: child
-- within: child
-- better: higher
-- source: Standard Safeguarding Dataset specification (Data to Insight), involvements
-- edition: 1, in force from the first release
-- catalogue: time-with-current-sw
-- needs: cin_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'value' as part, child_id as subject_id, child_id, from_on as since_on, from_on, to_on
from {main_worker} m
union all
select 'within', child_id, child_id, from_on, from_on, to_on from {open_row} o
