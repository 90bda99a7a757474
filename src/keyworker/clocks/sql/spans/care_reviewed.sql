-- The days on which the care planning regulations ask for a looked after child's case to be reviewed: other rules
-- speak of a child who is placed for adoption, and of short breaks.
-- unbroken by subject_id
select child_id as subject_id, from_on, to_on from {care_episode} e where not is_short_break
-- but not
select child_id as subject_id, placed_for_adoption_on as from_on,
    case when decision_reversed_on < permanence_order_on or permanence_order_on is null
        then {plus_days decision_reversed_on 1} else {plus_days permanence_order_on 1} end as to_on
from {permanence} p
where placed_for_adoption_on <= %(at)s
