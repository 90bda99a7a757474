-- The day on which the first assessment of a referral was authorised.
select referral_id, min(to_on - 1) as done_on from {cin_assessments} a
where referral_id is not null and to_on > from_on
group by referral_id
