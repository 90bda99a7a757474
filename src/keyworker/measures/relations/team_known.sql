-- Every team that a child or a worker was ever with, with the name that the extract's list of teams has for it.
select k.team_id, d.name
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
