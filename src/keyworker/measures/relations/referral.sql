-- Each referral about a child who was not open already, with the day of the child's last referral on an earlier day: who
-- asks about an open case makes no new referral. On the day on which a case is closed a new one may begin.
select referral_id, child_id, from_on, referral_source_code, referral_nfa,
    min(before_on) over (partition by child_id, from_on) as before_on
from (
    select referral_id, child_id, from_on, referral_source_code, referral_nfa,
        nullif(lag(from_on) over (partition by child_id order by from_on, referral_id), from_on) as before_on
    from (
        select e.referral_id, e.child_id, e.from_on, e.referral_source_code, e.referral_nfa,
            max(case when e.referral_nfa = true then e.from_on else coalesce(e.to_on - 1, date '9999-12-31') end) over (
                partition by e.child_id order by e.from_on, e.referral_id
                rows between unbounded preceding and 1 preceding) as open_until
        from {cin_episodes} e
    ) r
    where open_until is null or open_until <= from_on
) d
