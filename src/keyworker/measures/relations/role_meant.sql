-- Each word for a role that stands in an involvement, as it stands there, with what it meant and when: a word is looked
-- up once, not for each row. The ranks are those of child_involved.
select s.said, r.from_on, r.to_on,
    case lower(r.allocation_role) when 'lead' then 2 when 'accountable' then 1 else 0 end as rank,
    case lower(r.allocation_role) when 'lead' then 5 when 'accountable' then 4 when 'none' then 3 else 1 end as team_rank
from (select distinct role as said from {involvements} i) s
join {role_word} r on r.said_key = {key_of s.said}
