-- Of each child, at each month's end, the days open in the 12 months behind it, those on which anybody held the child,
-- those with the worker who did so longest, and how often the worker changed. Years are matched first, so that no
-- stretch is compared with every month there is.
select o.child_id, o.from_on, o.to_on, o.days as open_days, coalesce(h.held_days, 0) as held_days,
    coalesce(h.longest_days, 0) as longest_days, coalesce(c.changes, 0) as changes
from (
    select p.child_id, m.from_on, m.to_on,
        sum(l.number - f.number + 1) as days
    from {open_period} p
    join (select distinct year from {month_end} a) n on n.year >= extract(year from p.from_on)
        and (p.to_on is null or n.year <= extract(year from p.to_on) + 1)
    join {month_end} m on m.year = n.year and p.from_on < m.after_on and (p.to_on is null or p.to_on > m.since_on)
    join {day_number} f on f.day = greatest(p.from_on, m.since_on)
    join {day_number} l on l.day = least(coalesce(p.to_on, m.after_on), m.after_on) - 1
    group by p.child_id, m.from_on, m.to_on
) o
left join (
    select child_id, from_on, sum(days) as held_days, max(days) as longest_days
    from (
        select p.child_id, p.worker_id, m.from_on,
            sum(l.number - f.number + 1) as days
        from {case_held} p
        join (select distinct year from {month_end} a) n on n.year >= extract(year from p.from_on)
            and (p.to_on is null or n.year <= extract(year from p.to_on) + 1)
        join {month_end} m on m.year = n.year and p.from_on < m.after_on
            and (p.to_on is null or p.to_on > m.since_on)
        join {day_number} f on f.day = greatest(p.from_on, m.since_on)
        join {day_number} l on l.day = least(coalesce(p.to_on, m.after_on), m.after_on) - 1
        group by p.child_id, p.worker_id, m.from_on
    ) w
    group by child_id, from_on
) h on h.child_id = o.child_id and h.from_on = o.from_on
left join (
    select x.child_id, m.from_on, count(*) as changes
    from {change_of_worker} x
    join {open_period} p on p.child_id = x.child_id and p.from_on <= x.happened_on
        and (p.to_on is null or p.to_on > x.happened_on)
    join {month_end} m on m.since_on <= x.happened_on and m.after_on > x.happened_on
    group by x.child_id, m.from_on
) c on c.child_id = o.child_id and c.from_on = o.from_on
