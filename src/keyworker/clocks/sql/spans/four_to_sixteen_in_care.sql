-- The days on which a looked after child is from four to sixteen years old. Nobody can tell for a child whose day of
-- birth is not known.
select s.child_id as subject_id,
    case when s.from_on >= {plus_months p.birth_on 48} then s.from_on else {plus_months p.birth_on 48} end as from_on,
    case when s.to_on <= {plus_months p.birth_on 204} then s.to_on else {plus_months p.birth_on 204} end as to_on
from {care_stay} s
join {person} p on p.child_id = s.child_id
where s.from_on < {plus_months p.birth_on 204} and (s.to_on is null or s.to_on > {plus_months p.birth_on 48})
