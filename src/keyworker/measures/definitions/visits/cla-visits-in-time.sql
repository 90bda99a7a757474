-- measure: cla-visits-in-time
-- title: Visits to looked after children in time
-- says: Of the looked after children, the share to whom no visit was overdue, at the interval that the regulations
--   set for their placement.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them to whom no visit was overdue on the day
-- denominator: Looked after children on the day
-- exclusions: Series of short breaks; visits after a regulator's notice about a provider
-- period: on the day
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), regulation 28
-- edition: in force from 1 April 2011
-- catalogue: cla-visits-in-time
-- needs: cla_episodes
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {care_stay} s
union all
select 'numerator', child_id, child_id, from_on, to_on from {care_visited_in_time} v
