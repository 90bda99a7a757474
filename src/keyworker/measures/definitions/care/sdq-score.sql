-- measure: sdq-score
-- title: Average questionnaire score
-- says: The mean score of the newest strengths and difficulties questionnaire of the last 12 months, of the children
--   aged four to 16 who had been looked after for 12 months at the end of the day.
-- numerator: Scores of their newest questionnaires
-- denominator: Children aged four to 16, looked after for 12 months, with a score in the 12 months
-- exclusions: Questionnaires without a score; where no birth date is held (a snapshot) no child is left out for their
--   age
-- period: the 12 months that end with the day
-- looks_back: 12 months
-- unit: score from 0 to 40
-- counts: each
-- belongs_to: child
-- better: lower
-- source: Local authority interactive tool (LAIT), data dictionary (DfE), item 162
-- edition: 2025 release
-- catalogue: cla-sdq-average
-- needs: cla_episodes, sdq_scores
-- small_numbers: children
-- unconfirmed: none
select 'denominator' as part, s.child_id as subject_id, s.child_id, 1 as weight,
    greatest(q.from_on, s.from_on, coalesce(g.from_on, q.from_on)) as from_on,
    least(coalesce(s.to_on, q.to_on), coalesce(g.to_on, q.to_on), q.to_on) as to_on
from {in_care_a_year} s
join {sdq_scored} q on q.child_id = s.child_id
left join {questionnaire_age} g on g.child_id = s.child_id
union all
select 'numerator', q.child_id, q.child_id, q.score, q.from_on, q.to_on
from {sdq_scored} q
