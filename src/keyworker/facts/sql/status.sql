-- Why the service is in a child's life, and from when until when. Episodes of being looked after that touch are one
-- status: a new placement or legal status is not a new time in care. A short break is a status of its own, with its own
-- rules for visits and reviews.
select child_id, 'referral' as kind, from_on, case when referral_nfa then coalesce(to_on, from_on + 1) else to_on end
    as to_on, primary_need_code as detail, recorded_at
from {cin_episodes} e
union all
select child_id, 'assessment', from_on, to_on, cast(null as text), recorded_at from {cin_assessments} a
union all
select child_id, 'section 47', from_on, to_on, cast(null as text), recorded_at from {s47_enquiry} q
union all
select child_id, 'cin', from_on, to_on, cast(null as text), recorded_at from {cin_plans} n
union all
select child_id, 'cp', from_on, to_on, coalesce(latest_category, initial_category), recorded_at from {cp_plans} c
union all
select child_id, 'looked after', from_on, to_on, cast(null as text), recorded_at from {care_stay} l
union all
select child_id, 'short break', from_on, to_on, cast(null as text), recorded_at from {care_episode} b
where is_short_break
union all
select child_id, 'care leaver', coalesce(latest_contact_on, pathway_plan_reviewed_on, cast(recorded_at as date)),
    cast(null as date), eligibility, recorded_at
from {care_leavers} v
