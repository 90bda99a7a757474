-- The days on which a looked after child is under five. Nobody can tell for a child whose day of birth is not known.
select s.child_id as subject_id, s.from_on,
    case when s.to_on <= {plus_months p.birth_on 60} then s.to_on else {plus_months p.birth_on 60} end as to_on
from {care_stay} s
join {person} p on p.child_id = s.child_id
where s.from_on < {plus_months p.birth_on 60}
