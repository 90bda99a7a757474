-- Initial child protection conferences that were held, and the day from which the published figures count their working
-- days: the recorded start of the enquiry, or for a child who moved here on a plan that of the referral, on which the
-- other council's notice came.
select c.icpc_id, c.child_id, c.happened_on, c.s47_enquiry_id, c.outcome_cp_flag, coalesce(q.from_on, r.from_on) as asked_on
from {initial_cp_conference} c
left join {s47_enquiry} q on q.s47_enquiry_id = c.s47_enquiry_id
left join {cin_episodes} r on r.referral_id = c.referral_id and c.transfer_in = true and c.s47_enquiry_id is null
where c.happened_on is not null
