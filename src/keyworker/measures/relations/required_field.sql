-- Each field that must be filled for an open child, and whether it is: what a child is like, and what a referral is for.
select o.child_id || ' ' || f.field as subject_id, o.child_id, f.filled, o.from_on, o.to_on
from {open_row} o
join (
    select c.child_id, 'sex' as field, case when max(p.sex) is null then 0 else 1 end as filled
    from (select distinct child_id from {open_row} a) c left join {person} p on p.child_id = c.child_id
    group by c.child_id
    union all
    select c.child_id, 'ethnic background',
        case when max(case when upper(p.ethnicity) = 'NOBT' then null else p.ethnicity end) is null then 0 else 1 end
    from (select distinct child_id from {open_row} a) c left join {person} p on p.child_id = c.child_id
    group by c.child_id
    union all
    select c.child_id, 'disability', case when max(d.disability_code) is null then 0 else 1 end
    from (select distinct child_id from {open_row} a) c left join {disability} d on d.child_id = c.child_id
    group by c.child_id
) f on f.child_id = o.child_id
union all
select 'referral ' || e.entry_id, e.child_id, case when e.primary_need_code is null then 0 else 1 end, e.from_on, e.to_on
from {cin_episodes} e
where e.referral_nfa is not true
