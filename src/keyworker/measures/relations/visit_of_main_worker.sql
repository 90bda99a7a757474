-- Each visit that was made with whoever was the child's main worker on its day. The stretch begun last before the visit
-- is found in one pass along each child's days, not by comparing all with all: its beginning, its end and its worker go
-- along as one word, of which the latest is the greatest.
select visit, child_id, happened_on, worker_id,
    case when substr(latest, 12, 10) > cast(happened_on as varchar(10)) then substr(latest, 23) end as main_worker_id
from (
    select d.*, max(stretch) over (
        partition by child_id order by happened_on, place rows between unbounded preceding and current row) as latest
    from (
        select child_id, from_on as happened_on, 0 as place, cast(null as varchar(200)) as visit,
            cast(null as varchar(200)) as worker_id,
            cast(from_on as varchar(10)) || ' ' || coalesce(cast(to_on as varchar(10)), '9999-12-31') || ' '
                || worker_id as stretch
        from {main_worker} m
        union all
        select child_id, happened_on, 1, visit, worker_id, null from {visit_made} v
    ) d
) w
where place = 1
