-- measure: placed-over-20-miles
-- title: Placed more than 20 miles from home
-- says: Of the children looked after at the end of the day, the share who lived more than 20 miles from home, inside
--   the council or outside it.
-- numerator: Those of them in a placement more than 20 miles from home
-- denominator: Children looked after at the end of the day
-- exclusions: Series of short breaks
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: lower
-- source: Keyworker; the published measure counts only those outside the boundary, which the record does not hold
-- edition: 1, in force from the first release
-- catalogue: none
-- needs: cla_episodes, cla_placement
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, ended_on as to_on from {in_care} s
union all
select 'numerator', child_id, child_id, from_on, to_on from {cla_placement} m where distance > 20
