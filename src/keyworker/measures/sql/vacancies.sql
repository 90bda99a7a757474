-- Posts by team: how much of each is filled by employees, and how much of the rest agency workers cover.
-- A post covered by an agency worker is vacant still; it is only not uncovered.
select p.team_id, sum(p.fte) as posts,
    sum(greatest(p.fte - coalesce(f.employed, 0), 0)) as vacant,
    sum(greatest(p.fte - coalesce(f.employed, 0) - coalesce(f.agency, 0), 0)) as uncovered
from {post} p
left join (
    select post_id,
        sum(case when lower(employment) = 'agency' then 0 else fte end) as employed,
        sum(case when lower(employment) = 'agency' then fte else 0 end) as agency
    from {appointment} a
    where from_on <= %(at)s and (to_on is null or to_on > %(at)s)
    group by post_id
) f using (post_id)
where p.from_on <= %(at)s and (p.to_on is null or p.to_on > %(at)s) and p.holds_cases
group by p.team_id
