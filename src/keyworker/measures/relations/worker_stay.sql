-- The whole time of a worker here: appointments that touch or overlap are one, whatever the employment.
-- unbroken by worker_id
select worker_id, from_on, to_on from {appointment} a
