-- When a child was open to the service: a referral accepted as a child in need, a child protection plan or being
-- looked after, touching periods being one. Early help is not social care's, and a referral that came to nothing
-- opened nothing.
select child_id, min(from_on) as from_on,
    nullif(max(coalesce(to_on, date '9999-12-31')), date '9999-12-31') as to_on
from (
    select s.*, sum(starts) over (partition by child_id order by from_on, to_on) as run
    from (
        select p.*, case when from_on <= max(coalesce(to_on, date '9999-12-31')) over (
            partition by child_id order by from_on, to_on rows between unbounded preceding and 1 preceding)
            then 0 else 1 end as starts
        from (
            select child_id, from_on, to_on from {cin_episodes} e where referral_nfa is not true
            union all
            select child_id, from_on, to_on from {cp_plans} c
            union all
            select child_id, from_on, to_on from {cla_episodes} l
        ) p
        where to_on is null or to_on > from_on
    ) s
) runs
group by child_id, run
