-- measure: cla-changes-by-cause
-- title: Reasons for change of social worker, looked after children
-- says: Of the changes of social worker in the 12 months that end with the day, of children looked after on it,
--   the share for each published reason; the main worker is the lead, or the accountable worker where nobody
--   leads.
-- numerator: Those of them for the reason recorded when the earlier worker's hold ended
-- denominator: Changes of main worker in the 12 months of children looked after on the day
-- exclusions: Short breaks; a child's first worker; the same worker again after a pause; rows of the same worker
--   that touch
-- period: the 12 months that end with the day; ask at 31 March for the published year
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- within: child
-- better: neither
-- source: SSDA903 children looked after collection guide (DfE), social worker episodes
-- edition: from 2023 to 2024
-- catalogue: cla-sw-change-reasons
-- needs: cla_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'within' as part, child_id as subject_id, child_id, cast(null as varchar(200)) as band, from_on, to_on
from {care_stay} s
union all
select 'denominator', change_id, child_id, null, happened_on, until
from {change_caused} d
union all
select 'numerator', change_id, child_id, cause, happened_on, until
from {change_caused} n
