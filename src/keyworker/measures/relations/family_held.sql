-- Each stretch in which a worker held at least one open child of a family. A child of whom no family is recorded is a
-- family alone.
-- unbroken by worker_id, family
select c.worker_id, coalesce('family ' || f.family_id, 'child ' || c.child_id) as family, c.from_on, c.to_on
from {case_held} c
left join (select child_id, min(family_id) as family_id from {family} m group by child_id) f on f.child_id = c.child_id
