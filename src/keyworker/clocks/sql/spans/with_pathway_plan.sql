-- The days on which the law asks for a young person to have a pathway plan: from sixteen until twenty-five,
-- or as long as the record holds them where no day of birth is known.
-- unbroken by subject_id
select v.child_id as subject_id, coalesce({plus_months p.birth_on 192}, date '1900-01-01') as from_on,
    {plus_months p.birth_on 300} as to_on
from {care_leavers} v
left join {person} p on p.child_id = v.child_id
where coalesce(lower(v.eligibility), '') not in ('no current eligibility', 'qualifying', 'c')
