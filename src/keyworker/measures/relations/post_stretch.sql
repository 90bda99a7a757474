-- Each post in one of the census's six roles, stretch by stretch: its hours, and how much of them the council's own
-- workers and agency workers fill. Between two days on which somebody comes or goes nothing changes.
select e.entry_id, e.post_id, e.team_id, e.fte,
    coalesce(sum(case when g.entry_id is not null then 0 else cast(a.fte as decimal(18, 6)) end), 0)
        as employed,
    coalesce(sum(case when g.entry_id is not null then cast(a.fte as decimal(18, 6)) else 0 end), 0) as agency,
    e.from_on, e.to_on
from (
    select d.*, coalesce(lead(day) over (partition by entry_id order by day), left_on) as to_on, day as from_on
    from (
        select entry_id, post_id, team_id, cast(fte as decimal(18, 6)) as fte, to_on as left_on, from_on as day
        from {post} p
        where role_class is not null and fte is not null and (to_on is null or to_on > from_on)
        union
        select p.entry_id, p.post_id, p.team_id, cast(p.fte as decimal(18, 6)), p.to_on, c.day
        from {post} p
        join (
            select post_id, from_on as day from {appointment} f
            union
            select post_id, to_on from {appointment} t
        ) c on c.post_id = p.post_id and c.day > p.from_on and (p.to_on is null or c.day < p.to_on)
        where p.role_class is not null and p.fte is not null
    ) d
) e
left join {appointment} a on a.post_id = e.post_id and a.from_on <= e.from_on
    and (a.to_on is null or a.to_on > e.from_on)
left join {agency_row} g on g.entry_id = a.entry_id
group by e.entry_id, e.post_id, e.team_id, e.fte, e.from_on, e.to_on
