-- How many different main workers each child had in the 12 months that end with a day, stretch by stretch.
-- at once by child_id
select child_id, from_on, to_on from {worker_in_year} w
