-- The whole time of one of the council's own social workers here: appointments that touch or overlap are one.
-- unbroken by worker_id
select worker_id, from_on, to_on from {employed_row} r
