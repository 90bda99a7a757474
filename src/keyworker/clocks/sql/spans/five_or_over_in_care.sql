-- The days on which a looked after child is five or over. Nobody can tell for a child whose day of birth is not known.
select s.child_id as subject_id,
    case when s.from_on >= {plus_months p.birth_on 60} then s.from_on else {plus_months p.birth_on 60} end as from_on,
    s.to_on
from {care_stay} s
join {person} p on p.child_id = s.child_id
where p.birth_on is not null and (s.to_on is null or s.to_on > {plus_months p.birth_on 60})
