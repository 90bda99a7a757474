-- Every team that a child or a worker was ever with, what it is called where it has no name, and the name that the
-- extract's list of teams has for it. An identifier may be a whole number; a name is text.
select k.team_id, cast(k.team_id as text) as called, d.name
from (
    select team_id from {department} a
    union select team_id from {involvements} b
    union select team_id from {appointment} c
    union select team_id from {cin_episodes} e
    union select team_id from {team} f
) k
left join (
    select team_id, name, row_number() over (partition by team_id order by entry_id desc) as newest from {department} n
) d on d.team_id = k.team_id and d.newest = 1
where k.team_id is not null
