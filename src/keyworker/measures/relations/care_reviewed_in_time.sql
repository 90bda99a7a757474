-- The days in care in whose 12 months no looked after review was late.
-- unbroken by child_id
select child_id, from_on, to_on from {care_stay} s
-- but not
select child_id, from_on, to_on from {late_care_review} r
