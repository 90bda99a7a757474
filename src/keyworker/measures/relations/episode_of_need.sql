-- Episodes of need as the census counts them: every referral but those that came to nothing. `ended_on` is the day of
-- closing, on which an episode is no longer open. One that an assessment found not to be in need (closed as RC8 or RC9)
-- counts until it is closed and not afterwards: `found_not_in_need` is 1.
select e.referral_id, e.child_id, e.from_on, e.to_on - 1 as ended_on, a.done_on as assessed_on,
    case when upper(substr(trim(e.close_reason), 1, 3)) in ('RC8', 'RC9') and a.done_on < e.to_on
        then 1 else 0 end as found_not_in_need
from {cin_episodes} e
left join {first_assessment} a on a.referral_id = e.referral_id
where coalesce(e.referral_nfa, false) = false and (e.to_on is null or e.to_on > e.from_on)
