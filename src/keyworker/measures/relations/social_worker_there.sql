-- Each stretch in which a social worker was in post and not away.
-- unbroken by worker_id
select worker_id, from_on, to_on from {social_work_row} r
-- but not
select worker_id, from_on, to_on from {absence} a
