-- Why the service is in a child's life, and from when until when. Episodes of being looked after that touch are one
-- status: a new placement or legal status is not a new time in care.
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
select child_id, 'looked after', min(from_on), nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31'),
    cast(null as text), min(recorded_at)
from (
    select s.*, sum(starts) over (partition by child_id order by from_on, to_on) as run
    from (
        select l.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by child_id order by from_on, to_on rows between unbounded preceding and 1 preceding)
            then 0 else 1 end as starts
        from {cla_episodes} l
        where to_on is null or to_on > from_on
    ) s
) runs
group by child_id, run
union all
select child_id, 'care leaver', coalesce(latest_contact_on, pathway_plan_reviewed_on, cast(recorded_at as date)),
    cast(null as date), eligibility, recorded_at
from {care_leavers} v
