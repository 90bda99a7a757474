-- measure: plans-started-by-category
-- title: Category of abuse at the start of a plan
-- says: Of the child protection plans that began in the 12 months that end with the day, the share that began for each
--   category of abuse. Ask at 31 March for the published year.
-- numerator: Those of them in the category
-- denominator: Plans begun in the 12 months
-- exclusions: Plans of another council for a child who lives here for a time
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- bands: yes
-- belongs_to: child
-- grouped: on the day it happened
-- better: neither
-- source: Children in need, official statistics (DfE, Explore Education Statistics), table D2
-- edition: year ending 31 March 2025
-- catalogue: cpp-initial-category
-- needs: cp_plans
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, p.cp_plan_id as subject_id, p.child_id, p.from_on, y.until as to_on,
    cast(null as varchar(200)) as band
from {own_plan} p
join {past 12 months} y on y.day = p.from_on
union all
select 'numerator', p.cp_plan_id, p.child_id, p.from_on, y.until, coalesce(p.initial_category, 'not recorded')
from {own_plan} p
join {past 12 months} y on y.day = p.from_on
