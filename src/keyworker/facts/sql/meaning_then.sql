-- What a source's word meant, and when. The first meaning given reaches back before its own first day: nobody has
-- said that the word meant anything else. A later meaning ends the one before, so that a day has one meaning at most.
select subject, said_key, district, team_type, role_class, holds_cases, allocation_role, visit_kind,
    case when row_number() over (partition by subject, said_key order by from_on) = 1
        then date '0001-01-01' else from_on end as from_on,
    least(to_on, lead(from_on) over (partition by subject, said_key order by from_on)) as to_on
from (
    select m.*, {key_of said} as said_key,
        row_number() over (
            partition by subject, {key_of said}, from_on order by entry_id desc
        ) as newest
    from {meaning} m
) one
where newest = 1
