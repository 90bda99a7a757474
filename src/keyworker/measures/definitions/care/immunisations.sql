-- measure: immunisations
-- title: Immunisations up to date
-- says: Of the children who had been looked after for 12 months at the end of the day, the share whose immunisations
--   were up to date when that was last recorded.
-- numerator: Those of them whose last entry by the day says that they were up to date
-- denominator: Children looked after for 12 months without a break at the end of the day
-- exclusions: none
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 3
-- edition: 2025 release
-- catalogue: cla-immunisation
-- needs: cla_episodes, cla_immunisations
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {in_care_a_year} s
union all
select 'numerator', child_id, child_id, happened_on, next_on
from (
    select child_id, status, happened_on, lead(happened_on) over (partition by child_id order by happened_on, entry_id) as next_on
    from {cla_immunisations} m
    where happened_on is not null
) i
where status = true
