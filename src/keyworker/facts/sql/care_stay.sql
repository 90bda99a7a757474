-- A child's whole time in care, short breaks left out: episodes that touch or overlap are one.
-- unbroken by child_id, with min(recorded_at) as recorded_at
select child_id, from_on, to_on, recorded_at from {care_episode} e where not is_short_break
