-- measure: changes-planned-and-not
-- title: Changes of worker, planned and not
-- says: Of the changes of worker in the 12 months that end with the day, the share that somebody decided (a
--   transfer, a reorganisation, loads, a wish of the child or parent) and the share that came because the worker
--   left, was away or died.
-- numerator: Those of them that were planned, were not, or of which the record does not say
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
-- source: Keyworker
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: involvements
-- small_numbers: children
-- unconfirmed: No published document says which causes are planned; the division is Keyworker's own.
select 'denominator' as part, change_id as subject_id, child_id, cast(null as varchar(200)) as band,
    happened_on as from_on, until as to_on
from {change_caused} d
union all
select 'numerator', change_id, child_id,
    case when cause in ('FCONTA', 'TSPROC', 'ORGRST', 'MANAGE', 'CHCHAN', 'PCCHAN') then 'planned'
        when cause in ('LEFTRL', 'ABSENC', 'SWDIED') then 'not planned'
        when cause = 'OTHERS' then 'another reason' else cause end,
    happened_on, until
from {change_caused} n
