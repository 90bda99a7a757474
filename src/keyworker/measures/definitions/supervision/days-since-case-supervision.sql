-- measure: days-since-case-supervision
-- title: Days since the last case supervision
-- says: How many days had passed on the day since each open child was last spoken of in supervision. The longest
--   gap is what counts, not how many sessions there were.
-- numerator: Days since the last case supervision that was held; for a child of whom there was none since they
--   were opened, since then
-- denominator: none
-- exclusions: Sessions that were cancelled; supervision of the worker alone
-- period: on the day
-- looks_back: the day
-- unit: days
-- counts: days
-- belongs_to: child
-- within: child
-- better: lower
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cin_episodes, case_supervision
-- small_numbers: children
-- unconfirmed: none
select 'value' as part, child_id as subject_id, child_id, happened_on as since_on, happened_on as from_on,
    cast(null as date) as to_on
from {case_supervision} s
where lower(outcome) = 'held'
union all
select 'value', child_id, child_id, from_on, from_on, to_on from {open_period} p
union all
select 'within', child_id, child_id, from_on, from_on, to_on from {open_row} o
