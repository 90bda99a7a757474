-- measure: record-completeness
-- title: Completeness of required fields
-- says: Of the fields that must be filled for each child open on the day (sex, ethnic background, whether
--   disabled, and the main need of the referral), the share that is filled.
-- numerator: Those of them that are filled; a background that has not yet been asked for is not
-- denominator: Sex, ethnic background and disability of each open child, and the main need of each open referral
-- exclusions: Names and birth dates, which no snapshot holds
-- period: on the day; ask at a month's end for the month
-- looks_back: the day
-- unit: percent
-- counts: share
-- belongs_to: child
-- better: higher
-- source: Standard Safeguarding Dataset specification (Data to Insight)
-- edition: 1, in force from the first release
-- catalogue: record-completeness
-- needs: cin_episodes
-- small_numbers: none
-- unconfirmed: Local definition.
select 'denominator' as part, subject_id, child_id, from_on, to_on
from {required_field} d
union all
select 'numerator', subject_id, child_id, from_on, to_on
from {required_field} n
where filled = 1
