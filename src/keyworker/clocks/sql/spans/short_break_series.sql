-- A series of short breaks: from its first day until half a year has passed without one. No source says when a series
-- is over.
-- unbroken by subject_id
select child_id as subject_id, from_on, {plus_months to_on 6} as to_on from {care_episode} e where is_short_break
