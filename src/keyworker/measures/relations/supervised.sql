-- Who supervises whom; lines of the same two people that touch or overlap are one.
-- unbroken by worker_id, supervisor_id
select worker_id, supervisor_id, from_on, to_on from {supervision_line} l
