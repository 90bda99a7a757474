-- measure: cla-workers-in-year
-- title: Social workers of each looked after child
-- says: Of the children looked after on the day, the share who had one, two, or three or more different social
--   workers in the 12 months that end with it, before care too; the main worker is the lead, or the accountable
--   worker where nobody leads.
-- numerator: Those of them with so many different main workers in the 12 months
-- denominator: Children looked after on the day
-- exclusions: Short breaks. A child who had no worker at all is in the denominator alone
-- period: the 12 months that end with the day; ask at 31 March for the published year
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Stability measures for children looked after in England, official statistics in development (DfE)
-- edition: 2024
-- catalogue: cla-sw-count
-- needs: cla_episodes, involvements
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, cast(null as varchar(200)) as band, from_on, to_on
from {care_stay} s
union all
select 'numerator', child_id, child_id,
    case when at_once = 1 then '1' when at_once = 2 then '2' else '3 or more' end, from_on, to_on
from {workers_in_year} w
