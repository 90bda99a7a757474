-- Each day on which the team in which a child is held became another: the lead's row speaks before the accountable
-- worker's, and of two the later begun. A team that followed another in a reorganisation is no other.
select child_id, happened_on, team_id, team_before
from (
    select child_id, from_on as happened_on, team_id,
        lag(team_id) over (partition by child_id order by from_on) as team_before
    from (
        select e.child_id, e.from_on, h.team_id,
            row_number() over (
                partition by e.child_id, e.from_on order by h.rank desc, h.since_on desc, h.order_id desc) as place
        from (
            select child_id, from_on from {child_held} b where team_id is not null
            union
            select child_id, to_on from {child_held} c where team_id is not null and to_on is not null
        ) e
        join {child_held} h on h.child_id = e.child_id and h.team_id is not null and h.from_on <= e.from_on
            and (h.to_on is null or h.to_on > e.from_on)
    ) s
    where place = 1
) t
where team_before <> team_id and not exists (
    select 1 from {team_succession} f
    where f.from_team_id = t.team_before and f.to_team_id = t.team_id and f.happened_on <= t.happened_on)
