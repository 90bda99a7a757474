-- Each time that a child was missing and came back, with the day of return; away without leave is left out.
select m.missing_id, m.child_id, m.to_on - 1 as back_on, upper(trim(m.rhi_offered)) as offered,
    upper(trim(m.rhi_accepted)) as accepted, c.until
from {missing} m
join {calendar_month} c on c.day = m.to_on - 1
where m.to_on > m.from_on and lower(coalesce(m.episode_type, 'missing')) not in ('a', 'away')
