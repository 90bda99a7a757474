-- Each word that a source uses for a role, with what it means on a day. What the council has said comes first; a
-- published word means itself where the council has said nothing about it; every other word stays unmapped.
select said_key, allocation_role, from_on, to_on
from {meaning_then} m
where subject = 'involvement role' and allocation_role is not null
union all
select said as said_key, role as allocation_role, date '0001-01-01' as from_on, cast(null as date) as to_on
from {published_role} p
where not exists (select 1 from {meaning} m
    where m.subject = 'involvement role' and m.allocation_role is not null
    and {key_of m.said} = p.said)
