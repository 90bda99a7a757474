-- The council's own social workers' appointments.
select worker_id, post_id, team_id, entry_id, role_class, fte, start_origin, leaving_reason, leaving_destination,
    from_on, to_on
from {social_work_row} a
where is_agency = 0
