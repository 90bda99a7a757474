-- Assessments that were authorised, with the number of working days that they took from their own start.
select a.assessment_id, a.referral_id, a.child_id, a.from_on, a.to_on - 1 as done_on, a.child_seen,
    e.number - s.number as working_days
from {cin_assessments} a
join {working_day_number} s on s.day = a.from_on
join {working_day_number} e on e.day = a.to_on - 1
where a.to_on > a.from_on
