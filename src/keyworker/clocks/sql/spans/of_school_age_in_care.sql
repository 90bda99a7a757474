-- The days on which a looked after child is three or over, of an age for nursery or school; also those of a child whose
-- day of birth is not known.
select s.child_id as subject_id,
    case when {plus_months p.birth_on 36} > s.from_on then {plus_months p.birth_on 36} else s.from_on end as from_on,
    s.to_on
from {care_stay} s
left join {person} p on p.child_id = s.child_id
