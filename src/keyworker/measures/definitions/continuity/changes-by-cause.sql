-- measure: changes-by-cause
-- title: Changes of worker by cause
-- says: Of the changes of worker in the 12 months that end with the day, the share for each published cause; the
--   main worker is the lead, or the accountable worker where nobody leads.
-- numerator: Those of them for the cause recorded when the earlier worker's hold ended
-- denominator: Changes of main worker in the 12 months, of children open or closed since
-- exclusions: A child's first worker; the same worker again after a pause; rows of the same worker that touch
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: SSDA903 children looked after collection guide (DfE), codes of the social worker episodes, here for
--   every child
-- edition: from 2023 to 2024
-- catalogue: none
-- needs: involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, change_id as subject_id, child_id, cast(null as varchar(200)) as band,
    happened_on as from_on, until as to_on
from {change_caused} d
union all
select 'numerator', change_id, child_id, cause, happened_on, until
from {change_caused} n
