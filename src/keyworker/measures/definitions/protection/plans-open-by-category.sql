-- measure: plans-open-by-category
-- title: Category of abuse of open plans
-- says: Of the child protection plans open at the end of the day, the share with each latest category of abuse.
-- numerator: Those of them in the category
-- denominator: Plans open at the end of the day
-- exclusions: Plans of another council for a child who lives here for a time
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table D4
-- edition: year ending 31 March 2025
-- catalogue: cpp-initial-category
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, cp_plan_id as subject_id, child_id, from_on, ended_on as to_on,
    cast(null as varchar(200)) as band
from {own_plan} p
union all
select 'numerator', cp_plan_id, child_id, from_on, ended_on, coalesce(latest_category, initial_category, 'not recorded')
from {own_plan} p
