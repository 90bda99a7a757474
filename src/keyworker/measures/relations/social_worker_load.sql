-- How many cases each social worker held and how much they worked, stretch by stretch: each day on which they take a
-- child or a post on, let one go, fall ill or come back is a step; between two such days nothing changes. `employed` is
-- how many of their posts are the council's own, `limited` how many have an agreed capacity, `absent` above nought while
-- they are away.
select worker_id, cases, posts, employed, first_year, fte, limited, agreed_capacity, absent, from_on, to_on
from (
    select worker_id, day as from_on, lead(day) over (partition by worker_id order by day) as to_on,
        sum(cases) over (partition by worker_id order by day) as cases,
        sum(posts) over (partition by worker_id order by day) as posts,
        sum(employed) over (partition by worker_id order by day) as employed,
        sum(first_year) over (partition by worker_id order by day) as first_year,
        sum(fte) over (partition by worker_id order by day) as fte,
        sum(limited) over (partition by worker_id order by day) as limited,
        sum(agreed_capacity) over (partition by worker_id order by day) as agreed_capacity,
        sum(absent) over (partition by worker_id order by day) as absent
    from (
        select worker_id, day, sum(cases) as cases, sum(posts) as posts, sum(employed) as employed,
            sum(first_year) as first_year, sum(fte) as fte, sum(limited) as limited,
            sum(agreed_capacity) as agreed_capacity, sum(absent) as absent
        from (
            select worker_id, from_on as day, 1 as cases, 0 as posts, 0 as employed, 0 as first_year,
                cast(0 as decimal(18, 6)) as fte, 0 as limited, cast(0 as decimal(18, 6)) as agreed_capacity,
                0 as absent
            from {case_held} b
            union all
            select worker_id, to_on, -1, 0, 0, 0, 0, 0, 0, 0 from {case_held} e where to_on is not null
            union all
            select worker_id, from_on, 0, 1, 1 - is_agency, case when first_year = true then 1 else 0 end,
                coalesce(fte, 0), case when agreed_capacity is null then 0 else 1 end, coalesce(agreed_capacity, 0), 0
            from {social_work_row} b
            union all
            select worker_id, to_on, 0, -1, is_agency - 1, case when first_year = true then -1 else 0 end,
                -coalesce(fte, 0), case when agreed_capacity is null then 0 else -1 end, -coalesce(agreed_capacity, 0),
                0
            from {social_work_row} e where to_on is not null
            union all
            select worker_id, from_on, 0, 0, 0, 0, 0, 0, 0, 1 from {absence} b where to_on is null or to_on > from_on
            union all
            select worker_id, to_on, 0, 0, 0, 0, 0, 0, 0, -1 from {absence} e where to_on > from_on
        ) steps
        group by worker_id, day
    ) days
) stretches
where posts > 0
