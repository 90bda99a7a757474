-- Each stretch in which an open child was with a main worker and had a status for which the council has set a weight. A
-- weight that is no number is none.
select c.child_id, c.worker_id, s.rank, w.from_on as since_on, w.entry_id as order_id, w.weight,
    greatest(c.from_on, s.from_on, w.from_on) as from_on,
    nullif(least(coalesce(c.to_on, date '9999-12-31'), coalesce(s.to_on, date '9999-12-31'),
        coalesce(w.to_on, date '9999-12-31')), date '9999-12-31') as to_on
from {case_held} c
join (
    select child_id, 'looked after' as status, 3 as rank, from_on, to_on from {care_episode} l
    where not is_short_break
    union all
    select child_id, 'child protection plan', 2, from_on, to_on from {cp_plans} p
    union all
    select child_id, 'child in need', 1, from_on, to_on from {cin_episodes} e where referral_nfa is not true
) s on s.child_id = c.child_id
join (
    select {key_of applies_to} as status, entry_id, from_on, to_on,
        case when translate(value, '0123456789.', '') = '' and value not like '%%.%%.%%' and value <> '.'
            then cast(value as decimal(18, 6)) end as weight
    from {setting} t
    where {key_of name} = 'case weight'
) w on w.status = s.status
where w.weight is not null
    and greatest(c.from_on, s.from_on, w.from_on) < least(coalesce(c.to_on, date '9999-12-31'),
        coalesce(s.to_on, date '9999-12-31'), coalesce(w.to_on, date '9999-12-31'))
