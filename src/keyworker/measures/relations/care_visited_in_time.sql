-- The days in care on which no visit to the child was overdue.
-- unbroken by child_id
select child_id, from_on, to_on from {care_stay} s
-- but not
select child_id, from_on, to_on from {late_care_visit} v
