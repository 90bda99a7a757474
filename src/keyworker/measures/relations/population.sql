-- How many children of 0 to 17 live in the council's area, year by year, as published. Which council it is says the
-- setting named `council`: its nine-character or its three-digit code.
select c.value as council, p.children, greatest(p.from_on, c.from_on) as from_on,
    least(coalesce(p.to_on, c.to_on), coalesce(c.to_on, p.to_on)) as to_on
from {published_population} p
join {setting} c on lower(c.name) = 'council' and upper(trim(c.value)) in (p.code, p.old_code)
    and (c.to_on is null or c.to_on > p.from_on) and (p.to_on is null or p.to_on > c.from_on)
