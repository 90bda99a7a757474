-- measure: looked-after-reviews-in-time
-- title: Looked after reviews in time
-- says: Of the looked after children, the share of whom every review that fell due in the 12 months that end with the
--   day was held in time.
--   By the published limits alone: no setting of the council and no agreed exception moves it.
-- numerator: Those of them with no review of the 12 months late or overdue
-- denominator: Looked after children on the day
-- exclusions: Series of short breaks
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959), regulation 33
-- edition: in force from 1 April 2011
-- catalogue: cla-review-in-time
-- needs: cla_episodes, cla_reviews
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, child_id as subject_id, child_id, from_on, to_on from {care_stay} s
union all
select 'numerator', child_id, child_id, from_on, to_on from {care_reviewed_in_time} v
